-- The secret that signs cursors, the same for all servers of this database.
SELECT cursor_secret FROM installation
