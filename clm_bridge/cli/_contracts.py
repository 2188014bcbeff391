"""``contracts``: list, get, find, status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from .._errors import ClmError
from .._json import to_dict
from .._models import StatusReport
from .._vocabulary import Status
from ._failures import FAILED, Failure, refuse_none_of, refuse_some_of
from ._importing import import_contracts
from ._known import known
from ._output import Column, View, emit, emit_json, format_option
from ._sections import Sections
from ._sheet import emit_sheet, view
from ._walk import progress, walk
from ._where import Where, where_options


def instant(told: str) -> datetime:
    """Read an ISO date, which is its midnight in UTC, or an instant with its zone."""
    try:
        then = datetime.fromisoformat(told)
    except ValueError:
        raise click.BadParameter(
            f"{told!r} is not an ISO date such as 2026-01-31"
        ) from None
    if then.tzinfo is None and len(told) > len("2026-01-31"):
        raise click.BadParameter(f"{told!r} has no time zone: add Z or +01:00")
    return then if then.tzinfo else then.replace(tzinfo=UTC)


raw_option = click.option(
    "--raw", is_flag=True, help="Keep the vendor's own payloads, in JSON."
)


HELP_SECTIONS: Mapping[str, Sequence[str]] = {
    "Read": ("list", "get", "find", "status"),
    "Read what is around one": ("people", "approvals", "relations", "comments"),
    "Write": ("create", "import", "update", "link", "unlink", "comment"),
    "Move on": (
        "submit",
        "send",
        "sign",
        "withdraw",
        "complete",
        "activate",
        "cancel",
        "deactivate",
    ),
}
"""How help arranges the commands; the other modules add theirs to the group."""


@click.group(cls=Sections, sections=HELP_SECTIONS)
def contracts() -> None:
    """Read, write and move contracts."""


@contracts.command("list")
@click.option(
    "--status",
    multiple=True,
    type=click.Choice([status.value for status in Status]),
    help="Only these; may be given several times.",
)
@click.option("--updated-since", type=instant, help="ISO date (UTC) or instant.")
@click.option("--created-since", type=instant, help="ISO date (UTC) or instant.")
@click.option("--counterparty", help="A name as the vendor spells it, or an id.")
@click.option("--name", help="Part of the contract's name.")
@click.option(
    "--detail",
    type=click.Choice(["full", "dates", "summary"]),
    default="full",
    show_default=True,
    help="summary: what one call a page carries; dates: also executed and expiry.",
)
@click.option(
    "--known",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON of an earlier list: what has not changed is not read again.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--cursor", help="Resume where an earlier list broke off.")
@raw_option
@format_option
@where_options
def list_contracts(
    *,
    where: Where,
    form: str,
    raw: bool,
    limit: int | None,
    status: tuple[str, ...],
    updated_since: datetime | None,
    created_since: datetime | None,
    counterparty: str | None,
    name: str | None,
    detail: Literal["full", "dates", "summary"],
    earlier: Path | None,
    cursor: str | None,
) -> None:
    """List contracts."""
    with where.open() as clm:
        listing = clm.contracts.list(
            status=status or None,
            updated_since=updated_since,
            created_since=created_since,
            counterparty=counterparty,
            name_contains=name,
            detail=detail,
            known=known(earlier),
            cursor=cursor,
        )
        emit(form, view(raw=raw), walk(listing, limit, "contracts read", form))


@contracts.command("get")
@click.argument("id")
@raw_option
@format_option
@where_options
def get_contract(*, where: Where, form: str, raw: bool, id: str) -> None:
    """Show one contract, by the vendor's id."""
    with where.open() as clm:
        contract = clm.contracts.get(id)
    if form == "table":
        emit_sheet(contract)
    elif form == "json":
        emit_json(to_dict(contract, raw=raw))
    else:
        emit(form, view(raw=raw), [contract])


@contracts.command("find")
@click.argument("external_id")
@click.option(
    "--build", is_flag=True, help="Read all contracts first, if the vendor cannot."
)
@raw_option
@format_option
@where_options
def find_contracts(
    *, where: Where, form: str, raw: bool, build: bool, external_id: str
) -> None:
    """Find contracts by your own id."""
    with where.open() as clm:
        if build and not clm.settings.adapter.searches_links:
            with progress("contracts read into the index") as advance:
                clm.links.build(seen=lambda _: advance(1))
        found = clm.contracts.find_by_external_id(external_id)
    if not found:
        raise _none_carries(external_id, where)
    emit(form, view(raw=raw), found)


def _none_carries(external_id: str, where: Where) -> Failure:
    return Failure(
        f"no contract carries the external id {external_id!r}",
        FAILED,
        f"clm-bridge contracts list{where.options}",
    )


REPORT: View[tuple[str, StatusReport]] = View(
    [
        Column("id", lambda one: one[0]),
        Column("status", lambda one: one[1].status),
        Column("vendor_word", lambda one: one[1].word),
        Column("reported_state", lambda one: one[1].reported_state),
    ],
    lambda one: {"id": one[0], **to_dict(one[1])},
)


@contracts.command("status")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@format_option
@where_options
def contract_status(*, where: Where, form: str, ids: tuple[str, ...]) -> None:
    """Show the status of contracts, for as few bytes as can be."""
    found: list[tuple[str, StatusReport]] = []
    failed: dict[str, ClmError] = {}
    with where.open() as clm:
        for one in ids:
            try:
                found.append((one, clm.contracts.status(one)))
            except ClmError as error:
                failed[one] = error
    refuse_none_of(found, failed)
    emit(form, REPORT, found)
    refuse_some_of(failed)


contracts.add_command(import_contracts)
