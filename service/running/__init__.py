"""The service as a process: gunicorn, its worker, logs, metrics and the way to start and stop.

What a request means belongs in `routes`; what is kept belongs in `storage`.
"""
