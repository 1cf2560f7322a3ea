-- Gives a service's role what it needs and no more.
SELECT grant_service(to_regrole(%(role)s))
