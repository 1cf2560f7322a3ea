"""Files made to hold a reader up: each comes to its end within a bound of CPU, and to an answer."""

import json
import subprocess
import sys

import pytest

from tests.interop.claimreview.hostile import FILES, item
from tests.interop.claimreview.reader import read


@pytest.fixture(scope="module")
def outcomes() -> dict[str, int]:
    """Return with which code the reading of each file ended."""
    command = [sys.executable, "-m", "tests.interop.claimreview.hostile"]
    found = subprocess.run(command, capture_output=True, check=True, text=True)
    return json.loads(found.stdout)


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_made_to_hold_up_comes_to_an_end(
    what: str, outcomes: dict[str, int]
) -> None:
    assert outcomes[what] == 0


@pytest.mark.parametrize("sent", ["javascript:alert(1)", " JAVASCRIPT:alert(1)", "java\\nscript:x",
    "&#x6A;avascript:alert(1)", "data:text/html,<script>", "vbscript:x", "\\u0001javascript:x"])  # fmt: skip
def test_an_address_that_a_browser_would_run_is_in_no_record(sent: str) -> None:
    places = ("url", "image", "author", "publisher", "citation", "mainEntityOfPage", "@id")
    work = {"url": sent, "sameAs": [sent], "appearance": [sent, {"url": sent}], "author": sent}
    members: dict[str, object] = {name: {"url": sent, "logo": sent} for name in places}
    members |= {"itemReviewed": work | {"image": sent, "associatedMedia": {"contentUrl": sent}}}
    text = json.dumps(members)[1:-1].replace("\\\\", "\\")
    for record in read(item(text)).records:
        kept = {name: value for name, value in record.items() if name != "origin"}
        addresses = json.dumps([kept.get(name) for name in ("url", "image", "publisher")])
        assert "script" not in addresses.casefold()
        assert "data:" not in addresses
        assert "same_as" not in json.dumps(kept)
