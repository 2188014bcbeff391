"""``templates`` and ``counterparties``: list, and find and create the latter."""

from __future__ import annotations

import click

from .._json import to_dict
from .._models import Counterparty, Template
from .._particulars import Contact, NewCounterparty
from ._failures import FAILED, Failure
from ._outcome import dry_option, say_outcome, show, there
from ._output import Column, View, emit, format_option
from ._walk import walk
from ._where import Where, where_options

TEMPLATES: View[Template] = View(
    [
        Column("id", lambda one: one.id),
        Column("name", lambda one: one.name, shrinks=True),
        Column("type", lambda one: one.type and (one.type.name or one.type.id)),
        Column("language", lambda one: one.language),
    ],
    lambda one: to_dict(one, raw=False),
)

COUNTERPARTIES: View[Counterparty] = View(
    [
        Column("id", lambda one: one.id),
        Column("name", lambda one: one.name, shrinks=True),
        Column("active", lambda one: one.active),
        Column("identifiers", lambda one: list(one.identifiers.values())),
        Column(
            "contacts",
            lambda one: [p.email or p.name for p in one.contacts],
            shrinks=True,
        ),
    ],
    lambda one: to_dict(one, raw=False),
)

limit_option = click.option(
    "--limit", type=click.IntRange(min=1), help="At most so many."
)
cursor_option = click.option("--cursor", help="Resume where a list broke off.")


@click.group()
def templates() -> None:
    """List what contracts are created from."""


@templates.command("list")
@limit_option
@cursor_option
@format_option
@where_options
def list_templates(
    *, where: Where, form: str, limit: int | None, cursor: str | None
) -> None:
    """List templates."""
    with where.open() as clm:
        listing = clm.templates.list(cursor=cursor)
        emit(form, TEMPLATES, walk(listing, limit, "templates read", form))


@click.group()
def counterparties() -> None:
    """List, find and add counterparties."""


@counterparties.command("list")
@limit_option
@cursor_option
@format_option
@where_options
def list_counterparties(
    *, where: Where, form: str, limit: int | None, cursor: str | None
) -> None:
    """List counterparties."""
    with where.open() as clm:
        listing = clm.counterparties.list(cursor=cursor)
        emit(form, COUNTERPARTIES, walk(listing, limit, "counterparties read", form))


@counterparties.command("find")
@click.argument("name")
@format_option
@where_options
def find_counterparties(*, where: Where, form: str, name: str) -> None:
    """Find counterparties of exactly this name."""
    with where.open() as clm:
        found = clm.counterparties.find(name)
    if not found:
        raise Failure(
            f"no counterparty is called {name!r}",
            FAILED,
            f"clm-bridge counterparties list{where.options}",
        )
    emit(form, COUNTERPARTIES, found)


@counterparties.command("create")
@click.argument("name")
@click.option("--contact-email", help="Whom to write to there.")
@click.option("--contact-name", help="That person's name.")
@click.option("--country", metavar="CODE", help="ISO 3166, such as FR.")
@dry_option
@format_option
@where_options
def create_counterparty(
    *,
    where: Where,
    form: str,
    dry: bool,
    name: str,
    contact_email: str | None,
    contact_name: str | None,
    country: str | None,
) -> None:
    """Add a counterparty, or return the one of that name."""
    contact = Contact(contact_email, contact_name)
    new = NewCounterparty(
        name, contact=contact if contact != Contact() else None, country=country
    )
    with where.open() as clm:
        written = clm.counterparties.create(new, dry_run=dry)
    found = there(written)
    say_outcome(written, found.id if found else name, dry=dry)
    show(form, written, found, COUNTERPARTIES)
