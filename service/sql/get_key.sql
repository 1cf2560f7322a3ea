-- A key by its id or by its name, whichever is given.
SELECT id, name, scopes, vouches, created_at, expires_at, revoked_at, last_used_at
FROM api_key
WHERE id::text = %(id)s OR name = %(name)s
