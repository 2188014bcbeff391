"""
A real Tryton server: installed from PyPI, on SQLite, on loopback.

It lives in an environment of its own beside the project.  The environment and an empty
database are kept between runs; each run works on a copy of the database.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".venv-tryton"
PACKAGE = ROOT / "adapters" / "clm_bridge_tryton"
PACKAGES = ("trytond-purchase-blanket-agreement~=8.2.0",)
ASKED = os.environ.get("CLM_BRIDGE_TRYTON", "")
WHY_NOT = "'make tryton' runs a real server, which takes a minute to install"
DATABASE = "clm"
MODEL = "/rest/model/"
PATIENCE = 60

CONFIG = """
[database]
uri = sqlite://
path = {folder}
[web]
listen = 127.0.0.1:{port}
"""


class Failed(Exception):
    """A program that makes the server did not end well; the last that it said."""


def install():
    """Make the environment and the empty database, once."""
    ready = HOME / "ready"
    if ready.is_file() and ready.read_text() == _wanted():
        return
    shutil.rmtree(HOME, ignore_errors=True)
    _run(sys.executable, "-m", "venv", HOME)
    _run(HOME / "bin" / "pip", "install", "--quiet", *PACKAGES)
    _make_database(HOME / "empty")
    ready.write_text(_wanted())


def _wanted():
    return f"{PACKAGES} {sys.version}"


def _make_database(folder):
    folder.mkdir()
    (folder / f"{DATABASE}.sqlite").touch()
    config = _configure(folder, 0)
    password = folder / "password"
    password.write_text("not used: a key is\n")
    words = ["-c", config, "-d", DATABASE, "--email", "admin@example.com"]
    modules = ["-u", "purchase_blanket_agreement", "--activate-dependencies"]
    _run(HOME / "bin" / "trytond-admin", *words, *modules, TRYTONPASSFILE=password)
    maker = Path(__file__).parent / "make_key.py"
    (folder / "key").write_text(_run(HOME / "bin" / "python", maker, config, DATABASE))


def _configure(folder, port):
    path = folder / "trytond.conf"
    path.write_text(CONFIG.format(folder=folder, port=port))
    return path


def _run(*words, **environ):
    done = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **{key: str(value) for key, value in environ.items()}},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Failed(f"{words[0]} {words[1]}: {done.stderr.strip()[-500:]}")
    return done.stdout.strip()


class Server:
    """A server that runs until it is stopped, and what its administrator can say."""

    def __init__(self, folder):
        shutil.copytree(HOME / "empty", folder)
        port = _free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.key = (folder / "key").read_text()
        self._log = (folder / "log").open("w")
        self._process = subprocess.Popen(
            [HOME / "bin" / "trytond", "-c", _configure(folder, port)],
            stdout=self._log,
            stderr=self._log,
        )
        headers = {"authorization": f"Bearer {self.key}", "accept": "application/json"}
        self.http = httpx.Client(
            base_url=f"{self.origin}/{DATABASE}{MODEL}",
            headers=headers,
            timeout=PATIENCE,
        )
        self._wait()

    def _wait(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process.poll() is None:
            try:
                self.http.get("ir.module").raise_for_status()
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError(f"the server does not answer; see {self._log.name}")

    def stop(self):
        """End the server, and wait until it is gone."""
        self.http.close()
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._log.close()

    def send(self, request):
        """Send what an adapter asks for, and return httpx's answer."""
        return self.http.request(
            request.method,
            request.target,
            params=dict(request.params),
            json=request.json,
            headers=request.headers,
        )

    def create(self, model, *, fields=("rec_name",), **values):
        """Create a record and return it."""
        answer = self.http.post(model, params={"f": fields}, json=values)
        return _good(answer).json()

    def change(self, model, id, **values):
        """Change a record."""
        _good(self.http.put(f"{model}/{id}", json=values))

    def press(self, model, id, button):
        """Press one of a record's buttons."""
        _good(self.http.post(f"{model}/{id}/{button}", json={}))

    def find(self, model, domain):
        """Return the ids of the records in *domain*."""
        packed = urlsafe_b64encode(json.dumps(domain).encode()).decode()
        answer = self.http.get(model, params={"d": packed})
        return [one["id"] for one in _good(answer).json()]

    def installed(self):
        """Return the names and versions of the server's packages."""
        wanted = ("trytond-8*", "trytond_purchase_blanket_agreement-*")
        site = HOME / "lib"
        found = [path for name in wanted for path in site.glob(f"*/*/{name}.dist-info")]
        return [path.name.removesuffix(".dist-info") for path in found]


def _good(answer):
    assert answer.is_success, f"{answer.status_code}: {answer.text}"
    return answer


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
