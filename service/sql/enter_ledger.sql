-- Enters a migration that ran.
INSERT INTO migration (name, sha256) VALUES (%(name)s, %(sha256)s)
