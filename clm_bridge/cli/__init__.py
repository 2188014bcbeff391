"""The command line; it needs the extra ``cli``."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the program ``clm-bridge``."""
    try:
        from ._app import app
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        sys.exit("the command line needs click: pip install 'clm-bridge[cli]'")
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot spell must not end the program.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    app(prog_name="clm-bridge")
