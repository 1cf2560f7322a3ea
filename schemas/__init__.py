"""The shape of every payload: what its fields are called, what they take, how much of it.

A module here knows marshmallow and nothing of the service: no database, no HTTP, no settings.
A rule belongs here when one payload alone can break it; what takes a second record (references,
moves between statuses, ratings of a scale) belongs to the service.

`load` gives back exactly what was sent, checked: no defaults, no dates made of texts. It raises
`marshmallow.ValidationError` with every fault at once, nested by member and index; each message
reads ``code: what to do``, the code being one of ``service.errors.FAULTS``. The texts under
``_schema`` are about the object or list they stand in.

The `metadata` of a field drives the service, so that a new kind is a schema and a line:

- ``refers_to``: the kind of record whose id the field holds;
- ``filter``: the list parameter that looks at the field;
- ``period``: true where the parameter ``valid_at`` looks;
- ``searched``: true for a text in which words are looked for.
"""
