"""The Dockerfile's own steps, run where no engine can build it, and compose.yaml read closely."""

import json
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FILE = re.sub(r"\\\n\s*|(?m:^#.*\n)", "", (ROOT / "Dockerfile").read_text())
STEPS = [
    (line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in FILE.splitlines() if line
]
LAST_STAGE = max(number for number, (word, _) in enumerate(STEPS) if word == "FROM")
USABLE = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"
SYSTEM = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True)
class Image:
    """What the steps left behind: the folder, and how its programs are started."""

    root: Path
    context: dict[str, Any]

    def run(self, command: list[str]) -> int:
        """Run a command as the image's user; return its exit code."""
        done = subprocess.run(command, **self.context, capture_output=True, check=False)
        return done.returncode


def last(word: str) -> str:
    """Return what follows the last instruction of this name."""
    return [rest for name, rest in STEPS[LAST_STAGE:] if name == word][-1]


def as_nobody() -> dict[str, Any]:
    """Return how subprocess starts a program without rights: as nobody, if we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def interpreter() -> str:
    """Return a Python that may be run without rights and can make environments."""
    names = ("python3", "python3.13", "python3.12", "python3.11")
    found = [sys.executable, *(shutil.which(name, path=SYSTEM) for name in names)]
    for python in filter(None, map(os.path.realpath, filter(None, found))):
        try:
            subprocess.run([python, "-c", USABLE], **as_nobody(), cwd="/", check=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    pytest.skip("an ordinary user may run no Python with venv here")


def copy_context(target: Path) -> None:
    """Copy what .dockerignore lets through, as `COPY . .` does."""
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        source = ROOT / line.removeprefix("!")
        if line.startswith("!") and source.is_dir():
            shutil.copytree(source, target / source.name)
        elif line.startswith("!"):
            shutil.copy(source, target)


def build(root: Path) -> None:
    """Run the steps of the first stage in `root`; only the paths and pip's cache differ."""
    for folder in ("src", "home"):
        (root / folder).mkdir()
    copy_context(root / "src")
    for word, step in STEPS[:LAST_STAGE]:
        if word == "RUN":
            command = step.replace("/opt/factcheck", f"{root}/opt").replace("--no-cache-dir", "")
            command = command.replace("python -m venv", f"{interpreter()} -m venv")
            subprocess.run(["sh", "-euc", command], cwd=root / "src", check=True)


def environment(root: Path) -> dict[str, str]:
    """Return the ENV of the last stage, its paths in `root` and its port a free one."""
    pairs = dict(word.split("=", 1) for word in shlex.split(last("ENV")))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        pairs["FACTCHECK_PORT"] = str(listener.getsockname()[1])
    pairs["FACTCHECK_HOME"] = f"{root}/home"
    pairs["PATH"] = f"{root}/opt/bin:{SYSTEM}"
    return pairs


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        build(root)
        user = as_nobody()
        os.chown(root / "home", user.get("user", -1), user.get("group", -1))
        yield Image(root, {"env": environment(root), "cwd": "/", **user})


@pytest.fixture
def server(image: Image) -> Iterator[subprocess.Popen[Any]]:
    process = subprocess.Popen(json.loads(last("CMD")), **image.context)
    yield process
    process.kill()
    process.wait()


def health_check() -> list[str]:
    """Return the command of HEALTHCHECK."""
    return json.loads(last("HEALTHCHECK").split("CMD", 1)[1])


def test_the_image_serves_without_rights_and_ends_on_sigterm(
    image: Image, server: subprocess.Popen[Any]
) -> None:
    deadline = time.monotonic() + 60
    while image.run(health_check()) != 0:
        assert server.poll() is None, "the server ended before it was healthy"
        assert time.monotonic() < deadline, "the server was not healthy in time"
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=60) == 0
    assert image.run(health_check()) != 0


def test_the_wheel_carries_what_the_service_reads(image: Image) -> None:
    (wheel,) = (image.root / "src/dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = [*(ROOT / "service").rglob("*.*"), *(ROOT / "schemas").rglob("*.*")]
    kept = {str(path.relative_to(ROOT)) for path in sources if "__pycache__" not in path.parts}
    kept |= {f"service/migrations/{path.name}" for path in (ROOT / "migrations").glob("*.sql")}
    assert kept | {"service/openapi.yaml"} <= names


def test_the_image_runs_as_a_numbered_user_and_names_its_port() -> None:
    assert int(last("USER")) > 0
    assert f"FACTCHECK_PORT={last('EXPOSE')}" in last("ENV")
    assert last("VOLUME") in last("ENV")


def test_compose_connects_the_service_to_the_roles_it_makes() -> None:
    text = re.sub(r"\$\{[^}]*\}", "secret", (ROOT / "compose.yaml").read_text())
    compose = yaml.safe_load(text)
    database, service = compose["services"]["database"], compose["services"]["service"]
    serving = urlsplit(service["environment"]["DATABASE_URL"])
    owning = urlsplit(service["environment"]["FACTCHECK_OWNER_URL"])
    assert serving.hostname == owning.hostname == "database"
    assert serving.path == owning.path == "/" + database["environment"]["POSTGRES_DB"]
    assert owning.username == database["environment"]["POSTGRES_USER"]
    assert f"CREATE ROLE {serving.username} LOGIN" in compose["configs"]["roles"]["content"]


def test_compose_keeps_no_password_and_loses_no_data() -> None:
    text = (ROOT / "compose.yaml").read_text()
    compose = yaml.safe_load(text)
    mounts = [mount for part in compose["services"].values() for mount in part["volumes"]]
    assert {mount.split(":")[0] for mount in mounts} == set(compose["volumes"])
    assert re.findall(r"\$\{\w*PASSWORD(?!:\?)", text) == []
    assert compose["services"]["service"]["ports"] == [f"127.0.0.1:8000:{last('EXPOSE')}"]
