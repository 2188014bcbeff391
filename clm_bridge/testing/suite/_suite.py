"""The class from which the tests of an adapter inherit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import getattr_static
from typing import Any, ClassVar

import pytest

from ..._adapter import Adapter
from ._checks import CHECKS, Checks
from ._colours import COLOURS
from ._musts import MUSTS, VERSION
from ._subject import Plugin, Record, Subject, sandboxed


class AdapterSuite(Checks):
    """
    Every check of the contract, for one adapter behind its sandbox.

        class TestShelf(AdapterSuite):
            vendor = "shelf"

    An adapter that is not installed names its classes in ``adapter`` and ``sandbox``.
    A vendor that can be written to needs ``new_contract``.  What is known to fail is
    listed in ``expected_failures`` with a reason; it is an error once it passes.
    """

    version: ClassVar[str] = VERSION
    vendor: ClassVar[str]
    adapter: ClassVar[type[Adapter] | None] = None
    sandbox: ClassVar[type[Any] | None] = None
    settings: ClassVar[Mapping[str, Any]] = {}
    """Arguments of `connect` besides vendor and sandbox."""
    unseen: ClassVar[Mapping[str, str]] = {}
    """Paths of keys that are read and that the sandbox never sends, with reasons."""
    expected_failures: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        complaint = faults(cls)
        if complaint:
            raise TypeError(f"{cls.__name__}: {complaint}")

    def new_contract(self, clm: Any, own_id: str) -> Any:
        """Return a `NewContract` that the vendor can take, with this own id."""
        raise NotImplementedError

    @pytest.fixture(scope="class", params=COLOURS)
    @classmethod
    def subject(cls, request: pytest.FixtureRequest) -> Iterator[Subject]:
        """The adapter behind its sandbox, in one colour after the other."""
        vendor = cls.vendor if cls.adapter is None else cls.adapter.name
        plugin = None if cls.adapter is None else Plugin(cls.adapter, cls.sandbox)
        writes = cls.new_contract is not AdapterSuite.new_contract
        record: Record | None = cls().new_contract if writes else None
        subject = sandboxed(
            vendor,
            request.param,
            plugin=plugin,
            settings=cls.settings,
            record=record,
            unseen=cls.unseen,
        )
        yield subject
        subject.close()


_TESTS = {one.__name__: one for one in CHECKS.values()}


def faults(cls: type[AdapterSuite]) -> str | None:
    """Say what is wrong with a suite: a test that is no more, a reason that lacks."""
    for name, test in _TESTS.items():
        if getattr(cls, name, None) is not test:
            return (
                f"{name} is the check of {test.must} and may not be replaced; list it "
                "in expected_failures with a reason"
            )
    if not getattr(cls, "__test__", True):
        return "__test__ = False drops every check"
    if getattr_static(cls, "subject") is not vars(AdapterSuite)["subject"]:
        return "the fixture subject may not be replaced"
    for own, reason in cls.expected_failures.items():
        if own not in MUSTS:
            return f"there is no {own}"
        if not reason.strip():
            return f"{own} is expected to fail without a reason"
    return None
