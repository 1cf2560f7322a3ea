-- Which statuses the records of a list have.
r.status = ANY (%(status)s)
