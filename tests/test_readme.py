"""The README is true: its commands run, its answers come, its tables are complete."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import psycopg
import pytest
import yaml

from service.cli import main
from service.demo import lines
from service.errors import FAULTS, Problem
from service.settings import Settings, default_home
from service.storage.troubles import TROUBLES
from tests.clusters import Cluster
from tests.docs.service import Service, curl, environment, folder

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
STEPS = re.findall(r"(?ms)^```sh\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", README)
COLLECTIONS = ("claims", "sources", "verdicts", "scales")


def rows(first: str) -> list[list[str]]:
    """Return the cells of the table whose first heading this is."""
    table = re.search(rf"(?m)^\| {re.escape(first)} \|.*\n\|[ -|]+\n((?:\|.*\n)+)", README)
    assert table
    return [row.removeprefix("| ").removesuffix(" |").split(" | ") for row in table[1].splitlines()]


def code(cell: str) -> list[str]:
    """Return what stands between backquotes in a cell."""
    return re.findall(r"`([^`]+)`", cell)


@dataclass(frozen=True)
class Tour:
    """The server of the tour, the folder in which it was taken, and what each step printed."""

    service: Service
    folder: Path
    printed: list[str]


@pytest.fixture(scope="module")
def tour() -> Iterator[Tour]:
    """Run every command of the README in one shell, in order, beside a server with the demo."""
    version = subprocess.run([curl(), "--version"], capture_output=True, text=True, check=True)
    if tuple(map(int, re.findall(r"\d+", version.stdout)[:2])) < (7, 82):
        pytest.skip("this curl is older than 7.82 and knows no --json")
    with folder() as place, Service(place / "the desk's data", "--demo") as service:
        (place / ".venv").symlink_to(sys.prefix)
        yield Tour(service, place, take(service, place))


def take(service: Service, place: Path) -> list[str]:
    """Run the steps with `place` as the directory; return what each of them printed."""
    parts = [
        f'{{\n{command}}} > "$OUT/{number}.out" 2> "$OUT/{number}.err" || echo failed\n'
        for number, (command, _) in enumerate(STEPS)
    ]
    script = "".join(parts).replace("http://127.0.0.1:8000", service.url)
    bash = shutil.which("bash") or pytest.skip("this system has no bash")
    context = environment(service.home, TMPDIR=str(place), OUT=str(place))
    done = subprocess.run(
        [bash, "-c", script], cwd=place, env=context, capture_output=True, text=True, check=True
    )
    assert done.stdout == "", done.stdout
    return [(place / f"{number}.out").read_text() for number in range(len(STEPS))]


def pattern(shown: str) -> str:
    """Return the expression for an answer as the README shows it: `…` stands for anything."""
    return ".*".join(
        r"\s*".join(re.escape(line.strip()) for line in part.splitlines())
        for part in shown.split("…")
    )


@pytest.mark.parametrize("number", range(len(STEPS)), ids=lambda n: f"{n} {STEPS[n][0].split()[0]}")
def test_a_command_prints_what_the_readme_shows(tour: Tour, number: int) -> None:
    if "jq -" in STEPS[number][0] and not shutil.which("jq"):
        pytest.skip("this system has no jq")
    printed, shown = tour.printed[number].strip(), STEPS[number][1].strip()
    assert re.fullmatch(f"(?s){pattern(shown)}", printed), printed + errors_of(tour, number)


def errors_of(tour: Tour, number: int) -> str:
    """Return what a step said on standard error."""
    return (tour.folder / f"{number}.err").read_text()


def test_every_request_of_the_readme_shows_its_answer() -> None:
    silent = [command for command, shown in STEPS if not shown]
    assert [command for command in silent if re.search(r"(?m)^curl ", command)] == []


def test_the_lines_of_the_banner_work_when_pasted(tour: Tour) -> None:
    pasted = [line.strip() for line in tour.service.banner if line.startswith("    curl ")]
    done = [
        subprocess.run(["bash", "-c", line], capture_output=True, check=True) for line in pasted
    ]
    public, made, drafts = (json.loads(answer.stdout) for answer in done)
    assert "drawdown" in [claim["id"] for claim in public["items"]]
    assert made in drafts["items"]


SMALLEST = [(code(row[1])[0], *map(json.loads, code(" ".join(row[2:])))) for row in rows("kind")]


@pytest.mark.parametrize(("path", "draft", "more"), SMALLEST, ids=COLLECTIONS[: len(SMALLEST)])
def test_the_smallest_records_are_taken(
    tour: Tour, path: str, draft: dict[str, object], more: dict[str, object]
) -> None:
    assert tour.service.send("POST", path, draft).status == 201
    published = tour.service.send("POST", path, {**draft, **more, "status": "published"})
    assert published.status == 201, published.data


@pytest.mark.parametrize(("path", "draft", "more"), SMALLEST, ids=COLLECTIONS[: len(SMALLEST)])
def test_the_smallest_records_cannot_be_smaller(
    tour: Tour, path: str, draft: dict[str, object], more: dict[str, object]
) -> None:
    whole = {**draft, **more, "status": "published"}
    for name in [*draft, *more]:
        smaller = {other: value for other, value in whole.items() if other != name}
        assert tour.service.send("POST", path, smaller).status == 422


INSTANTS = re.findall(r"(?m)^GET (\S+) +(\d{3})  (.+)$", README)


@pytest.mark.parametrize(("path", "status", "shown"), INSTANTS, ids=[line[0] for line in INSTANTS])
def test_an_instant_gives_what_the_first_page_shows(
    tour: Tour, path: str, status: str, shown: str
) -> None:
    answer = tour.service.curl(path)
    found = json.loads(answer.body)
    told = [found.get("code", ""), f"{found.get('rating')}, revision {found.get('revision')}"]
    told += [" and".join(str([r["revision"] for r in found.get("items", [])])[1:-1].rsplit(",", 1))]
    assert answer.status == int(status)
    assert shown.removesuffix(", each with its note") in told


WRITES = [(code(row[0]), row[1][:3], row[2][:3]) for row in rows("with the header")]


@pytest.mark.parametrize(("header", "there", "new"), WRITES, ids=[str(row[0]) for row in WRITES])
def test_a_conditional_write_does_what_its_table_says(
    tour: Tour, header: list[str], there: str, new: str
) -> None:
    name = f"w{WRITES.index((header, there, new))}"
    assert put(tour.service, f"{name}-new", header) == int(new)
    for number in range(3):
        assert put(tour.service, name, ["If-Match: *"] if number else []) < 300
    assert put(tour.service, name, header) == int(there)


def put(service: Service, name: str, header: list[str]) -> int:
    """Put a claim, another each time; return the status."""
    body = json.dumps({"text": os.urandom(4).hex()})
    words = ["-X", "PUT", "-H", "Content-Type: application/json", "-d", body]
    given = [word for line in header for word in ("-H", line)]
    return service.curl(f"/v1/claims/{name}", *words, *given, key=service.key).status


@pytest.mark.parametrize("words", [["-X", "PATCH", "--json", "{}"], ["-X", "DELETE"]], ids=str)
def test_other_writes_to_what_is_not_there_are_404(tour: Tour, words: list[str]) -> None:
    words = [*words, "-H", "If-Match: *"]
    assert tour.service.curl("/v1/claims/nowhere", *words, key=tour.service.key).status == 404


def test_the_dump_can_be_restored(tour: Tour, cluster: Cluster) -> None:
    (psql,) = Path(sys.prefix).glob("lib/python3*/site-packages/*/pginstall/bin/psql")
    (dump,) = tour.folder.glob("*/backup.sql")
    with cluster.database("restored", template="template0") as name:
        words = [psql, "-v", "ON_ERROR_STOP=1", "-qf", dump]
        subprocess.run([*words, cluster.url(name)], check=True, stdout=subprocess.DEVNULL)
        with psycopg.connect(cluster.url(name)) as connection:
            (revisions,) = connection.execute("SELECT count(*) FROM revision").fetchall()[0]
    assert revisions > len(lines().splitlines())


def test_the_two_roles_of_the_readme_are_enough(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (script,) = re.findall(r"(?ms)^```sql\n(.*?)^```", README)
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        for statement in script.replace("DATABASE factcheck", "DATABASE two_roles").splitlines():
            connection.execute(statement.encode())
    monkeypatch.setenv("DATABASE_URL", cluster.url("two_roles", "factcheck_service"))
    monkeypatch.setenv("FACTCHECK_OWNER_URL", cluster.url("two_roles", "factcheck_owner"))
    main(["demo"])
    assert "Imported" in capfd.readouterr().out


SETTINGS = {code(row[0])[0]: row[1] for row in rows("variable")}
OTHER = {
    "FACTCHECK_PREPARE_STATEMENTS": "false",
    "FACTCHECK_PUBLIC_READS": "false",
    "FACTCHECK_LOG_LEVEL": "DEBUG",
    "FACTCHECK_DEADLINE": "3.5",
    "FACTCHECK_FOUR_EYES": "true",
    "FACTCHECK_PRIVATE_WEBHOOKS": "true",
    "FACTCHECK_CORS_ORIGINS": "https://reader.example",
    "FACTCHECK_PUBLISHER_URL": "https://desk.example",
    "FACTCHECK_PUBLISHER_LOGO": "https://desk.example/logo.png",
    "FACTCHECK_LICENSE": "https://creativecommons.org/licenses/by/4.0/",
    "FACTCHECK_PUBLIC_URL": "https://facts.example.org",
    "FACTCHECK_SECURITY_CONTACT": "mailto:desk@example.org",
}

SHOWN = {
    "no secret": "()",
    "none": "None",
    "`true`": "True",
    "`false`": "False",
    "`INFO`": "20",
    "`DATABASE_URL`": "None",
    "`*`": "('*',)",
}
"""Defaults in the table, and what Python calls them."""


def variable(field: str) -> str:
    """Return the name of a setting in the environment."""
    return "DATABASE_URL" if field == "database_url" else f"FACTCHECK_{field.upper()}"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Take every setting out of the environment."""
    for name in [*SETTINGS, *os.environ]:
        if name == "DATABASE_URL" or name.startswith("FACTCHECK_"):
            monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_the_table_has_every_setting() -> None:
    assert list(SETTINGS) == [variable(field.name) for field in fields(Settings)]


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_has_its_default_and_can_be_changed(name: str, bare: pytest.MonkeyPatch) -> None:
    field = {variable(f.name): f.name for f in fields(Settings)}[name]
    default = getattr(Settings.from_environment(), field)
    if name != "FACTCHECK_HOME":
        assert str(default) == SHOWN.get(SETTINGS[name], SETTINGS[name].strip("`"))
    bare.setenv(name, OTHER.get(name, "7"))
    assert getattr(Settings.from_environment(), field) != default


