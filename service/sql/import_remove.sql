-- Takes out some lines of an import that is over.
DELETE FROM import_line WHERE import = %(import)s AND place > %(after)s AND place <= %(after)s::bigint + %(most)s
