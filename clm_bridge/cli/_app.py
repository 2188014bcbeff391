"""
The program's root: which commands there are, and what an error becomes.

A command's module is imported when the command is asked for, so that ``--help``
starts nothing else.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple

import click

from ._failures import ARGV, Failure, failure, misuse


class Entry(NamedTuple):
    """Where a command is, and the line that help prints for it."""

    module: str
    says: str


SECTIONS: Mapping[str, Mapping[str, Entry]] = {
    "Start here": {
        "demo": Entry("_demo", "Read one portfolio through every vendor; no account."),
        "doctor": Entry("_doctor", "Check configuration, plugins and credentials."),
    },
    "Read and write": {
        "contracts": Entry("_contract_group", "Read, write and move contracts."),
        "documents": Entry("_documents", "List, download and upload files."),
        "templates": Entry("_address_book", "List what contracts are created from."),
        "counterparties": Entry("_address_book", "List, find and add counterparties."),
        "fields": Entry("_fields", "List, map and set the workspace's own fields."),
        "links": Entry("_links", "Keep the index that finds contracts by your ids."),
    },
    "Follow": {
        "events": Entry(
            "_event_group", "Follow what happens to contracts, and hand it on."
        ),
        "webhooks": Entry("_webhooks", "Let a vendor tell your address of events."),
    },
    "Move": {
        "plan": Entry("_moving", "Say what moving to another vendor would come to."),
        "migrate": Entry("_moving", "Move contracts to another vendor, each once."),
    },
    "Prove": {
        "drift": Entry("_drift", "Ask again, and report answers of another shape."),
        "cassettes": Entry("_drift", "Look after recorded exchanges."),
    },
    "Set up": {
        "connections": Entry("_connections", "List the configured connections."),
        "config": Entry("_connections", "Explain where each setting comes from."),
        "vendors": Entry("_vendors", "List the installed vendors."),
        "capabilities": Entry("_vendors", "Show what each vendor can do, and loses."),
        "verify": Entry(
            "_verify", "Check a connection's adapter against the contract."
        ),
        "new-adapter": Entry(
            "_new_adapter", "Write the beginning of an adapter for another vendor."
        ),
        "sandbox": Entry("_sandbox", "Serve the vendors' sandboxes on this machine."),
    },
}
"""The commands, in the order in which help prints them."""

ENTRIES: Mapping[str, Entry] = {
    name: entry for section in SECTIONS.values() for name, entry in section.items()
}

HELP = """
One contract model, any CLM vendor.

Data goes to stdout, everything else to stderr.  Each command has its own --help.

\b
Exit codes:  0 ok · 1 failed · 2 usage · 3 configuration
             4 authentication · 5 rate limited · 6 partial
"""

COMPLETION = """
\b
Completion in bash (zsh and fish alike):
  eval "$(_CLM_BRIDGE_COMPLETE=bash_source clm-bridge)"
"""

INTERRUPTED = 130


class Root(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, importing none."""
        return list(ENTRIES)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return one command."""
        if name not in ENTRIES:
            raise click.UsageError(f"there is no command {name!r}{_near(name)}", ctx)
        module = import_module(f".{ENTRIES[name].module}", __package__)
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the sections of commands from the table above."""
        for title, entries in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name, entry.says) for name, entry in entries.items()],
                    col_max=16,
                )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what was typed, so that an error can say what to type next."""
        ctx.meta[ARGV] = tuple(args)
        ctx.color = False if os.environ.get("NO_COLOR") else None
        with _told(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong becomes one line and a code."""
        with _told(ctx):
            return super().invoke(ctx)


@contextmanager
def _told(ctx: click.Context) -> Iterator[None]:
    """Turn an error into what is printed, and into the exit code."""
    try:
        yield
    except (Failure, click.exceptions.Exit, click.Abort):
        raise
    except click.UsageError as error:
        raise misuse(error) from None
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        raise  # click leaves in silence
    except Exception as error:  # noqa: BLE001  # the edge: nobody sees a traceback unasked
        if ctx.params.get("debug"):
            traceback.print_exc()
        raise failure(error, ctx) from None


def _near(name: str) -> str:
    import difflib  # only a mistake pays for it

    close = difflib.get_close_matches(name, ENTRIES, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


@click.group(
    cls=Root,
    help=HELP,
    epilog=COMPLETION,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.version_option(package_name="clm-bridge", prog_name="clm-bridge")
@click.pass_context
def app(ctx: click.Context, *, debug: bool) -> None:  # noqa: ARG001  # read above
    """Say what there is, unless a command was asked for."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
