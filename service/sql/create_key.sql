-- Keeps a new key; no row when the name is taken.
INSERT INTO api_key (id, name, secret_sha256, scopes, expires_at, vouches)
VALUES (%(id)s, %(name)s, %(secret_sha256)s, %(scopes)s, %(expires_at)s, %(vouches)s)
ON CONFLICT (name) DO NOTHING
RETURNING id
