"""What every answer tells browsers, so that none of it runs, is framed, sniffed or passed on.

`Strict-Transport-Security` is not among it: the service speaks plain HTTP, and whoever
ends TLS before it knows which names of the host are ready for that promise.
"""

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""The policy of what is no page: data, problems, files."""
FIELDS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]
POLICY = "Content-Security-Policy"


def protected(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return header fields with those of every answer; a page keeps what it says itself."""
    own = {name for name, _ in fields}
    usual = [*FIELDS, (POLICY, NOTHING)]
    return [*fields, *(field for field in usual if field[0] not in own)]
