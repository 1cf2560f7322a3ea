"""The commands: what they do to a database, and what they say when they cannot."""

import io
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.test import Client

from service.app import close
from service.cli import create_app, main
from service.demo import lines
from service.errors import Unauthorized
from service.records import keys
from service.records.keys import Keyring
from service.settings import Settings
from service.storage.database import Database
from tests.clusters import Cluster
from tests.docs.service import Service, factcheck, folder

ROOT = Path(__file__).parents[1]
SECRET = re.compile(r"fck_[\w-]{43}")
NOWHERE = "postgresql://127.0.0.1:1/nowhere"
TEXT = "Bus fares rose by a third"
CLAIM: dict[str, object] = {
    "type": "claim",
    "id": "fares",
    "revision": 1,
    "recorded_at": "2026-01-02T03:04:05Z",
    "status": "published",
    "body": {"text": TEXT},
}


@pytest.fixture
def url(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Make the commands work on a database of their own that has been migrated, and no more."""
    with cluster.database("commands") as name:
        monkeypatch.setenv("DATABASE_URL", cluster.url(name))
        monkeypatch.setenv("FACTCHECK_HOME", str(tmp_path / "home"))
        yield cluster.url(name)


@pytest.fixture
def run(url: str, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that runs a command in this process and returns what it printed."""

    def command(*words: str) -> str:
        main([*words])
        return capfd.readouterr().out

    return command


def refused(*words: str) -> str:
    """Run a command that cannot be done, and return the one sentence it ends with."""
    with pytest.raises(SystemExit) as refusal:
        main([*words])
    text = str(refusal.value)
    assert text.startswith("factcheck: ")
    return text


def history(tmp_path: Path, *records: dict[str, object] | str) -> str:
    """Write a file of lines and return its name."""
    file = tmp_path / "history.ndjson"
    texts = [line if isinstance(line, str) else json.dumps(line) for line in records]
    file.write_text("".join(f"{line}\n" for line in texts))
    return str(file)


def test_migrate_says_what_ran(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with cluster.database("fresh", template="template0") as name:
        monkeypatch.setenv("DATABASE_URL", cluster.url(name))
        main(["migrate"])
        main(["migrate"])
    first, second = capfd.readouterr().out.splitlines()
    assert first.startswith("Ran 0001_")
    assert second == "The schema is up to date."


def test_a_key_has_the_scopes_it_was_made_with(run: Callable[..., str], url: str) -> None:
    secret = run("keys", "create", "--name", "desk", "--scope", "write", "read").strip()
    assert SECRET.fullmatch(secret)
    database = Database(url, size=1, deadline=10, prepare=False)
    caller = Keyring(database).caller(secret)
    database.close()
    assert (caller.key_name, caller.scopes) == ("desk", {"write", "read"})


def test_the_name_of_a_key_is_taken_for_good(run: Callable[..., str]) -> None:
    run("keys", "create", "--name", "desk")
    assert '"desk"' in refused("keys", "create", "--name", "desk", "--scope", "write")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["serve", "--port", "many"],
        ["keys"],
        ["keys", "create"],
        ["keys", "create", "--name", "desk", "--scope", "root"],
        ["keys", "revoke"],
        ["import"],
        ["explode"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_shows_the_usage(
    words: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert capfd.readouterr().err.startswith("usage: factcheck")


@pytest.mark.parametrize("text", ["", "x" * 1_001, "\udcff"], ids=["empty", "long", "no UTF-8"])
@pytest.mark.parametrize("option", ["--note", "--actor"])
def test_what_goes_with_an_import_is_as_it_is_over_http(
    capfd: pytest.CaptureFixture[str], option: str, text: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["import", option, text, "x.ndjson"])
    assert f"argument {option}: " in capfd.readouterr().err


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "at least 1 character"),
        ("d" * 101, "at most 100 characters, these are 101"),
        (" desk", "expected 1 to 100 printable characters"),
        ("desk\n", "expected 1 to 100 printable characters"),
        ("factcheck", "expected 1 to 100 printable characters"),
    ],
)
def test_a_key_needs_a_name_that_people_can_read(url: str, name: str, fault: str) -> None:
    assert f"\n#/name: {fault}" in refused("keys", "create", "--name", name)


def test_everything_wrong_with_a_key_is_told_and_no_key_is_made(
    run: Callable[..., str], tmp_path: Path
) -> None:
    words = ["--name", "a\tb", "--scope", "read", "read", "--expires", "2022-02-16T00:00:00Z"]
    text = refused("keys", "create", *words)
    assert [line.split(":")[0] for line in text.splitlines()[1:]] == [
        "#/name",
        "#/scopes/1",
        "#/expires_at",
    ]
    assert not (tmp_path / "home").exists()
    assert run("keys", "list") == ""


def test_the_list_shows_every_key_and_what_became_of_it(run: Callable[..., str], url: str) -> None:
    run(
        "keys",
        "create",
        "--name",
        "the desk",
        "--scope",
        "write",
        "--expires",
        "2999-01-01T00:00:00Z",
    )
    run("keys", "create", "--name", "cms", "--scope", "read", "publish", "--vouches")
    past = datetime.now(UTC) - timedelta(days=1)
    with closing(Database(url, size=1, deadline=10, prepare=False)) as database:
        _ = Keyring(database).caller(str(keys.create(database, "used", [])))
        assert keys.create(database, "old", [], past)
    run("keys", "revoke", "cms")
    shown = [re.sub(r"20[\d-]+T[\d:.]+Z", "…", line) for line in run("keys", "list").splitlines()]
    assert [re.split(" {2,}", line) for line in shown] == [
        ["admin", "admin", "in force", "never used"],
        ["the desk", "write", "until 2999-01-01T00:00:00.000000Z", "never used"],
        ["cms", "read publish", "revoked …", "never used, vouches"],
        ["used", "no scope", "in force", "used …"],
        ["old", "no scope", "expired …", "never used"],
    ]


def test_a_key_is_revoked_by_its_name(run: Callable[..., str], url: str) -> None:
    secret = run("keys", "create", "--name", "desk").strip()
    with closing(Database(url, size=1, deadline=10, prepare=False)) as database:
        assert Keyring(database).caller(secret).key_name == "desk"
        assert '"desk" is revoked' in run("keys", "revoke", "desk")
        assert '"desk" is revoked' in run("keys", "revoke", "desk")
        with pytest.raises(Unauthorized):
            Keyring(database).caller(secret)


def test_a_key_that_is_not_there_cannot_be_revoked(run: Callable[..., str]) -> None:
    assert "factcheck keys list" in refused("keys", "revoke", "nobody")


def test_what_is_no_text_is_the_name_of_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["keys", "revoke", "\udcff"])
    assert "this is not UTF-8" in capsys.readouterr().err


