-- Keeps a new webhook.
INSERT INTO webhook (id, url, types, reasons, description, reads, secret, position, seq)
VALUES (%(id)s, %(url)s, %(types)s, %(reasons)s, %(description)s, %(reads)s, %(secret)s,
    %(position)s, %(seq)s)
RETURNING id, url, types, reasons, description, reads, created_at, position, seq, failures,
    failing_since, next_attempt_at, disabled_at, disabled_because, former_until
