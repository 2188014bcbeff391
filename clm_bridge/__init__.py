"""
One contract model, any CLM vendor.

    import clm_bridge

    with clm_bridge.connect("acme") as clm:
        for contract in clm.contracts.list(status="executed"):
            print(contract.name, contract.key_dates.expires_on)

A name is imported when it is first used, so that a command that only prints its help
does not pay for the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._async_bridge import AsyncBridge, connect_async
    from ._bridge import Bridge, connect
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

_HOMES = {
    "_async_bridge": "AsyncBridge connect_async",
    "_bridge": "Bridge connect",
    "_config": "Options Settings",
    "_errors": (
        "AuthenticationFailed ClmError ConfigError Conflict ConnectionFailed "
        "DownloadError InvalidInput NotFound NotIndexed PayloadError "
        "PermissionDenied RateLimited Rejected StatusError TimedOut TransportError "
        "Unsupported VendorDown"
    ),
    "_files": "Download",
    "_hooks": "Exchange hookimpl",
    "_json": "from_dict to_dict",
    "_links": "LinkIndex MemoryLinks SqliteLinks",
    "_models": (
        "Check Contract Counterparty FieldDefinition Source StatusReport Template"
    ),
    "_operations": "Plan",
    "_paging": "Page",
    "_redact": "redact",
    "_report": "Report",
    "_secrets": "Secret",
    "_terms": "Computed Standing latest_end next_renewal notice_deadline shift",
    "_values": (
        "Document ExternalLink Field KeyDates Money Party Period Person Ref "
        "Relation Term"
    ),
    "_vocabulary": (
        "Basis DocumentKind FULL Facet FieldKind PartyRole PersonRole RelationKind "
        "Sensitivity Status TermKind TermState"
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives, and keep it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
