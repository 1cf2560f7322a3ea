"""PostgreSQL servers for the tests: the embedded one, and a second where the system has one."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import conninfo, sql

from service.storage.embedded import throwaway
from service.storage.migrations import migrate

QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"
TEMPLATE = "migrated"


@dataclass(frozen=True)
class Cluster:
    """A running server: how its superuser and the service's role reach it."""

    name: str
    host: str
    port: str
    owner: str

    def url(self, database: str, role: str = "") -> str:
        """Return how a role, by default the owner, reaches a database."""
        return f"host={self.host} port={self.port} user={role or self.owner} dbname={database}"

    def run(self, *statements: sql.Composed) -> None:
        """Run statements as the owner, outside any database of the tests."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                _ = connection.execute(statement)

    def make_template(self) -> None:
        """Make the service's role, and a migrated database that others are copied from."""
        self.run(
            sql.SQL("DROP ROLE IF EXISTS newsroom").format(),
            sql.SQL("CREATE ROLE newsroom LOGIN").format(),
            sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)),
        )
        _ = migrate(self.url(TEMPLATE), self.url(TEMPLATE, "newsroom"))

    @contextmanager
    def database(self, name: str, template: str = TEMPLATE) -> Generator[str]:
        """Copy a database for as long as the ``with`` block lasts and yield its name."""
        names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        make = "CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
        self.run(sql.SQL(make).format(**names))
        try:
            yield name
        finally:
            self.run(sql.SQL("DROP DATABASE {name} WITH (FORCE)").format(**names))


@contextmanager
def embedded() -> Generator[Cluster]:
    """Run the embedded PostgreSQL, without care for its data."""
    with throwaway() as server:
        parts = conninfo.conninfo_to_dict(server.owner_url)
        host, port = str(parts["host"]), str(parts.get("port", 5432))
        yield _ready(Cluster("embedded", host, port, str(parts["user"])))


@contextmanager
def system(programs: Path) -> Generator[Cluster]:
    """Run the system's PostgreSQL in a folder of its own, as a user that it takes."""
    folder = Path(tempfile.mkdtemp(prefix="factcheck-system-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")
    start = f"{QUICK} -c unix_socket_directories={folder}"
    control = [str(programs / "pg_ctl"), "-D", data, "-w", "-l", f"{folder}/log"]
    make = ["initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N", "-D", data]
    try:
        _run([str(programs / make[0]), *make[1:]], user, folder)
        _run([*control, "-o", start, "start"], user, folder)
        yield _ready(Cluster("system", str(folder), "5432", "postgres"))
    finally:
        _run([*control, "-m", "immediate", "stop"], user, folder)
        shutil.rmtree(folder)


def find_system() -> Path | None:
    """Return where the programs of the newest PostgreSQL of the system are, if it has one."""
    found = [folder.parent for folder in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


def _ready(cluster: Cluster) -> Cluster:
    cluster.make_template()
    return cluster


def _run(command: list[str], user: str | None, folder: Path) -> None:
    group = user and []
    _ = subprocess.run(
        command,
        user=user,
        group=user,
        extra_groups=group,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
