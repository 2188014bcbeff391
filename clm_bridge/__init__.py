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
        AlreadyExists,
        AmbiguousWrite,
        AuthenticationFailed,
        ClmError,
        ConfigError,
        Conflict,
        ConnectionFailed,
        DownloadError,
        IllegalTransition,
        Incomplete,
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
        WebhookVerificationError,
    )
    from ._events import Event, EventSource, Registration
    from ._files import Download
    from ._hooks import Exchange, Unknown, hookimpl
    from ._json import from_dict, to_dict
    from ._links import LinkIndex, MemoryLinks
    from ._models import (
        Approval,
        Check,
        Comment,
        Contract,
        Counterparty,
        FieldDefinition,
        Source,
        StatusReport,
        Template,
    )
    from ._paging import Page
    from ._particulars import (
        Contact,
        ContractChanges,
        NewContract,
        NewCounterparty,
        Signatory,
    )
    from ._plan import Plan
    from ._problems import Problem
    from ._rates import RateStore
    from ._redact import redact
    from ._report import Report
    from ._secrets import Secret
    from ._sqlite_links import SqliteLinks
    from ._terms import (
        Computed,
        Standing,
        latest_end,
        next_renewal,
        notice_deadline,
        shift,
    )
    from ._uploads import Upload
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
        ApprovalStatus,
        Basis,
        DocumentKind,
        EventKind,
        Facet,
        FieldKind,
        Outcome,
        PartyRole,
        PersonRole,
        RelationKind,
        Sensitivity,
        Status,
        TermKind,
        TermState,
        Transition,
    )
    from ._webhook import Webhook, webhook
    from ._written import Preview, Written

__all__ = [
    "FULL",
    "AlreadyExists",
    "AmbiguousWrite",
    "Approval",
    "ApprovalStatus",
    "AsyncBridge",
    "AuthenticationFailed",
    "Basis",
    "Bridge",
    "Check",
    "ClmError",
    "Comment",
    "Computed",
    "ConfigError",
    "Conflict",
    "ConnectionFailed",
    "Contact",
    "Contract",
    "ContractChanges",
    "Counterparty",
    "Document",
    "DocumentKind",
    "Download",
    "DownloadError",
    "Event",
    "EventKind",
    "EventSource",
    "Exchange",
    "ExternalLink",
    "Facet",
    "Field",
    "FieldDefinition",
    "FieldKind",
    "IllegalTransition",
    "Incomplete",
    "InvalidInput",
    "KeyDates",
    "LinkIndex",
    "MemoryLinks",
    "Money",
    "NewContract",
    "NewCounterparty",
    "NotFound",
    "NotIndexed",
    "Options",
    "Outcome",
    "Page",
    "Party",
    "PartyRole",
    "PayloadError",
    "Period",
    "PermissionDenied",
    "Person",
    "PersonRole",
    "Plan",
    "Preview",
    "Problem",
    "RateLimited",
    "RateStore",
    "Ref",
    "Registration",
    "Rejected",
    "Relation",
    "RelationKind",
    "Report",
    "Secret",
    "Sensitivity",
    "Settings",
    "Signatory",
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
    "Transition",
    "TransportError",
    "Unknown",
    "Unsupported",
    "Upload",
    "VendorDown",
    "Webhook",
    "WebhookVerificationError",
    "Written",
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
    "webhook",
]

_HOMES = {
    "_async_bridge": "AsyncBridge connect_async",
    "_bridge": "Bridge connect",
    "_config": "Options Settings",
    "_errors": (
        "AlreadyExists AmbiguousWrite AuthenticationFailed ClmError ConfigError "
        "Conflict ConnectionFailed DownloadError IllegalTransition Incomplete "
        "InvalidInput NotFound NotIndexed PayloadError PermissionDenied "
        "RateLimited Rejected StatusError TimedOut TransportError Unsupported "
        "VendorDown WebhookVerificationError"
    ),
    "_events": "Event EventSource Registration",
    "_files": "Download",
    "_hooks": "Exchange Unknown hookimpl",
    "_json": "from_dict to_dict",
    "_links": "LinkIndex MemoryLinks",
    "_models": (
        "Approval Check Comment Contract Counterparty FieldDefinition Source "
        "StatusReport Template"
    ),
    "_paging": "Page",
    "_particulars": "Contact ContractChanges NewContract NewCounterparty Signatory",
    "_plan": "Plan",
    "_problems": "Problem",
    "_rates": "RateStore",
    "_redact": "redact",
    "_report": "Report",
    "_secrets": "Secret",
    "_sqlite_links": "SqliteLinks",
    "_terms": "Computed Standing latest_end next_renewal notice_deadline shift",
    "_uploads": "Upload",
    "_values": (
        "Document ExternalLink Field KeyDates Money Party Period Person Ref "
        "Relation Term"
    ),
    "_vocabulary": (
        "ApprovalStatus Basis DocumentKind EventKind FULL Facet FieldKind Outcome "
        "PartyRole PersonRole RelationKind Sensitivity Status TermKind "
        "TermState Transition"
    ),
    "_webhook": "Webhook webhook",
    "_written": "Preview Written",
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
