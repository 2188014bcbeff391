"""A group whose help lists its commands by what they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click


class Sections(click.Group):
    """A group of commands in *sections*: title → names, in the order of help."""

    def __init__(
        self, *args: Any, sections: Mapping[str, Sequence[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.sections = sections

    def arrange(self) -> None:
        """Put the commands into the order of help, whichever was added first."""
        ahead = [name for names in self.sections.values() for name in names]
        order = {name: place for place, name in enumerate(ahead)}
        found = sorted(self.commands, key=lambda name: order.get(name, len(order)))
        self.commands = {name: self.commands[name] for name in found}

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the sections, and below them whatever is in none."""
        named = {name for names in self.sections.values() for name in names}
        others = [name for name in self.list_commands(ctx) if name not in named]
        for title, names in {**self.sections, "Other": others}.items():
            rows = [
                (name, self.commands[name].get_short_help_str(formatter.width))
                for name in names
                if name in self.commands
            ]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
