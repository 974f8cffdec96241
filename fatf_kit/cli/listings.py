"""`fatf-kit published lists`: the jurisdictions on FATF's lists, and the table updated after a Plenary."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fatf_kit.cli import options, output
from fatf_kit.core.errors import FatfKitError

if TYPE_CHECKING:
    from fatf_kit.core.messages import Translator
    from fatf_kit.published.listings import ListingStatus


@click.group(epilog=output.EXITS)
def lists() -> None:
    """Show FATF's lists with the day of each listing, and update the table after a Plenary.

    If the environment variable FATF_KIT_LISTS names a table of your own, every command uses it in place of the bundled
    table.
    """


@lists.command("show", epilog=output.EXITS)
@options.day
@options.quiet_language
@options.json
def show_lists(day: date | None, as_json: bool) -> int:
    """List the jurisdictions on FATF's lists, with the day of listing if it is known."""
    from fatf_kit.published.listing_status import describe_listing, make_listing_payload
    from fatf_kit.published.listings import find_listing, list_in_force, load_listings

    table, today, t = load_listings(), day or date.today(), output.translator()
    statuses = (find_listing(row.iso3, today, table) for row in list_in_force(table))
    found = [status for status in statuses if status]
    rows = [{"iso3": status.iso3, **make_listing_payload(status)} for status in found]
    lines = (
        "  ".join((one.iso3, t("{name}: {text}", name=_name(one, t), text=describe_listing(one, t)))) for one in found
    )
    output.print_result({"schema": "fatf-kit/published-lists/1", "jurisdictions": rows}, lines, as_json=as_json)
    return output.DONE


def _name(status: ListingStatus, t: Translator) -> str:
    from fatf_kit.core.messages import find_country_name

    return find_country_name(status.iso3, t.language)


@lists.command("import", epilog=output.EXITS)
@click.argument("changes", metavar="FILE.csv", type=options.INPUT_FILE)
@options.output_file("Table to write.", metavar="FILE.csv", default="fatf-lists.csv")
@click.option(
    "--as-of",
    metavar="DATE",
    help="Last day of the Plenary up to which the file is complete.  [default: the newest as_of in it]",
)
@options.force
@options.quiet_language
@options.json
def import_lists(changes: Path, target: Path, as_of: str | None, force: bool, as_json: bool) -> int:
    """Update the table of FATF's lists with the changes of a Plenary, and write the whole table.

    FILE.csv has the columns iso3, list, listed_since, removed_on, as_of, source and confidence, and one line for each
    jurisdiction that was added or removed. If nothing changed, it has no lines and --as-of is required. If the file has
    errors, all of them are listed and no table is written. To use the new table, name it in FATF_KIT_LISTS.
    """
    from fatf_kit.core.dates import parse_day
    from fatf_kit.core.files import check_target
    from fatf_kit.published.listings import find_latest_day, load_listings
    from fatf_kit.published.listings_file import read_listings, update_listings, write_listings

    check_target(target, inputs=[changes], force=force)
    rows = read_listings(changes, may_be_empty=as_of is not None)
    day = parse_day(as_of) if as_of else find_latest_day(rows)
    if rows and find_latest_day(rows) > day:
        raise FatfKitError(
            "{file} has lines as of {latest}, which is after --as-of {day}.",
            file=changes.name,
            latest=find_latest_day(rows),
            day=day,
        )
    table = update_listings(load_listings(), rows, day)
    write_listings(table, target)
    listed = sum(row.is_in_force for row in table)
    output.print_message(
        "Changes: {changes}. Jurisdictions on the lists as of {day}: {listed}.",
        changes=len(rows),
        day=day,
        listed=listed,
    )
    output.print_message("Written: {path}. To use it, set FATF_KIT_LISTS={path}.", path=target)
    facts = {"written": str(target), "as_of": day.isoformat(), "changes": len(rows), "listed": listed}
    output.print_result({"schema": "fatf-kit/published-lists-import/1", **facts}, (), as_json=as_json)
    return output.DONE
