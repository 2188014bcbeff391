"""``templates`` and ``counterparties``: list."""

from __future__ import annotations

import click

from .._json import to_dict
from .._models import Counterparty, Template
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
    """List the workspace's address book."""


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
