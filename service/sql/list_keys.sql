-- Keys after the first so many, oldest first. None is ever removed: a number stays a place in this list.
SELECT id, name, scopes, vouches, created_at, expires_at, revoked_at, last_used_at
FROM api_key
ORDER BY created_at, id
OFFSET %(after)s
LIMIT %(limit)s
