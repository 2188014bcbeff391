"""
One contract model, any CLM vendor.

    import clm_bridge

    with clm_bridge.connect("acme") as clm:
        for contract in clm.contracts.list(status="executed"):
            print(contract.name, contract.key_dates.expires_on)

Nothing that waits is imported until a bridge is made.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._config import Options, Settings
from ._errors import (
    AuthenticationFailed,
    ClmError,
    ConfigError,
    Conflict,
    ConnectionFailed,
    DownloadError,
    InvalidInput,
    NotFound,
    NotIndexed,
    PayloadError,
    PermissionDenied,
    RateLimited,
    Rejected,
    StatusError,
    TimedOut,
    TransportError,
    Unsupported,
    VendorDown,
)
from ._files import Download
from ._hooks import Exchange, hookimpl
from ._json import from_dict, to_dict
from ._links import LinkIndex, MemoryLinks, SqliteLinks
from ._models import (
    Check,
    Contract,
    Counterparty,
    FieldDefinition,
    Source,
    StatusReport,
    Template,
)
from ._operations import Plan
from ._paging import Page
from ._redact import redact
from ._report import Report
from ._secrets import Secret
from ._terms import (
    Computed,
    Standing,
    latest_end,
    next_renewal,
    notice_deadline,
    shift,
)
from ._values import (
    Document,
    ExternalLink,
    Field,
    KeyDates,
    Money,
    Party,
    Period,
    Person,
    Ref,
    Relation,
    Term,
)
from ._vocabulary import (
    FULL,
    Basis,
    DocumentKind,
    Facet,
    FieldKind,
    PartyRole,
    PersonRole,
    RelationKind,
    Sensitivity,
    Status,
    TermKind,
    TermState,
)

if TYPE_CHECKING:
    from ._async_bridge import AsyncBridge, connect_async
    from ._bridge import Bridge, connect

__all__ = [
    "FULL",
    "AsyncBridge",
    "AuthenticationFailed",
    "Basis",
    "Bridge",
    "Check",
    "ClmError",
    "Computed",
    "ConfigError",
    "Conflict",
    "ConnectionFailed",
    "Contract",
    "Counterparty",
    "Document",
    "DocumentKind",
    "Download",
    "DownloadError",
    "Exchange",
    "ExternalLink",
    "Facet",
    "Field",
    "FieldDefinition",
    "FieldKind",
    "InvalidInput",
    "KeyDates",
    "LinkIndex",
    "MemoryLinks",
    "Money",
    "NotFound",
    "NotIndexed",
    "Options",
    "Page",
    "Party",
    "PartyRole",
    "PayloadError",
    "Period",
    "PermissionDenied",
    "Person",
    "PersonRole",
    "Plan",
    "RateLimited",
    "Ref",
    "Rejected",
    "Relation",
    "RelationKind",
    "Report",
    "Secret",
    "Sensitivity",
    "Settings",
    "Source",
    "SqliteLinks",
    "Standing",
    "Status",
    "StatusError",
    "StatusReport",
    "Template",
    "Term",
    "TermKind",
    "TermState",
    "TimedOut",
    "TransportError",
    "Unsupported",
    "VendorDown",
    "connect",
    "connect_async",
    "from_dict",
    "hookimpl",
    "latest_end",
    "next_renewal",
    "notice_deadline",
    "redact",
    "shift",
    "to_dict",
]

_WAITS = {
    "AsyncBridge": "._async_bridge",
    "connect_async": "._async_bridge",
    "Bridge": "._bridge",
    "connect": "._bridge",
}


def __getattr__(name: str) -> Any:
    """Import what waits, and httpx with it, when it is first asked for."""
    if name not in _WAITS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WAITS[name], __name__), name)


def __dir__() -> list[str]:
    return __all__
