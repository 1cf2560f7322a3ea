-- The secret that signs cursors, and the cluster whose transactions they speak of.
SELECT cursor_secret, system_identifier AS system FROM installation
