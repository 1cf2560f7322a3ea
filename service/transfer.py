"""`factcheck import` and `factcheck export`: their options, and what they say.

What they do is imported inside, as in `service.cli`.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from schemas import bounds
from schemas.record import REASONS
from service.settings import Settings
from service.streams import blocks, opened, written

if TYPE_CHECKING:
    from service.bulk.lines import Order

OF_RECORDS = ("partial", "dry_run", "overwrite", "note", "reason", "actor", "type")
"""Options that a history does not take."""

TYPES = ("claim", "source", "verdict", "scale")
SHEETS = ("claim", "source")


def import_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `import`."""
    command.add_argument("file", help="NDJSON as export writes it, or - for standard input")
    command.add_argument(
        "--history", action="store_true", help="it is one, made by hand; an export tells by itself"
    )
    command.add_argument("--partial", action="store_true", help="write what is good, tell the rest")
    command.add_argument("--dry-run", action="store_true", help="tell what would come of it")
    command.add_argument("--overwrite", action="store_true", help="over records that are there")
    command.add_argument(
        "--note", type=words(bounds.NOTE), help="why, for lines that do not say it themselves"
    )
    command.add_argument("--reason", choices=REASONS, help="what kind of change it is")
    command.add_argument("--actor", type=words(bounds.ACTOR), help="who does it")
    command.add_argument("--format", choices=("ndjson", "csv"), default="ndjson")
    command.add_argument("--claimreview", action="store_true", help="it is that, or a page with it")
    command.add_argument("--status", choices=("draft", "published"), help="for ClaimReview")
    command.add_argument("--type", choices=SHEETS, help="what the rows of a CSV file are")
    command.set_defaults(command=import_file)