def test_a_key_made_before_the_first_start_is_not_the_first(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("keys", "create", "--name", "desk")
    assert SECRET.match((tmp_path / "home" / "admin.key").read_text())


@pytest.mark.parametrize(
    "words", [["--port", "65536"], ["--port", "-1"], ["--workers", "0"]], ids=" ".join
)
def test_an_option_out_of_bounds_is_named(words: list[str]) -> None:
    assert f"FACTCHECK_{words[0][2:].upper()} is a number from" in refused("serve", *words)


def test_an_export_that_nobody_reads_on_ends_in_silence(url: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "service", "export"]
    done = subprocess.run(command, check=True, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT)
    os.close(writing)
    assert done.stderr == b""


@pytest.mark.parametrize(
    "name", ["PORT", "WORKERS", "POOL_SIZE", "PREPARE_STATEMENTS", "DEADLINE", "MAX_BODY",
             "MAX_IMPORT", "PUBLIC_READS", "LOG_LEVEL"]
)  # fmt: skip
def test_a_setting_that_cannot_be_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"FACTCHECK_{name}", "perhaps")
    assert f"FACTCHECK_{name}" in refused("migrate")


def test_the_demo_is_loaded_once(run: Callable[..., str]) -> None:
    revisions = len(lines().splitlines())
    assert re.fullmatch(rf"Imported {revisions} revisions of \d+ records\.\n", run("demo"))
    assert run("demo") == "The server holds records already; nothing was loaded.\n"


def test_a_history_is_imported_from_a_file(run: Callable[..., str], tmp_path: Path) -> None:
    file = history(tmp_path, CLAIM)
    assert run("import", file) == "Imported 1 revisions of 1 records.\n"
    assert TEXT in run("export")
    assert "new data directory" in refused("import", file)


