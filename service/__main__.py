"""`python -m service`: the same as `factcheck`."""

from service.cli import main

main()
