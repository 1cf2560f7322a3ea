-- Keeps the first key of all; no row where there is one. Of two at once the second waits and gets none.
INSERT INTO api_key (id, name, secret_sha256, scopes)
SELECT %(id)s, %(name)s, %(secret_sha256)s, %(scopes)s
WHERE NOT EXISTS (SELECT FROM api_key)
ON CONFLICT (name) DO NOTHING
RETURNING id
