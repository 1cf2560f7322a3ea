-- Holds keys against other revocations, in one order for all, and tells which of them are in force.
SELECT name, revoked_at IS NULL AND (expires_at IS NULL OR expires_at > clock_timestamp()) AS in_force
FROM api_key
WHERE name = ANY (%(names)s)
ORDER BY name
FOR UPDATE
