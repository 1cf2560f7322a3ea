"""What `factcheck serve` says to the person who started it."""

import shlex
from pathlib import Path

_CLAIM = '{"text": "More than 148,000 troops are at the border", "language": "en"}'


def banner(url: str, key_file: Path, secret: str | None) -> str:
    """Return the address, the admin key if it was made just now, and three curl lines.

    The lines read the key from `key_file`, so that it stays out of the shell's
    history; where there is no such file they leave a place for it. Addresses are
    quoted: to some shells a ``?`` or ``[`` without quotes is a pattern.
    """
    local = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    claims = f"{local}/v1/claims"
    place = key_file.absolute()
    key = f"$(cat {shlex.quote(str(place))})" if key_file.exists() else "YOUR_KEY"
    as_admin = f'-u "{key}:"'
    lines = [f"factcheck-records listens on {url}"]
    if secret:
        lines += [f"The admin key, shown this once and kept in {place}:", f"    {secret}"]
    lines += [
        "Try:",
        f"    curl '{claims}'",
        f"    curl {as_admin} -H 'Content-Type: application/json' -d '{_CLAIM}' '{claims}'",
        f"    curl {as_admin} '{claims}?status=draft'",
    ]
    return "\n".join(lines)
