"""Records in the vocabularies of others, and theirs as records of ours.

Nothing here knows HTTP, and of all this only `superdesk`, which receives, knows how records are
written. What people read belongs to `service.site`.
"""
