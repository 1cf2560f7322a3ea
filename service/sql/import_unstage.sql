-- Takes lines of an import out, to be taken in anew.
DELETE FROM import_line WHERE import = %(import)s AND place = ANY (%(places)s)
