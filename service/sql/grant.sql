-- Gives a service's role what it needs and no more.
SELECT grant_service(role), grant_retries(role), grant_allowances(role), grant_purging(role),
    grant_webhooks(role), grant_bulk(role), grant_search(role), grant_flushing(role), grant_postings(role),
    grant_lines(role)
FROM to_regrole(%(role)s) AS role
