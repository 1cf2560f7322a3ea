"""The house rules, kept by tools where there is one and by reading the files where not."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
SPECTRAL = PROGRAMS.parent / "node/node_modules/@stoplight/spectral-cli/dist/index.js"
MODULES = sorted(path for top in ("schemas", "service") for path in (ROOT / top).rglob("*.py"))
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]
STATEMENTS = sorted((ROOT / "service/sql").rglob("*.sql"))
MIGRATIONS = sorted((ROOT / "migrations").glob("*.sql"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
VAGUE = {"base", "common", "helpers", "manager", "utils"}
LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
ELSEWHERE = re.compile(
    r"(?<![\w.~:])/(?:home|mnt|root|Users|work)/\w"  # a folder of one machine
    r"|\b(?:registry\.npm|files\.python|pypi\.)[a-z]*\.?(?:hosted)?\.?org\b"  # where packages lie
)


def run(program: str | Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program of this environment at the repository's root and return what it said."""
    command = [str(part) for part in (PROGRAMS / program, *arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def accept(program: str | Path, *arguments: str | Path) -> None:
    """Fail with the program's output unless it ends with 0."""
    result = run(program, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr


def kept_files() -> Iterator[tuple[str, str]]:
    """Yield path and text of each file that is, or would be, in the repository."""
    # The checkout may belong to another user than the one who runs the tests.
    command = "git -c safe.directory=* ls-files -z --cached --others --exclude-standard"
    listing = subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).is_file():
            yield name, (ROOT / name).read_text(encoding="utf-8", errors="replace")


def found(pattern: re.Pattern[str]) -> list[str]:
    """Return "path:line: text" for each line of the repository in which the pattern occurs."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in kept_files()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def named(path: Path) -> str:
    """Return the name that a parametrised test shows for a file."""
    return str(path.relative_to(ROOT))


def test_ruff_has_nothing_to_say() -> None:
    accept("ruff", "check", ".")


def test_the_code_is_formatted() -> None:
    accept("ruff", "format", "--check", ".")


def test_the_types_hold_and_were_looked_at() -> None:
    result = run("basedpyright", "--outputjson")
    assert result.returncode == 0, result.stdout + result.stderr
    assert json.loads(result.stdout)["summary"]["filesAnalyzed"] > len(MODULES)


def test_a_wrong_type_is_noticed(tmp_path: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["basedpyright"]
    settings |= {
        "include": ["."],
        "venvPath": str(PROGRAMS.parents[1]),
        "venv": PROGRAMS.parent.name,
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    (tmp_path / "planted.py").write_text("import flask\n\nname: int = flask.Flask('x').name\n")
    result = run("basedpyright", "--project", tmp_path)
    assert result.returncode == 1
    assert "reportAssignmentType" in result.stdout


def test_imports_point_one_way() -> None:
    accept("lint-imports", "--no-cache")


def test_the_migrations_are_safe_to_apply() -> None:
    accept("squawk", *MIGRATIONS)


def test_the_dockerfile_is_clean() -> None:
    accept("hadolint", "Dockerfile")


def test_openapi_is_valid() -> None:
    validate(yaml.safe_load((ROOT / "openapi.yaml").read_text()))


def test_openapi_keeps_every_rule_of_spectral() -> None:
    if not SPECTRAL.exists():
        pytest.skip("Spectral is installed by `make test`")
    accept("node", SPECTRAL, "lint", "--fail-severity=hint", "openapi.yaml")


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_at_most_250_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_function_has_at_most_30_lines(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text()))
    functions = [node for node in nodes if isinstance(node, FUNCTIONS)]
    sizes = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: size for name, size in sizes.items() if size > 30} == {}


@pytest.mark.parametrize("path", PACKAGES, ids=named)
def test_a_package_says_what_belongs_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_has_a_telling_name(path: Path) -> None:
    assert VAGUE.isdisjoint(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", STATEMENTS, ids=named)
def test_an_sql_file_says_what_it_does_and_holds_one_statement(path: Path) -> None:
    text = path.read_text()
    assert re.match(r"-- \w.+\n", text)
    quoted = r"--.*|/\*(?s:.*?)\*/|'(?:[^']|'')*'|\"[^\"]*\"|(\$\w*\$)(?s:.*?)\1"
    statements = [part for part in re.sub(quoted, "", text).split(";") if part.strip()]
    assert len(statements) == 1


@pytest.mark.parametrize("path", MIGRATIONS, ids=named)
def test_a_migration_says_what_it_does(path: Path) -> None:
    assert re.match(r"-- \w.+\n", path.read_text())


def test_nothing_is_put_off() -> None:
    assert found(LATER) == []


def test_nothing_points_at_one_machine_or_registry() -> None:
    assert found(ELSEWHERE) == []


def imported() -> Iterator[str]:
    """Yield the top-level name of every import in schemas and service."""
    for node in (node for path in MODULES for node in ast.walk(ast.parse(path.read_text()))):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["otel"]]
    declared = {re.split(r"[^\w-]", line, maxsplit=1)[0] for line in lines}
    ours = sys.stdlib_module_names | {"schemas", "service"}
    makers = packages_distributions()
    makers_of = {name: {*makers.get(name, [name])} for name in {*imported()} - ours}
    needed = {name: {one.lower().replace("_", "-") for one in of} for name, of in makers_of.items()}
    assert [name for name, of in needed.items() if of.isdisjoint(declared)] == []


def test_what_is_optional_is_imported_in_one_place_only() -> None:
    named = [path.stem for path in MODULES if "from opentelemetry" in path.read_text()]
    assert named == ["spans", "traced"]  # the second for the type checker alone


def test_the_locks_hold_no_version_of_one_machine() -> None:
    for lock in ("requirements.lock", "requirements-test.lock"):
        lines = (ROOT / lock).read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith(" ")]
        assert [pin for pin in pins if not re.match(r"[a-z0-9-]+==[\w.]+ (;.*)?\\$", pin)] == []
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_the_test_lock_holds_the_lock_of_the_service() -> None:
    pinned = {
        lock: set(re.findall(r"(?m)^\S+==\S+", (ROOT / lock).read_text()))
        for lock in ("requirements.lock", "requirements-test.lock")
    }
    assert pinned["requirements.lock"] <= pinned["requirements-test.lock"]


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"(?m)^## \[?(\d+\.\d+\.\d+)\b", (ROOT / "CHANGELOG.md").read_text())
    assert headings[0] == version
