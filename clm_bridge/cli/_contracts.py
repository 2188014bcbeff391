"""``contracts``: list, get, find, status."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import click

from .._errors import ClmError
from .._json import to_dict
from .._models import Contract, StatusReport
from .._vocabulary import Status
from ._facts import sheet
from ._failures import FAILED, Failure, refuse_none_of, refuse_some_of
from ._importing import import_contracts
from ._output import Column, View, emit, emit_json, format_option
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


def columns() -> list[Column[Contract]]:
    """Return the columns of a list of contracts."""
    return [
        Column("id", lambda one: one.id),
        Column("number", lambda one: one.number),
        Column("name", lambda one: one.name, shrinks=True),
        Column("status", lambda one: one.status),
        Column("counterparty", _counterparty, shrinks=True),
        Column("effective", lambda one: one.key_dates.effective_on),
        Column("expires", lambda one: one.key_dates.expires_on),
        Column("value", lambda one: one.value, only="table"),
        Column("amount", lambda one: one.value and one.value.amount, only="csv"),
        Column("currency", lambda one: one.value and one.value.currency, only="csv"),
        Column("external_id", lambda one: [link.id for link in one.external_links]),
    ]


def view(*, raw: bool) -> View[Contract]:
    """Return how contracts are shown."""
    return View(columns(), lambda contract: to_dict(contract, raw=raw))


def _counterparty(contract: Contract) -> str | None:
    return contract.counterparty.name if contract.counterparty else None


raw_option = click.option(
    "--raw", is_flag=True, help="Keep the vendor's own payloads, in JSON."
)


@click.group()
def contracts() -> None:
    """List, get and find contracts."""


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
    type=click.Choice(["full", "summary"]),
    default="full",
    show_default=True,
    help="summary: only what one call a page carries.",
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
    detail: Literal["full", "summary"],
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


def emit_sheet(contract: Contract) -> None:
    """Print one contract, a line for each thing that the vendor told."""
    for label, value in sheet(contract):
        click.echo(f"{click.style(f'{label:<15}', bold=True)} {value}")


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
