"""Files that pages are made with, under names that change when they do."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePath
from typing import Final

MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file; `lasting` if its address will never give another one."""

    body: bytes
    media_type: str
    lasting: bool

    @property
    def digest(self) -> str:
        """Return 12 hex digits that tell it from what it was or will be."""
        return hashlib.sha256(self.body).hexdigest()[:12]


def _read() -> Mapping[str, Asset]:
    found: dict[str, Asset] = {}
    for file in resources.files("service.site").joinpath("assets").iterdir():
        name, body = PurePath(file.name), file.read_bytes()
        media_type = MEDIA_TYPES[name.suffix]
        asset = Asset(body, media_type, lasting=True)
        found[f"{name.stem}-{asset.digest}{name.suffix}"] = asset
        found[file.name] = Asset(body, media_type, lasting=False)
    return found


ASSETS: Final = _read()
"""Every file twice: under its own name, for others to link to, and with its digest in the name."""


def address(name: str) -> str:
    """Return the path of a file as it is now."""
    asset, path = ASSETS[name], PurePath(name)
    return f"/assets/{path.stem}-{asset.digest}{path.suffix}"
