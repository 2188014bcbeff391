"""What a suite is run on: an adapter, and something that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from ..._adapter import Adapter
from ..._config import Settings, load_settings
from ..._hooks import adapter_class, hookimpl, load, sandbox_class
from ..._models import Contract
from ..._secrets import TELLING, secrets_in
from ._colours import COLOURS, THREADS, bridged, outer
from ._outcomes import prove
from ._traffic import Meddling, Traffic

Loader = Callable[..., Settings]
Record = Callable[[Any, str], Any]


@frozen
class Plugin:
    """A plugin that nobody installed: an adapter's class, and its sandbox's."""

    adapter: type[Adapter]
    sandbox: type[Any] | None = None

    @hookimpl
    def clm_bridge_adapter(self) -> type[Adapter]:
        """Return the adapter."""
        return self.adapter

    @hookimpl
    def clm_bridge_sandbox(self) -> type[Any] | None:
        """Return the sandbox."""
        return self.sandbox


@define(slots=False)
class Subject:
    """
    One adapter behind a bridge of one colour; what was read once is kept.

    ``record`` returns a `NewContract` that the vendor can take, for a bridge and an
    own id; without it nothing about writing can be shown.
    """

    adapter: type[Adapter]
    colour: str
    loader: Loader
    record: Record | None = None
    may_write: bool = False
    sandbox: type[Any] | None = None
    cassette: str | None = None
    unseen: Mapping[str, str] | None = None
    """Paths of keys that the subject never sends, with reasons; None: not known."""
    evidence: dict[str, str] = field(factory=dict)
    _stack: ExitStack = field(factory=ExitStack)

    def settings(self, **changes: Any) -> Settings:
        """Return the subject's settings, with others put over them."""
        return self.loader(**changes)

    @contextmanager
    def open(
        self, meddling: Meddling | None = None, /, **changes: Any
    ) -> Iterator[tuple[Any, Traffic]]:
        """Open a bridge of its own; a sandbox behind it begins anew."""
        settings = self.settings(**changes)
        traffic = Traffic(outer(settings, self.colour), meddling)
        with bridged(self.colour, settings, traffic) as clm:
            yield clm, traffic

    @cached_property
    def _shared(self) -> tuple[Any, Traffic]:
        return self._stack.enter_context(self.open())

    @property
    def clm(self) -> Any:
        """The bridge that all reading checks share."""
        return self._shared[0]

    @property
    def traffic(self) -> Traffic:
        """What the shared bridge asked."""
        return self._shared[1]

    @contextmanager
    def meddled(self, meddling: Meddling) -> Iterator[Any]:
        """Let somebody meddle with the shared bridge's traffic for a while."""
        _ = self.contracts  # what is read once is read before
        self.traffic.meddling = meddling
        try:
            yield self.clm
        finally:
            self.traffic.meddling = Meddling()

    @cached_property
    def contracts(self) -> Sequence[Contract]:
        """Every contract, in full detail."""
        return tuple(self.clm.contracts.list())

    @cached_property
    def summaries(self) -> Sequence[Contract]:
        """Every contract, as rows tell it."""
        return tuple(self.clm.contracts.list(detail="summary"))

    @property
    def sample(self) -> Sequence[Contract]:
        """Some contracts, for what costs a call for each."""
        prove(self.contracts, "the workspace holds no contract")
        return self.contracts[:: max(1, len(self.contracts) // 6)]

    @property
    def one(self) -> Contract:
        """The contract that says most."""
        prove(self.contracts, "the workspace holds no contract")
        return max(self.contracts, key=_says)

    @cached_property
    def deals(self) -> Mapping[str, Any]:
        """What the contracts are, by name, where that is known: in a sandbox."""
        prove(self.sandbox is not None, "what the contracts are is not known")
        from ...sandbox import portfolio

        deals = {deal.name: deal for deal in portfolio()}
        known = any(one.name in deals for one in self.contracts)
        prove(known, "the sandbox does not show the portfolio")
        return deals

    @cached_property
    def secrets(self) -> Sequence[str]:
        """The secrets of the configuration, as far as they are longer than chance."""
        held = {*secrets_in(self.settings().adapter.auth)}
        found = sorted(one for one in held if len(one) >= TELLING)
        prove(found, "the configuration holds no secret that can be told from chance")
        return found

    def close(self) -> None:
        """Close the shared bridge."""
        self._stack.close()


def _says(contract: Contract) -> tuple[int, str]:
    told = (contract.value, contract.term, contract.external_links, contract.people)
    dates = contract.key_dates
    days = (dates.expires_on, dates.effective_on, dates.executed_on, dates.created_at)
    said = [*told, *days, contract.fields, contract.parties, contract.number]
    return sum(map(bool, said)), contract.id


def sandboxed(
    vendor: str,
    colour: str = THREADS,
    *,
    plugin: Plugin | None = None,
    settings: Mapping[str, Any] | None = None,
    record: Record | None = None,
    unseen: Mapping[str, str] | None = None,
) -> Subject:
    """Return an adapter behind its own sandbox, in this process."""
    assert colour in COLOURS
    plugins = () if plugin is None else (plugin,)
    manager = load(vendor, plugins)
    adapter, sandbox = adapter_class(manager, vendor), sandbox_class(manager, vendor)

    def loader(**changes: Any) -> Settings:
        from ...sandbox import start

        told: dict[str, Any] = {"vendor": vendor, **(settings or {}), **changes}
        if "sandbox" not in told:
            told["sandbox"] = start(sandbox, switches={"rate_limit": False})
        return load_settings(plugins=plugins, environ={}, arguments=told)

    return Subject(
        adapter,
        colour,
        loader,
        record=record,
        may_write=True,
        sandbox=sandbox,
        unseen=unseen,
    )


def connected(
    loader: Loader, *, record: Record | None = None, may_write: bool = False
) -> Subject:
    """Return a subject that is a real connection."""
    return Subject(type(loader().adapter), THREADS, loader, record, may_write)
