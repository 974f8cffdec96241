"""`fatf-kit published lists`: who is on FATF's lists, and the table updated after a Plenary."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from fatf_kit.cli import options, output
from fatf_kit.core.errors import FatfKitError


@click.group(epilog=output.EXITS)
def lists() -> None:
    """FATF's lists as dated facts: who is listed, since when, and the table updated after a Plenary.

    The environment variable FATF_KIT_LISTS names a table of your own, which every command then uses in place of the
    bundled one.
    """


@lists.command("show", epilog=output.EXITS)
@options.day
@options.json
def show_lists(day: date | None, as_json: bool) -> int:
    """Everyone on a list, with the day of listing where it is known."""
    from fatf_kit.core.messages import find_country_name
    from fatf_kit.published.listing_status import describe_listing, make_listing_payload
    from fatf_kit.published.listings import find_listing, list_in_force, load_listings

    table, today, t = load_listings(), day or date.today(), output.translator()
    statuses = (find_listing(row.iso3, today, table) for row in list_in_force(table))
    found = [status for status in statuses if status]
    rows = [{"iso3": status.iso3, **make_listing_payload(status)} for status in found]
    lines = (
        f"{status.iso3}  {find_country_name(status.iso3, 'en')}: {describe_listing(status, t)}" for status in found
    )
    output.print_result({"schema": "fatf-kit/published-lists/1", "jurisdictions": rows}, lines, as_json=as_json)
    return output.DONE


@lists.command("import", epilog=output.EXITS)
@click.argument("changes", metavar="FILE.csv", type=options.INPUT_FILE)
@options.output_file("The table to write.", metavar="FILE.csv", required=True)
@click.option(
    "--as-of",
    metavar="DATE",
    help="Last day of the Plenary up to which the file is complete; else the newest as_of in it.",
)
@options.force_json
def import_lists(changes: Path, target: Path, as_of: str | None, force: bool, as_json: bool) -> int:
    """Update the table of FATF's lists with what a Plenary changed, and write it whole.

    FILE.csv has the columns iso3, list, listed_since, removed_on, as_of, source and confidence, and one line for each
    jurisdiction that was added or removed. It may have no line where nothing changed; then --as-of is needed. A file
    with a fault changes nothing, and all its faults are named. Name the table that is written in FATF_KIT_LISTS to use
    it.
    """
    from fatf_kit.core.dates import parse_day
    from fatf_kit.core.files import check_target
    from fatf_kit.published.listings import find_latest_day, load_listings
    from fatf_kit.published.listings_file import read_listings, update_listings, write_listings

    check_target(target, inputs=[changes], force=force)
    rows = read_listings(changes, may_be_empty=as_of is not None)
    day = parse_day(as_of) if as_of else find_latest_day(rows)
    if rows and find_latest_day(rows) > day:
        raise FatfKitError(f"{changes.name} has lines as of {find_latest_day(rows)}, which is after --as-of {day}.")
    table = update_listings(load_listings(), rows, day)
    write_listings(table, target)
    listed = sum(row.is_in_force for row in table)
    click.echo(
        f"{len(rows)} changes read; {listed} jurisdictions are listed as of {day}. The table is written to {target}; "
        f"set FATF_KIT_LISTS={target} to use it.",
        err=True,
    )
    facts = {"written": str(target), "as_of": day.isoformat(), "changes": len(rows), "listed": listed}
    output.print_result({"schema": "fatf-kit/published-lists-import/1", **facts}, (), as_json=as_json)
    return output.DONE
