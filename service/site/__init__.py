"""Pages for people: what is public, as HTML that works without scripts.

Pages are made of records that somebody else has read. What programs read belongs to
`service.interop`.
"""
