-- Gives the statements of this transaction more time, and lets the server notice that we are gone.
SELECT set_config('statement_timeout', %(milliseconds)s, true), set_config('lock_timeout', '0', true),
    set_config('client_connection_check_interval', '1s', true)
