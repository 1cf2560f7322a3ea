"""Clients that others generate from openapi.yaml: made without a warning, and at work."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.docs.service import PROGRAMS, SLOW, UNLIMITED, Service, environment, folder

HERE: Final = Path(__file__).parent
CONTRACT: Final = HERE.parents[1] / "openapi.yaml"
NODE: Final = PROGRAMS.parent / "node" / "node_modules"
STRICT: Final = ("--strict", "--target", "es2022", "--lib", "es2022,dom", "--module", "nodenext")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Make a folder for what is generated."""
    with folder() as found:
        yield found


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[Service]:
    """Run a service for the clients to speak to."""
    with Service(place / "desk", **UNLIMITED) as found:
        yield found


def run(place: Path, *words: str, **changes: str) -> str:
    """Run a program in a folder and return what it printed; it ends well."""
    done = subprocess.run(
        words,
        cwd=place,
        env=environment(place / "home", **changes),
        capture_output=True,
        text=True,
        timeout=SLOW,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_python_client_is_made_without_a_warning_and_tells_the_story(
    place: Path, desk: Service
) -> None:
    made = run(
        place,
        *("openapi-python-client", "generate", "--path", str(CONTRACT), "--fail-on-warning"),
        *("--config", str(HERE / "python.yaml")),
        *("--meta", "none", "--output-path", "factcheck_client"),
    )
    assert "arning" not in made
    story = str(HERE / "story.py")
    assert run(place, sys.executable, story, desk.url, desk.key, PYTHONPATH=".") == ("told\n")


def test_a_typescript_client_is_made_without_a_warning_and_tells_the_story(
    place: Path, desk: Service
) -> None:
    (place / "node_modules").symlink_to(NODE)
    (place / "package.json").write_text('{"type": "module"}')
    shutil.copy(HERE / "story.ts", place)
    programs = NODE / ".bin"
    generator, compiler = str(programs / "openapi-typescript"), str(programs / "tsc")
    assert "arn" not in run(place, "node", generator, str(CONTRACT), "-o", "schema.ts")
    assert run(place, "node", compiler, *STRICT, "story.ts") == ""
    assert run(place, "node", "story.js", desk.url, desk.key) == "told\n"
