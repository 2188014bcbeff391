"""``fields``: list, suggest, set."""

from __future__ import annotations

from collections.abc import Iterator

import click

from .._json import to_dict
from .._models import FieldDefinition
from .._values import Typed
from .._workspace import Pointer
from . import _toml as toml
from ._address_book import cursor_option, limit_option
from ._failures import about
from ._harmless import harmless
from ._outcome import dry_option
from ._output import Column, View, emit, format_option
from ._sheet import tell
from ._suggest import Suggestion, suggest
from ._told import pair
from ._walk import walk
from ._where import Where, where_options

FIELDS: View[FieldDefinition] = View(
    [
        Column("id", lambda one: one.id),
        Column("label", lambda one: one.label, shrinks=True),
        Column("kind", lambda one: one.kind),
        Column("required", lambda one: one.required),
        Column(
            "applies_to",
            lambda one: one.applies_to and (one.applies_to.name or one.applies_to.id),
            shrinks=True,
        ),
        Column("options", lambda one: one.options, shrinks=True),
    ],
    lambda one: to_dict(one, raw=False),
)


@click.group()
def fields() -> None:
    """List, map and set the workspace's own fields."""


@fields.command("list")
@limit_option
@cursor_option
@format_option
@where_options
def list_fields(
    *, where: Where, form: str, limit: int | None, cursor: str | None
) -> None:
    """List the workspace's own fields; settings name them by their ids."""
    with where.open() as clm:
        listing = clm.fields.list(cursor=cursor)
        emit(form, FIELDS, walk(listing, limit, "fields read", form))


@fields.command("suggest")
@where_options
def suggest_fields(*, where: Where) -> None:
    """
    Propose which fields are key dates, term and value, as TOML.

    The proposal goes to stdout; what could not be decided goes to stderr.
    """
    with where.open() as clm:
        name = clm.settings.connection or "NAME"
        suggestion = suggest(clm.fields.list())
    for line in spelled(name, suggestion):
        click.echo(line)
    for sentence in suggestion.undecided:
        click.echo(f"undecided: {harmless(sentence)}", err=True)
    if not suggestion.tables:
        click.echo("no field's name says what it is: map them by hand", err=True)


@fields.command("set")
@click.argument("contract_id")
@click.argument("values", nargs=-1, required=True, type=pair, metavar="LABEL=VALUE...")
@dry_option
@format_option
@where_options
def set_fields(
    *,
    where: Where,
    form: str,
    dry: bool,
    contract_id: str,
    values: tuple[tuple[str, str], ...],
) -> None:
    """
    Write fields of a contract, by label or id; LABEL= empties one.

    Values are 2026-01-31, 12.50, yes, '1250.00 EUR', '12 months', 'one; another',
    as the kind of the field wants them.
    """
    about(contract_id)
    told = {label: Typed(value) for label, value in values}
    with where.open() as clm:
        written = clm.fields.set(contract_id, told, dry_run=dry)
    tell(form, written, dry=dry)


def spelled(connection: str, suggestion: Suggestion) -> Iterator[str]:
    """Yield the lines of the tables to paste."""
    for place, (name, pointers) in enumerate(suggestion.tables.items()):
        if place:
            yield ""
        yield f"[{toml.dotted('connections', connection, name)}]"
        for key, pointer in pointers.items():
            label = harmless(suggestion.labels[pointer.field])
            yield f"{key} = {_pointed(pointer)}  # {label}"


def _pointed(pointer: Pointer) -> str:
    if pointer.unit is None and pointer.equals is None:
        return toml.value(pointer.field)
    told = {"field": pointer.field, "unit": pointer.unit, "is": pointer.equals}
    return toml.value({key: word for key, word in told.items() if word is not None})
