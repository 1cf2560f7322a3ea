"""Between the service and PostgreSQL: its own server, connections, statements, schema."""
