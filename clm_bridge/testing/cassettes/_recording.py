"""
Record what a bridge says and hears, without what is anybody's secret or business.

    tape = recording(clm, "cassettes/coupa")
    with tape.case("contracts_list", "contracts.list"):
        clm.contracts.list().first()

Token exchanges are never kept.  A case in which a secret would still be seen, or which
is too large, is not written: `Recording.left_out` says why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import define, field, fields

from ..._async_bridge import AsyncBridge
from ..._bridge import Bridge
from ..._config import Settings
from ..._origin import LOOPBACK
from ..._secrets import TELLING, secrets_in
from ._format import dumps
from ._hygiene import sightings
from ._model import FORMAT, LARGEST, Cassette, Metadata
from ._scrub import Raw, Scrubber
from ._values import Pseudonyms, Values

WORKSPACE = "workspace"
"""What stands for the name of a workspace in the address of its server."""


@define
class Recording:
    """The recordings of one bridge, in one folder."""

    bridge: Bridge | AsyncBridge
    folder: Path
    paths: Mapping[str, str]
    suite_version: str | None
    today: date
    written: list[Path] = field(factory=list)
    left_out: dict[str, str] = field(factory=dict)

    @contextmanager
    def case(self, name: str, operation: str, *more: str) -> Iterator[None]:
        """Record what happens inside; nothing is written if it fails."""
        if not re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)*", name):
            raise ValueError(f"{name!r} is no name of a case, such as contracts_list")
        exchanges: list[Raw] = []
        with _listening(exchanges, self._is_token):
            yield
        if exchanges:
            self._keep(name, (operation, *more), exchanges)

    def _keep(self, name: str, operations: Sequence[str], found: list[Raw]) -> None:
        settings = self.bridge.settings
        lasting = secrets_of(settings)
        secrets = [*lasting, *secrets_in(self.bridge._http._shared.tokens.token)]
        told = Metadata(
            vendor=settings.vendor,
            case=name,
            operations=operations,
            provenance=provenance(settings),
            recorded_at=self.today.isoformat(),
            suite_version=self.suite_version,
        )
        scrub = _scrubber(settings, _key(lasting), secrets, self.paths)
        text = dumps(Cassette(told, scrub.interactions(found)))
        seen = {
            f"{one.what}, spelled {one.spelled}" for one in sightings(text, secrets)
        }
        if seen:
            self.left_out[name] = "; ".join(sorted(seen))
        elif len(text.encode()) > LARGEST:
            self.left_out[name] = f"{len(text.encode())} bytes are too many"
        else:
            self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        path = self.folder / f"{name}.yaml"
        if path.is_file() and not text_is_ours(path, self.bridge.settings):
            self.left_out[name] = f"{path} comes from elsewhere, and is kept"
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.written.append(path)

    def _is_token(self, uri: str) -> bool:
        """Say whether a request asks for a token."""
        own = getattr(self.bridge.settings.adapter.auth, "token_url", None)
        return own is not None and urlsplit(uri).path == urlsplit(own).path


def recording(
    bridge: Bridge | AsyncBridge,
    folder: str | PathLike[str],
    *,
    paths: Mapping[str, str] | None = None,
    suite_version: str | None = None,
    today: date | None = None,
) -> Recording:
    """
    Record into *folder*; a file there that has another provenance is kept.

    *paths* are patterns of dotted paths into answers, such as ``results.*.type``,
    each with ``keep``, ``name`` or ``amount``; they count more than the rules.
    """
    return Recording(
        bridge,
        Path(folder),
        dict(paths or {}),
        suite_version,
        today or date.today(),  # noqa: DTZ011  # the day where the recorder sits
    )


def provenance(settings: Settings) -> str:
    """Say what stands behind a connection: a sandbox, or a vendor."""
    here = urlsplit(settings.adapter.base_url).hostname in LOOPBACK
    return "sandbox" if settings.sandbox is not None or here else "live"


def secrets_of(settings: Settings) -> list[str]:
    """Return every secret of a connection, and the ids that go with them."""
    config = fields(type(settings.adapter).Config)
    needed = {one.name for one in config if not one.metadata.get("choices")}
    named = [
        str(origin.value)
        for key, origin in settings.origins.items()
        if key in needed and ("client" in key or "user" in key)
    ]
    held = [
        one for origin in settings.origins.values() for one in secrets_in(origin.value)
    ]
    found = [*secrets_in(settings.adapter.auth), *held, *named]
    return sorted({one for one in found if len(one) >= TELLING})


def text_is_ours(path: Path, settings: Settings) -> bool:
    """Say whether a file was recorded from where this recording comes from."""
    return f"\n  provenance: {provenance(settings)}\n" in path.read_text(
        encoding="utf-8"
    )


def _key(secrets: Sequence[str]) -> bytes:
    """Return what pseudonyms are made with; only the secrets' holder could undo it."""
    return hashlib.sha256("\n".join([FORMAT, *secrets]).encode()).digest()


def _scrubber(
    settings: Settings, key: bytes, secrets: Sequence[str], paths: Mapping[str, str]
) -> Scrubber:
    adapter = settings.adapter
    values = Values(Pseudonyms(key), words=frozenset(adapter.statuses), paths=paths)
    netloc = urlsplit(adapter.base_url).netloc
    return Scrubber(
        values, secrets=secrets, hosts={netloc: _public_host(netloc, settings)}
    )


def _public_host(netloc: str, settings: Settings) -> str:
    """Keep a host that everybody shares; take the workspace's name out of its own."""
    if settings.sandbox is not None:
        return netloc
    if "base_url" in settings.origins:
        return "api.example"
    own = {str(origin.value) for origin in settings.origins.values()}
    config = fields(type(settings.adapter).Config)
    shared = {word for one in config for word in one.metadata.get("choices", ())}
    first, *rest = netloc.split(".")
    return ".".join([WORKSPACE if first in own - shared else first, *rest])


@contextmanager
def _listening(exchanges: list[Raw], is_token: Any) -> Iterator[None]:
    """Let vcrpy note each exchange, and write nothing."""
    vcr = import_module("vcr")
    machine = vcr.VCR(record_mode=vcr.mode.ALL)
    machine.register_persister(_Nowhere)
    with machine.use_cassette(
        "nowhere",
        decode_compressed_response=True,
        before_record_request=lambda one: None if is_token(one.uri) else one,
    ) as tape:
        yield
        exchanges += [_raw(request, answer) for request, answer in tape.data]


def _raw(request: Any, answer: Mapping[str, Any]) -> Raw:
    return Raw(
        request.method,
        request.uri,
        dict(request.headers),
        request.body or b"",
        answer["status"]["code"],
        answer["headers"],
        answer["body"]["string"] or b"",
    )


class _Nowhere:
    """Has no file, and makes none."""

    @staticmethod
    def load_cassette(*_: Any, **__: Any) -> Any:
        """Find nothing."""
        raise import_module("vcr.persisters.filesystem").CassetteNotFoundError

    @staticmethod
    def save_cassette(*_: Any, **__: Any) -> None:
        """Write nothing."""
