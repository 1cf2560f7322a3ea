"""Atom (RFC 4287): verdicts and corrections as feeds that readers follow."""
