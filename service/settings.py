"""Settings, all from the environment and each with a default that works."""

import difflib
import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from environs import Env

MEBIBYTE = 1024 * 1024


BOUNDS = {
    "port": (0, 65_535),
    "workers": (1, 256),
    "pool_size": (1, 1_000),
    "deadline": (1, 600),
    "max_body": (1, 64 * MEBIBYTE),
    "max_import": (1, 64 * 1024 * MEBIBYTE),
    "max_streams": (0, 10_000),
    "read_limit": (0, 1_000_000),
    "write_limit": (0, 1_000_000),
    "failed_key_limit": (0, 1_000_000),
    "proxies": (0, 10),
}
"""The least and the most of each number."""

ORIGIN = re.compile(r"\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\[[0-9a-f:]+\](:[0-9]{1,5})?")
WEB = re.compile(r"https?://[!-~]+")
CONTACT = re.compile(r"mailto:[!-~]+@[!-~]+|https://[!-~]+")


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
    max_streams: int
    four_eyes: bool
    public_reads: bool
    read_limit: int
    write_limit: int
    failed_key_limit: int
    proxies: int
    superdesk_secret: tuple[str, ...] = field(repr=False)
    cors_origins: tuple[str, ...]
    private_webhooks: bool
    security_contact: str | None
    publisher_name: str | None
    publisher_url: str | None
    publisher_logo: str | None
    license: str | None
    public_url: str | None
    log_level: int

    def __post_init__(self) -> None:
        """Raise `ValueError`, which names the setting, for a value that it cannot have."""
        for name, (least, most) in BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                message = f"FACTCHECK_{name.upper()} is a number from {least} to {most}"
                raise ValueError(message)
        if not all(ORIGIN.fullmatch(origin) for origin in self.cors_origins):
            message = "FACTCHECK_CORS_ORIGINS is *, or origins as https://example.org with commas"
            raise ValueError(message)
        for name in ("publisher_url", "publisher_logo", "license", "public_url"):
            if (address := getattr(self, name)) and not WEB.fullmatch(address):
                message = f"FACTCHECK_{name.upper()} is an http: or https: address"
                raise ValueError(message)
        if self.security_contact and not CONTACT.fullmatch(self.security_contact):
            message = "FACTCHECK_SECURITY_CONTACT is a mailto: or https: address"
            raise ValueError(message)

    @property
    def publisher(self) -> dict[str, str]:
        """Return what a verdict says of its publisher where it says nothing itself."""
        said = {"url": self.publisher_url, "logo": self.publisher_logo}
        given = {name: value for name, value in said.items() if value}
        return {"name": self.publisher_name} | given if self.publisher_name else {}

    @classmethod
    def from_environment(cls) -> Self:
        """Read the variables; one that is malformed or out of bounds raises `ValueError`."""
        check_names(os.environ, {field.name for field in fields(cls)} - {"database_url"})
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
                max_streams=env.int("MAX_STREAMS", 500),
                publisher_name=env.str("PUBLISHER_NAME", None),
                publisher_url=env.str("PUBLISHER_URL", None),
                publisher_logo=env.str("PUBLISHER_LOGO", None),
                license=env.str("LICENSE", None),
                public_url=(env.str("PUBLIC_URL", None) or "").rstrip("/") or None,
                log_level=env.log_level("LOG_LEVEL", logging.INFO),
                **_access(env),
            )


def _access(env: Env) -> dict[str, Any]:
    """Return who may do what, and how often."""
    return {
        "four_eyes": env.bool("FOUR_EYES", False),
        "public_reads": env.bool("PUBLIC_READS", True),
        "read_limit": env.int("READ_LIMIT", 6_000),
        "write_limit": env.int("WRITE_LIMIT", 1_200),
        "failed_key_limit": env.int("FAILED_KEY_LIMIT", 60),
        "proxies": env.int("PROXIES", 0),
        "superdesk_secret": listed(env.str("SUPERDESK_SECRET", "")),
        "cors_origins": listed(env.str("CORS_ORIGINS", "*")),
        "private_webhooks": env.bool("PRIVATE_WEBHOOKS", False),
        "security_contact": env.str("SECURITY_CONTACT", None) or None,
    }


def check_names(environment: Mapping[str, str], known: set[str]) -> None:
    """Raise `ValueError` for a setting that there is not: one mistyped would not be in force."""
    names = {f"FACTCHECK_{name.upper()}" for name in known}
    for name in sorted(environment):
        if name.startswith("FACTCHECK_") and name not in names:
            nearest = difflib.get_close_matches(name, names, n=1)
            hint = (
                f"; did you mean {nearest[0]}?" if nearest else "; the README lists those there are"
            )
            message = f"there is no setting {name}{hint}"
            raise ValueError(message)


def listed(text: str) -> tuple[str, ...]:
    """Return what stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def default_home() -> Path:
    """Return the data directory: /var/lib for root, XDG_DATA_HOME for others."""
    if os.geteuid() == 0:
        return Path("/var/lib/factcheck")
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "factcheck"
