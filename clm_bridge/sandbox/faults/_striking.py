"""
Where faults strike: between a sandbox and whoever carries its answers.

An answer that is whole is given as any other.  What is not is raised as `Struck`, and
whoever drives the application shows it: the server on its socket, `InProcess` as what
httpx would make of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.test import run_wsgi_app

from ._rules import Faults
from ._values import Answer, Broken

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Struck(Exception):
    """A request was struck by a fault that is no whole answer."""

    def __init__(self, fault: str, broken: Broken) -> None:
        super().__init__(
            f"the fault {fault} needs a wire: serve the sandbox, with clm_sandbox_url "
            "in a test or with 'clm-bridge sandbox serve'"
        )
        self.broken = broken


class Striking:
    """A WSGI application whose requests are struck by *faults*."""

    def __init__(self, app: WSGIApplication, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        """Answer, unless a fault strikes."""
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        struck = self._faults.strike(environ["REQUEST_METHOD"], path)
        if struck is None:
            return self._app(environ, start)
        rule, time = struck
        answer = _whole(self._app, environ) if rule.effect else Answer()
        shown = rule.shown(answer, environ["PATH_INFO"], time)
        if isinstance(shown, Broken):
            raise Struck(rule.fault.name, shown)
        start(shown.line, list(shown.headers))
        return [shown.body]


def _whole(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """Let the request take effect, and keep the answer."""
    parts, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Answer(int(status[:3]), tuple(headers), b"".join(parts))
