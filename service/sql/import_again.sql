-- Lets another content wait for a line of an import: what its patch makes of what its record is now.
UPDATE import_line
SET applied_to = %(applied_to)s, status = %(status)s, body = %(body)s, internal = %(internal)s, raw = %(raw)s,
    actor = %(actor)s, note = %(note)s, reason = %(reason)s, sha256 = %(sha256)s, salt = %(salt)s,
    refs = %(refs)s::text[], needed = %(needed)s::text[], terms = %(terms)s::text[], valid = %(valid)s::tstzrange,
    review_by = %(review_by)s::date, faults = %(faults)s
WHERE import = %(import)s AND place = %(place)s
