"""Settings, all from the environment and each with a default that works."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env

MEBIBYTE = 1024 * 1024


BOUNDS = {
    "port": (0, 65_535),
    "workers": (1, 256),
    "pool_size": (1, 1_000),
    "deadline": (1, 600),
    "max_body": (1, 64 * MEBIBYTE),
    "max_import": (1, 64 * 1024 * MEBIBYTE),
}
"""The least and the most of each number."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator may choose; the README's table lists every variable."""

    home: Path
    database_url: str | None
    owner_url: str | None
    host: str
    port: int
    workers: int
    pool_size: int
    prepare_statements: bool
    deadline: float
    max_body: int
    max_import: int
    four_eyes: bool
    publisher_name: str | None
    publisher_url: str | None
    publisher_logo: str | None
    log_level: int

    def __post_init__(self) -> None:
        """Raise `ValueError`, which names the setting, for a number out of bounds."""
        for name, (least, most) in BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                message = f"FACTCHECK_{name.upper()} is a number from {least} to {most}"
                raise ValueError(message)

    @classmethod
    def from_environment(cls) -> Self:
        """Read the variables; one that is malformed or out of bounds raises `ValueError`."""
        env = Env()
        database_url = env.str("DATABASE_URL", None)
        with env.prefixed("FACTCHECK_"):
            return cls(
                home=env.path("HOME", default_home()),
                database_url=database_url,
                owner_url=env.str("OWNER_URL", None) or database_url,
                host=env.str("HOST", "127.0.0.1"),
                port=env.int("PORT", 8000),
                workers=env.int("WORKERS", 2),
                pool_size=env.int("POOL_SIZE", 16),
                prepare_statements=env.bool("PREPARE_STATEMENTS", True),
                deadline=env.float("DEADLINE", 10.0),
                max_body=env.int("MAX_BODY", MEBIBYTE),
                max_import=env.int("MAX_IMPORT", 512 * MEBIBYTE),
                four_eyes=env.bool("FOUR_EYES", False),
                publisher_name=env.str("PUBLISHER_NAME", None),
                publisher_url=env.str("PUBLISHER_URL", None),
                publisher_logo=env.str("PUBLISHER_LOGO", None),
                log_level=env.log_level("LOG_LEVEL", logging.INFO),
            )


def default_home() -> Path:
    """Return the data directory: /var/lib for root, XDG_DATA_HOME for others."""
    if os.geteuid() == 0:
        return Path("/var/lib/factcheck")
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "factcheck"