def export_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `export`."""
    command.add_argument("--history", action="store_true", help="every revision, for moving house")
    command.add_argument("--as-of", metavar="INSTANT", help="as it was then")
    command.add_argument("--type", action="append", choices=TYPES, help="of this type alone")
    command.add_argument("--format", choices=("ndjson", "csv"), default="ndjson")
    command.add_argument("-o", "--output", metavar="FILE", help="into a file, whole or not at all")
    command.set_defaults(command=export)


def import_file(settings: Settings, given: argparse.Namespace) -> None:
    """Import records or a history and say what came of it; ends with 1 where lines are refused."""
    from service.bulk import files  # noqa: PLC0415 -- see above
    from service.bulk.progress import Progress  # noqa: PLC0415
    from service.setup import migrated  # noqa: PLC0415

    if (given.format == "csv") != (given.type is not None):
        sys.exit(f"factcheck: a sheet takes --format csv and --type {' or '.join(SHEETS)}")
    if given.claimreview:
        import_reviews(settings, given)
        return
    if given.status:
        sys.exit("factcheck: --status goes with --claimreview; records say theirs themselves")
    with opened(given.file) as (stream, size), migrated(settings) as database:
        chunks = Progress(size).over(blocks(stream))
        history, whole = (False, chunks) if given.type else files.known_history(chunks)
        if given.history or history:
            check_whole(given)
            done = files.bring_history(database, whole, four_eyes=settings.four_eyes)
        else:
            asked, tell = order(settings, given), sys.stdout.buffer.write
            done = files.bring_records(database, whole, asked, files.file_of(given.type), tell)
    sys.stdout.flush()
    print(done.sentence)  # noqa: T201 -- this is what the command is for
    if not done.whole:
        sys.exit(1)


def import_reviews(settings: Settings, given: argparse.Namespace) -> None:
    """Import ClaimReview, say what was found in each item, and what came of all."""
    from service.bulk import files  # noqa: PLC0415 -- see above
    from service.bulk.progress import Progress  # noqa: PLC0415
    from service.errors import InvalidRecord  # noqa: PLC0415
    from service.interop.claimreview.importing.gathering import Reviews  # noqa: PLC0415
    from service.interop.claimreview.importing.report import told  # noqa: PLC0415
    from service.records.held import held  # noqa: PLC0415
    from service.records.judging import explained  # noqa: PLC0415
    from service.setup import migrated  # noqa: PLC0415

    if given.history or given.type or given.format != "ndjson":
        sys.exit("factcheck: --claimreview takes no --history, --type and --format")
    with opened(given.file) as (stream, size), migrated(settings) as database:
        asked = replace(order(settings, given), publisher={})
        known = partial(held, database, asked.caller, asked.defaults.actor)
        why = explained(asked.defaults.note, asked.defaults.reason)
        four_eyes = asked.caller.four_eyes
        file = Reviews(known, given.status, asked.overwrite, four_eyes, explained=why)
        chunks = Progress(size).over(blocks(stream))
        try:
            done = files.bring_records(database, chunks, asked, file, sys.stdout.buffer.write)
        except InvalidRecord as error:
            raise file.problem(error) from error
        finally:
            told(file, print)
    print(done.sentence)  # noqa: T201 -- this is what the command is for
    if not done.whole or not file.entries.understood or file.entries.missed:
        sys.exit(1)


def check_whole(given: argparse.Namespace) -> None:
    """End the program where a history is to be imported otherwise than whole."""
    if asked := [name for name in OF_RECORDS if getattr(given, name)]:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in asked)
        sys.exit(
            "factcheck: this is a history, which has it all in its lines and moves whole into an"
            f" empty server; leave out {options}"
        )


def export(settings: Settings, given: argparse.Namespace) -> None:
    """Write all records, those of some types, or all their revisions."""
    from service.bulk import files  # noqa: PLC0415 -- see above
    from service.bulk.progress import Progress  # noqa: PLC0415
    from service.bulk.sheets import GIVEN  # noqa: PLC0415
    from service.setup import migrated  # noqa: PLC0415

    names = [kind.name for kind in GIVEN]
    if given.format == "csv" and (given.history or len(given.type or ()) != 1):
        sys.exit(f"factcheck: --format csv takes one --type, of {', '.join(names)}, no --history")
    if given.format == "csv" and given.type[0] not in names:
        sys.exit(f"factcheck: --format csv gives {', '.join(names)}")
    wish = replace(files.everything(given.type, history=given.history), as_of=moment(given.as_of))
    with migrated(settings) as database, written(given.output) as stream:
        lines = files.export_lines(database, wish, given.format)
        shown = lines if stream.isatty() else Progress().over(lines)
        for line in shown:
            _ = stream.write(line)
        stream.flush()


def order(settings: Settings, given: argparse.Namespace) -> "Order":
    """Return what is asked of an import, by who has the database."""
    from service.bulk.lines import Order  # noqa: PLC0415 -- see above
    from service.records.people import CONSOLE, Caller  # noqa: PLC0415
    from service.records.proposals import Change  # noqa: PLC0415

    return Order(
        Caller(CONSOLE, frozenset({"admin"}), four_eyes=settings.four_eyes),
        Change(note=given.note, reason=given.reason, actor=given.actor),
        settings.publisher,
        overwrite=given.overwrite,
        partial=given.partial,
        dry_run=given.dry_run,
    )


def moment(text: str | None) -> datetime | None:
    """Return an instant; ends the program with a sentence for what is none."""
    from service.documents.instants import read  # noqa: PLC0415 -- see above

    try:
        return None if text is None else read(text)
    except ValueError:
        sys.exit(f'factcheck: "{text}" is no instant, such as 2022-02-17T00:00:00Z')


def words(longest: int) -> Callable[[str], str]:
    """Return what takes an option's text of 1 to `longest` characters."""

    def checked(text: str) -> str:
        if not 0 < len(text) <= longest:
            message = f"give 1 to {longest} characters"
            raise argparse.ArgumentTypeError(message)
        try:
            _ = text.encode()
        except UnicodeEncodeError:
            message = "this is not UTF-8"
            raise argparse.ArgumentTypeError(message) from None
        return text

    return checked
