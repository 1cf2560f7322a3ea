-- The key of a secret, if it is in force, for how many seconds, and whether its last use was noted over a minute ago.
SELECT id, name, scopes, vouches,
    extract(epoch FROM expires_at - clock_timestamp())::float8 AS remaining,
    coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) AS stale
FROM api_key
WHERE secret_sha256 = %(secret_sha256)s AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > clock_timestamp())
