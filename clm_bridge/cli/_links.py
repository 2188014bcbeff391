"""``links build``: fill the index that finds contracts by your own ids."""

from __future__ import annotations

import click

from .._errors import ConfigError
from ._output import Column, View, emit, emit_json, format_option
from ._walk import progress
from ._where import Where, where_options

BUILT: View[dict[str, object]] = View(
    [
        Column("contracts", lambda one: one["contracts"]),
        Column("linked", lambda one: one["linked"]),
        Column("file", lambda one: one["file"]),
    ],
    dict,
)


@click.group()
def links() -> None:
    """Keep the index that finds contracts by your ids."""


@links.command("build")
@format_option
@where_options
def build_links(*, where: Where, form: str) -> None:
    """Read every contract into the connection's link index."""
    with where.open() as clm:
        if clm.settings.links is None:
            raise nowhere_to_keep(clm.settings.connection)
        read = 0
        with progress("contracts read into the index") as advance:

            def seen(_: object) -> None:
                nonlocal read
                read += 1
                advance(1)

            linked = clm.links.build(seen=seen)
        built: dict[str, object] = {
            "contracts": read,
            "linked": linked,
            "file": str(clm.settings.links),
        }
        searches = clm.settings.adapter.searches_links
    if searches:
        click.echo("this vendor can be asked itself; find does not need it", err=True)
    if form == "json":
        emit_json(built)
    else:
        emit(form, BUILT, [built])


def nowhere_to_keep(connection: str | None) -> ConfigError:
    """Say that no index outlives this command."""
    return ConfigError(
        f"{connection or 'this connection'}: links is not set, so the index would be "
        "gone when this command ends",
        hint='write links = "links.sqlite" into the connection\'s settings',
    )
