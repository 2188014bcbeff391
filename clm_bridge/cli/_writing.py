"""``contracts``: create, update, link, unlink."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .._creating import OnExisting, OnPlaceless
from .._errors import InvalidInput
from .._particulars import ContractChanges, NewContract
from .._problems import Problem
from .._values import ExternalLink
from ._contracts import contracts
from ._failures import USAGE, Failure, about, step_after
from ._links import nowhere_to_keep
from ._next_steps import next_step
from ._outcome import PROBLEMS, dry_option, say
from ._output import emit, format_option
from ._sheet import tell
from ._told import change_options, contract_changes, new_contract, new_options
from ._where import Where, where_options

if TYPE_CHECKING:
    from .._bridge import Bridge

check_option = click.option(
    "--validate", "only_check", is_flag=True, help="Only check it; write nothing."
)


@contracts.command("create")
@new_options
@click.option(
    "--on-existing",
    type=click.Choice(["return", "error", "create"]),
    default="return",
    show_default=True,
    help="If its external id is carried already.",
)
@click.option(
    "--on-placeless",
    type=click.Choice(["refuse", "drop"]),
    default="refuse",
    show_default=True,
    help="If the vendor has no place for something.",
)
@check_option
@dry_option
@format_option
@where_options
def create(
    *,
    where: Where,
    form: str,
    dry: bool,
    only_check: bool,
    on_existing: OnExisting,
    on_placeless: OnPlaceless,
    **told: Any,
) -> None:
    """Create a contract, or return the one that carries its external id."""
    new = new_contract(**told)
    with where.open() as clm:
        if only_check:
            check(form, clm, new)
            return
        if on_existing != "create":
            _warn_of_twins(clm, new)
        written = clm.contracts.create(
            new, on_existing=on_existing, on_placeless=on_placeless, dry_run=dry
        )
    tell(form, written, dry=dry)


def _warn_of_twins(clm: Bridge, new: NewContract) -> None:
    """Say so where nobody would notice that this is done for the second time."""
    settings = clm.settings
    if new.external_link and not settings.adapter.searches_links and not settings.links:
        say(
            f"note: {settings.adapter.title} cannot be asked for "
            f"{new.external_link.id!r}, and no link index is kept: set 'links' in the "
            "settings, or the next run creates it again"
        )


def check(form: str, clm: Bridge, told: NewContract | ContractChanges) -> None:
    """Print what cannot be said to the vendor; it is an error if there is something."""
    found = clm.contracts.validate(told)
    title = clm.settings.adapter.title
    if not found:
        say(f"{title} can be told this; nothing was written")
    if found or form != "table":
        emit(form, PROBLEMS, found)
    if found:
        raise _refused(title, found)


def _refused(title: str, found: Sequence[Problem]) -> Failure:
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    said = f"{title} cannot be told this: {count}"
    error = InvalidInput(said, hint="nothing was written", problems=found)
    step = step_after(error, click.get_current_context())
    return Failure(str(error), USAGE, next_step(step))


@contracts.command("update")
@click.argument("id")
@change_options
@check_option
@dry_option
@format_option
@where_options
def update(
    *, where: Where, form: str, dry: bool, only_check: bool, id: str, **told: Any
) -> None:
    """Change what is said of a contract, and leave the rest."""
    changes = contract_changes(**told)
    about(id)
    with where.open() as clm:
        if only_check:
            check(form, clm, changes)
            return
        written = clm.contracts.update(id, changes, dry_run=dry)
    tell(form, written, dry=dry)


@contracts.command("link")
@click.argument("id")
@click.argument("external_id")
@click.option("--system", help="Where your own record is.")
@click.option("--record-type", help="What your own record is.")
@click.option("--url", help="Where your own record is read.")
@dry_option
@format_option
@where_options
def link(
    *,
    where: Where,
    form: str,
    dry: bool,
    id: str,
    external_id: str,
    system: str | None,
    record_type: str | None,
    url: str | None,
) -> None:
    """Let a contract carry your own id."""
    own = ExternalLink(system, record_type, external_id, url)
    about(id)
    with where.open() as clm:
        if not dry and _only_the_index_would_hold(clm, id, own):
            raise nowhere_to_keep(clm.settings.connection)
        written = clm.contracts.link(id, own, dry_run=dry)
    tell(form, written, dry=dry)


def _only_the_index_would_hold(clm: Bridge, id: str, own: ExternalLink) -> bool:
    """Say whether a link would be gone when this command ends."""
    if clm.settings.adapter.searches_links or clm.settings.links:
        return False
    return not clm.contracts.link(id, own, dry_run=True).requests


@contracts.command("unlink")
@click.argument("id")
@dry_option
@format_option
@where_options
def unlink(*, where: Where, form: str, dry: bool, id: str) -> None:
    """Take your own id off a contract."""
    about(id)
    with where.open() as clm:
        written = clm.contracts.unlink(id, dry_run=dry)
    tell(form, written, dry=dry)
