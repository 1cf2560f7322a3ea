-- Keeps what an answer is made from again when its request is sent again.
UPDATE retry
SET kind = %(kind)s, id = %(id)s, revision = %(revision)s, new = %(new)s, sha256 = %(sha256)s, answer = %(answer)s
WHERE key_name = %(key_name)s AND idempotency_key = %(idempotency_key)s