def test_the_owners_url_is_the_services_by_default(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DATABASE_URL", "dbname=a")
    assert Settings.from_environment().owner_url == "dbname=a"


@pytest.mark.parametrize(
    ("user", "data", "home"),
    [(0, "", "/var/lib/factcheck"), (7, "/data", "/data/factcheck"),
     (7, "", "~/.local/share/factcheck")],
)  # fmt: skip
def test_the_data_directory_is_where_the_readme_says(
    user: int, data: str, home: str, bare: pytest.MonkeyPatch
) -> None:
    bare.setattr(os, "geteuid", lambda: user)
    bare.setenv("XDG_DATA_HOME", data)
    assert default_home() == Path(home).expanduser()
    assert f"`{home.replace('/data', '$XDG_DATA_HOME')}`" in README


def test_the_addresses_are_those_of_the_contract() -> None:
    told = set[tuple[str, str]]()
    for addresses, methods, _ in rows("address"):
        for path in code(addresses):
            each = [path.replace("{c}", c) for c in COLLECTIONS] if "{c}" in path else [path]
            told |= {(one, method.lower()) for one in each for method in methods.split()}
    paths = yaml.safe_load((ROOT / "openapi.yaml").read_text())["paths"]
    verbs = {"get", "post", "put", "patch", "delete"}
    assert told == {(path, verb) for path, item in paths.items() for verb in verbs & set(item)}


def test_the_problem_codes_of_the_readme_exist() -> None:
    named = set(re.findall(r'"code":"([a-z-]+)"| 404  ([a-z-]+)', README))
    assert {word for pair in named for word in pair if word} <= {*Problem.catalogue, *FAULTS}


def test_the_targets_and_places_of_the_readme_exist() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text()))
    assert set(re.findall(r"`?make ([a-z-]+)", README)) <= targets
    places = [place for row in rows("place") for place in code(row[0])]
    assert [place for place in places if not (ROOT / place).exists()] == []
    packages = {f"service/{path.parent.name}/" for path in (ROOT / "service").glob("*/__init__.py")}
    assert packages <= set(places)


def test_every_trouble_of_the_database_is_told() -> None:
    assert [code(row[-1])[0] for row in rows("trouble")] == [*TROUBLES, "busy", "overloaded"]
