-- Keeps all other writers out until the transaction ends; readers go on.
SELECT lock_revisions()
