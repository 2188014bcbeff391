"""What the author of an adapter imports: the base class and its vocabulary."""

from __future__ import annotations

from ._adapter import Adapter
from ._auth import ApiKey, ClientCredentials, Scheme, Token
from ._convert import Reader, each, rows, wire
from ._declared import CAPABILITIES, OPERATIONS, Dated, Loss, Move, setting
from ._errors import InvalidInput, NotFound, PayloadError, Rejected, Unsupported
from ._events import Event, EventSource, Registration
from ._flow import Op
from ._limits import Rate
from ._messages import (
    Request,
    Response,
    delete,
    get,
    merged,
    patch,
    post,
    put,
    together,
)
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
from ._paging import Cursor, Page
from ._parsing import parse
from ._particulars import (
    Contact,
    ContractChanges,
    NewContract,
    NewCounterparty,
    Particulars,
    Signatory,
)
from ._problems import Problem
from ._queries import Query
from ._report import Reading, reading
from ._scalars import Amount, Day, Id, day, instant
from ._secrets import Secret
from ._signatures import BodySignature, PathToken, Signature, TimedSignature
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
    DocumentKind,
    EventKind,
    Facet,
    FieldKind,
    PartyRole,
    PersonRole,
    RelationKind,
    Status,
    TermKind,
    TermState,
    Transition,
)
from ._workspace import FieldReading, Workspace

__all__ = [
    "CAPABILITIES",
    "FULL",
    "OPERATIONS",
    "Adapter",
    "Amount",
    "ApiKey",
    "Approval",
    "ApprovalStatus",
    "BodySignature",
    "Check",
    "ClientCredentials",
    "Comment",
    "Contact",
    "Contract",
    "ContractChanges",
    "Counterparty",
    "Cursor",
    "Dated",
    "Day",
    "Document",
    "DocumentKind",
    "Event",
    "EventKind",
    "EventSource",
    "ExternalLink",
    "Facet",
    "Field",
    "FieldDefinition",
    "FieldKind",
    "FieldReading",
    "Id",
    "InvalidInput",
    "KeyDates",
    "Loss",
    "Money",
    "Move",
    "NewContract",
    "NewCounterparty",
    "NotFound",
    "Op",
    "Page",
    "Particulars",
    "Party",
    "PartyRole",
    "PathToken",
    "PayloadError",
    "Period",
    "Person",
    "PersonRole",
    "Problem",
    "Query",
    "Rate",
    "Reader",
    "Reading",
    "Ref",
    "Registration",
    "Rejected",
    "Relation",
    "RelationKind",
    "Request",
    "Response",
    "Scheme",
    "Secret",
    "Signatory",
    "Signature",
    "Source",
    "Status",
    "StatusReport",
    "Template",
    "Term",
    "TermKind",
    "TermState",
    "TimedSignature",
    "Token",
    "Transition",
    "Unsupported",
    "Upload",
    "Workspace",
    "day",
    "delete",
    "each",
    "get",
    "instant",
    "merged",
    "parse",
    "patch",
    "post",
    "put",
    "reading",
    "rows",
    "setting",
    "together",
    "wire",
]
