"""``contracts``: who and what is around one, and what is said of it."""

from __future__ import annotations

from typing import TypeVar

import click

from .._json import to_dict
from .._models import Approval, Comment
from .._values import Person, Relation
from ._contracts import contracts
from ._failures import about
from ._outcome import dry_option, say_outcome, show
from ._output import Column, View, emit, format_option
from ._where import Where, where_options

T = TypeVar("T")


def _named(person: Person | None) -> str | None:
    return (person.name or person.email or person.id) if person else None


PEOPLE: View[Person] = View(
    [
        Column("role", lambda one: one.role),
        Column("name", lambda one: one.name),
        Column("email", lambda one: one.email, shrinks=True),
        Column("id", lambda one: one.id),
    ],
    to_dict,
)

APPROVALS: View[Approval] = View(
    [
        Column("id", lambda one: one.id),
        Column("status", lambda one: one.status),
        Column("vendor_word", lambda one: one.word),
        Column("name", lambda one: one.name, shrinks=True),
        Column("approver", lambda one: _named(one.approver)),
        Column("decided", lambda one: one.decided_at),
        Column("note", lambda one: one.note, shrinks=True),
    ],
    to_dict,
)

RELATIONS: View[Relation] = View(
    [
        Column("kind", lambda one: one.kind),
        Column("id", lambda one: one.ref.id),
        Column("name", lambda one: one.ref.name, shrinks=True),
        Column("vendor_kind", lambda one: one.vendor_kind),
    ],
    to_dict,
)

COMMENTS: View[Comment] = View(
    [
        Column("id", lambda one: one.id),
        Column("created", lambda one: one.created_at),
        Column("author", lambda one: _named(one.author)),
        Column("text", lambda one: one.text, shrinks=True),
    ],
    to_dict,
)


def _reading(name: str, view: View[T], says: str) -> click.Command:
    """Return the command that reads one kind of record around a contract."""

    @click.command(name, help=says)
    @click.argument("id")
    @format_option
    @where_options
    def read(*, where: Where, form: str, id: str) -> None:
        about(id)
        with where.open() as clm:
            found = getattr(clm.contracts, name)(id)
        emit(form, view, found)

    return read


contracts.add_command(_reading("people", PEOPLE, "List who has a part in a contract."))
contracts.add_command(_reading("approvals", APPROVALS, "List a contract's approvals."))
contracts.add_command(
    _reading("relations", RELATIONS, "List what other contracts are to one.")
)
contracts.add_command(_reading("comments", COMMENTS, "List a contract's comments."))

SAID: View[str] = View([Column("contract", str)], lambda one: {"contract": one})


@contracts.command("comment")
@click.argument("id")
@click.argument("text")
@dry_option
@format_option
@where_options
def comment(*, where: Where, form: str, dry: bool, id: str, text: str) -> None:
    """Comment on a contract."""
    about(id)
    with where.open() as clm:
        written = clm.contracts.comment(id, text, dry_run=dry)
    say_outcome(written, f"a comment on {id}", dry=dry)
    if form != "table" or dry:
        show(form, written, None if dry else id, SAID)
