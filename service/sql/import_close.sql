-- Says that an import is over.
DELETE FROM import_job WHERE id = %(import)s
