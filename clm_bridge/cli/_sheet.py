"""How contracts are shown: in a list, one by itself, and after a write."""

from __future__ import annotations

import click

from .._json import to_dict
from .._models import Contract
from .._written import Written
from ._facts import sheet
from ._outcome import say_outcome, show, there
from ._output import Column, View


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


def emit_sheet(contract: Contract) -> None:
    """Print one contract, a line for each thing that the vendor told."""
    for label, value in sheet(contract):
        click.echo(f"{click.style(f'{label:<15}', bold=True)} {value}")


def tell(form: str, written: Written[Contract], *, dry: bool) -> None:
    """Say what became of a contract, and print it."""
    found = there(written)
    say_outcome(written, found.id if found else "", dry=dry)
    show(form, written, found, view(raw=False), sheet=emit_sheet)
