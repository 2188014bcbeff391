"""``new-adapter``: the beginning of an adapter for another vendor."""

from __future__ import annotations

import shlex
from pathlib import Path

import click


@click.command("new-adapter")
@click.argument("name")
@click.option("--title", help="How the vendor spells itself.")
@click.option(
    "--into", type=click.Path(path_type=Path), help="A new folder; else by the name."
)
def new_adapter(*, name: str, title: str | None, into: Path | None) -> None:
    """
    Write the beginning of an adapter for another vendor.

    Its tests are red, and say what is missing.
    """
    from ..testing.template import render

    folder = into or Path(f"clm-bridge-{name}")
    for path in render(name, folder, title=title):
        click.echo(str(path))
    where = shlex.quote(str(folder))
    click.echo(f"next: cd {where} && pip install -e '.[test]' && pytest", err=True)