def test_a_history_is_imported_from_standard_input(
    run: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.BytesIO(json.dumps(CLAIM).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    assert run("import", "-") == "Imported 1 revisions of 1 records.\n"


def test_a_broken_history_is_refused_line_by_line_and_writes_nothing(
    run: Callable[..., str], tmp_path: Path
) -> None:
    numberless = {name: value for name, value in CLAIM.items() if name != "revision"}
    text = refused("import", history(tmp_path, CLAIM, "no JSON", numberless, {**CLAIM, "id": "!"}))
    places = [line.split(": ")[0] for line in text.splitlines()[1:]]
    assert places == ["line 2 #", "line 3 #/revision", "line 4 #/id"]
    assert "fares" not in run("export", "--history")


def test_a_file_that_is_not_there_is_named(url: str) -> None:
    assert "/nowhere/history.ndjson" in refused("import", "/nowhere/history.ndjson")


def test_an_export_has_every_revision_only_if_asked(run: Callable[..., str]) -> None:
    run("demo")
    records, revisions = run("export").splitlines(), run("export", "--history").splitlines()
    assert len(revisions) > len(records)
    for written in (records, revisions):
        assert json.loads(written[0])["type"] == "meta"
        assert json.loads(written[-1])["type"] == "end"
    assert json.loads(revisions[-1])["revisions"] == len(revisions) - 2


@pytest.mark.parametrize(
    "words",
    [
        ["migrate"],
        ["demo"],
        ["export"],
        ["keys", "create", "--name", "a"],
        ["import", "/dev/null"],
        ["keys", "list"],
        ["keys", "revoke", "a"],
    ],
    ids=" ".join,
)
def test_a_database_out_of_reach_is_told_in_a_sentence(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", NOWHERE)
    assert 'server at "127.0.0.1", port 1 failed' in refused(*words)


def test_a_server_whose_database_is_out_of_reach_ends_without_a_traceback(tmp_path: Path) -> None:
    done = factcheck(tmp_path / "home", "serve", "--port", "0", DATABASE_URL=NOWHERE)
    assert (done.returncode, done.stdout) == (1, "")
    assert 'server at "127.0.0.1", port 1 failed' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_url_without_meaning_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "nonsense")
    assert len(refused("migrate").strip().splitlines()) == 1


def test_a_port_in_use_ends_the_start(cluster: Cluster, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, cluster.database("port") as name:
        port = str(taken.getsockname()[1])
        words = ["serve", "--host", "127.0.0.1", "--port", port, "--workers", "1"]
        done = factcheck(tmp_path / "home", *words, DATABASE_URL=cluster.url(name))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Can't connect to ('127.0.0.1', {port})" in done.stderr
    assert "Traceback" not in done.stderr


def test_with_a_database_url_there_is_no_embedded_server(cluster: Cluster, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with cluster.database("own") as name, Service(home, DATABASE_URL=cluster.url(name)) as service:
        assert service.key in service.banner[2]
        assert service.curl("/readyz").status == 200
        assert [file.name for file in home.iterdir()] == ["admin.key"]
        assert home.stat().st_mode & 0o777 == 0o700
        assert (home / "admin.key").stat().st_mode & 0o777 == 0o600


def test_a_worker_gets_an_application_that_answers(url: str) -> None:
    app = create_app(Settings.from_environment())
    assert isinstance(app, Flask)
    assert Client(app).get("/readyz").status_code == 200
    close(app)


def test_a_second_start_keeps_the_data_and_prints_no_key() -> None:
    with folder() as parent:
        with Service(parent / "data", "--demo", "--workers", "1") as first:
            assert SECRET.fullmatch(first.banner[2].strip())
            key, records = first.key, first.curl("/v1/claims?fields=id").body
        with Service(parent / "data", "--demo", "--workers", "1") as second:
            assert SECRET.search("".join(second.banner)) is None
            assert (second.key, second.curl("/v1/claims?fields=id").body) == (key, records)


RECORD: dict[str, object] = {"type": "claim", "id": "c", "text": "x", "status": "published"}


def test_records_are_imported_from_a_file(run: Callable[..., str], tmp_path: Path) -> None:
    file = history(tmp_path, RECORD)
    assert run("import", "--dry-run", file) == (
        "Would come to: 1 created, 0 revised, 0 deleted, 0 unchanged.\n"
    )
    assert run("import", file) == "Imported: 1 created, 0 revised, 0 deleted, 0 unchanged.\n"
    assert run("import", file) == "Imported: 0 created, 0 revised, 0 deleted, 1 unchanged.\n"
    other = history(tmp_path, RECORD | {"text": "y"})
    assert "line 1 #/if_revision: it is there with other content" in refused("import", other)
    words = ["--overwrite", "--note", "Again", "--reason", "typo", "--actor", "o.k."]
    assert "1 revised" in run("import", *words, other)
    [line] = [one for one in run("export", "--type", "claim").splitlines() if '"c"' in one]
    assert json.loads(line)["recorded_by"] == {"key": "command line", "actor": "o.k."}


def test_lines_that_are_refused_are_told_and_end_with_one(
    url: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", "--partial", history(tmp_path, RECORD, {"type": "claim"})])
    assert ended.value.code == 1
    *lines, last = capfd.readouterr().out.splitlines()
    assert [json.loads(line)["outcome"] for line in lines] == ["created", "refused"]
    assert last == "Imported: 1 created, 0 revised, 0 deleted, 0 unchanged, 1 refused."


def test_a_sheet_goes_in_and_comes_out(run: Callable[..., str], tmp_path: Path) -> None:
    file, out = tmp_path / "claims.csv", tmp_path / "out.csv"
    _ = file.write_text("id,text\nc,=1\n")
    form = ["--format", "csv", "--type", "claim"]
    assert "1 created" in run("import", *form, str(file))
    assert run("export", *form, "-o", str(out)) == ""
    assert ",'=1," in out.read_text()
    assert "1 unchanged" in run("import", *form, str(out))


@pytest.mark.parametrize(
    "words",
    [
        ["import", "--format", "csv", "x.csv"],
        ["export", "--format", "csv"],
        ["export", "--format", "csv", "--type", "scale"],
        ["export", "--format", "csv", "--type", "claim", "--history"],
        ["export", "--as-of", "yesterday"],
        ["export", "--as-of", "2999-01-01T00:00:00Z"],
        ["export", "-o", "."],
        ["import", "--type", "claim", "x.ndjson"],
        ["import", "--type", "claim", "--format", "ndjson", "x.ndjson"],
        ["export", "-o", "/nowhere/at/all"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_moved_is_told_in_a_sentence(url: str, words: list[str]) -> None:
    assert refused(*words).startswith("factcheck: ")


def test_an_export_may_be_of_another_time_and_lies_whole_in_its_file(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("demo")
    file = tmp_path / "then.ndjson"
    assert run("export", "--as-of", "2022-02-16T15:30:00Z", "-o", str(file)) == ""
    first, *_, last = file.read_text().splitlines()
    assert json.loads(first)["as_of"] == "2022-02-16T15:30:00.000000Z"
    assert json.loads(last)["records"] == len(file.read_text().splitlines()) - 2
    assert [one.name for one in tmp_path.iterdir()] == ["then.ndjson"]


def test_an_export_leaves_a_pipe_a_pipe_and_a_link_a_link(
    run: Callable[..., str], tmp_path: Path
) -> None:
    pipe, link, file = tmp_path / "pipe", tmp_path / "link", tmp_path / "file"
    os.mkfifo(pipe)
    link.symlink_to(file)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True) as reader:
        run("export", "-o", str(pipe))
        read, _ = reader.communicate()
    run("export", "-o", str(link))
    assert [json.loads(text.splitlines()[0])["type"] for text in (read, file.read_text())] == (
        ["meta", "meta"]
    )
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_an_export_that_fails_leaves_the_file_that_was_there(url: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    assert "as_of: " in refused("export", "--as-of", "2999-01-01T00:00:00Z", "-o", str(file))
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("file", "mine")]


@pytest.mark.parametrize("option", ["--dry-run", "--partial", "--overwrite", "--note=x"])
def test_a_history_moves_whole_or_not_at_all(
    run: Callable[..., str], tmp_path: Path, option: str
) -> None:
    run("migrate")
    file = history(tmp_path, CLAIM)
    assert option.partition("=")[0] in refused("import", option, file)
    assert TEXT not in run("export")


def test_a_history_from_windows_is_known_for_one(run: Callable[..., str], tmp_path: Path) -> None:
    run("migrate")
    file = tmp_path / "file"
    file.write_text(json.dumps(CLAIM), encoding="utf-8-sig")
    assert run("import", str(file)) == "Imported 1 revisions of 1 records.\n"


def test_ctrl_c_ends_an_import_without_a_traceback(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: int) -> bytes:
        raise KeyboardInterrupt  # as SIGINT does, unless that was ignored from the start

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=SimpleNamespace(read=read)))
    with pytest.raises(SystemExit) as ended:
        main(["import", "-"])
    assert ended.value.code == 130


def test_standard_output_that_is_closed_is_named(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert refused("export") == "factcheck: standard output is closed"


def test_standard_input_that_is_closed_is_named(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("import", "-") == "factcheck: standard input is closed"


def test_an_export_tells_by_itself_that_it_is_a_history(
    run: Callable[..., str], cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("demo")
    file = str(tmp_path / "house.ndjson")
    run("export", "--history", "-o", file)
    assert "new data directory" in refused("import", file)
    with cluster.database("elsewhere") as name:
        monkeypatch.setenv("DATABASE_URL", cluster.url(name))
        assert run("import", file).startswith("Imported ")


def test_a_file_that_is_none_of_ours_is_refused_by_its_lines(
    run: Callable[..., str], tmp_path: Path
) -> None:
    run("migrate")
    assert "line 1 #: Line 1, column 2" in refused("import", history(tmp_path, "{no", "[]"))
    meta: dict[str, object] = {"type": "meta", "format": "factcheck-records/1", "history": True}
    assert "file is a history" in refused("import", history(tmp_path, RECORD, meta))


REVIEW: dict[str, object] = {
    "@type": "ClaimReview",
    "url": "https://checkers.example/fares",
    "claimReviewed": TEXT,
    "author": {"@type": "Organization", "name": "Checkers"},
    "itemReviewed": {"@type": "CreativeWork", "author": {"name": "A mayor"}},
    "reviewRating": {"alternateName": "Falso."},
}


def test_reviews_are_imported_from_a_file_and_reported(
    run: Callable[..., str], tmp_path: Path
) -> None:
    file = history(tmp_path, REVIEW)
    lines = run("import", "--claimreview", file).splitlines()
    assert re.fullmatch("line 1 #: item 1 is verdict cr-[0-9a-f]{24}, rated false", lines[0])
    assert '  not-a-claim #/itemReviewed: ["CreativeWork"] -> Claim' in lines
    assert "  label-decorated #/reviewRating/alternateName: Falso. -> Falso" in lines
    assert lines[-2:] == [
        "1 reviews, 1 understood.",
        "Imported: 2 created, 0 revised, 0 deleted, 0 unchanged.",
    ]
    assert "2 unchanged" in run("import", "--claimreview", file)
    again = run("import", "--claimreview", "--status", "published", "--partial", file)
    assert "2 revised" in again
    other = history(tmp_path, REVIEW | {"name": "Another title"})
    assert "made of item 1: it is there with other content" in refused(
        "import", "--claimreview", other
    )


def test_reviews_that_are_not_understood_are_told_and_end_with_one(
    url: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    empty: dict[str, object] = {"@type": "ClaimReview"}
    others: list[dict[str, object]] = [{"@type": "WebPage"}, {"a": 1}]
    junk = [empty, *others, REVIEW, REVIEW]
    many = REVIEW | {"url": "https://c.example", "itemReviewed": {"appearance": ["z"] * 300}}
    unrated: dict[str, object] = {"claimReviewed": "x"}
    with pytest.raises(SystemExit) as ended:
        main(["import", "--claimreview", history(tmp_path, *junk, many, unrated)])
    assert ended.value.code == 1
    told = capfd.readouterr().out
    assert "line 1 #: item 1 was not understood" in told
    assert "line 2 #: no review; passed over: 1 WebPage" in told
    assert "line 3 #: no review\n" in told
    assert re.search(r"and \d+ more\n", told)
    assert "without a rating" in told
    assert "5 reviews, 4 understood, 1 came twice." in told


@pytest.mark.parametrize(
    "words",
    [
        ["--claimreview", "--history"],
        ["--claimreview", "--format", "csv"],
        ["--claimreview", "--type", "claim"],
        ["--status", "draft"],
    ],
    ids=" ".join,
)
def test_options_that_do_not_go_with_reviews_are_told(url: str, words: list[str]) -> None:
    assert refused("import", *words, "x.json").startswith("factcheck: ")
