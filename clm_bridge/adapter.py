"""What the author of an adapter imports: the base class and its vocabulary."""

from __future__ import annotations

from ._adapter import OPERATIONS, Adapter, Loss, setting
from ._auth import ApiKey, ClientCredentials, Scheme, Token
from ._convert import Reader, each, rows, wire
from ._errors import InvalidInput, NotFound, PayloadError, Unsupported
from ._flow import Op
from ._limits import Rate
from ._messages import Request, Response, get, parse, post, together
from ._models import (
    Check,
    Contract,
    Counterparty,
    FieldDefinition,
    Source,
    StatusReport,
    Template,
)
from ._paging import Cursor, Page
from ._queries import Query
from ._report import Reading, reading
from ._scalars import Amount, Day, Id, day, instant
from ._secrets import Secret
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
    DocumentKind,
    Facet,
    FieldKind,
    PartyRole,
    PersonRole,
    RelationKind,
    Status,
    TermKind,
    TermState,
)
from ._workspace import FieldReading, Workspace

__all__ = [
    "FULL",
    "OPERATIONS",
    "Adapter",
    "Amount",
    "ApiKey",
    "Check",
    "ClientCredentials",
    "Contract",
    "Counterparty",
    "Cursor",
    "Day",
    "Document",
    "DocumentKind",
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
    "NotFound",
    "Op",
    "Page",
    "Party",
    "PartyRole",
    "PayloadError",
    "Period",
    "Person",
    "PersonRole",
    "Query",
    "Rate",
    "Reader",
    "Reading",
    "Ref",
    "Relation",
    "RelationKind",
    "Request",
    "Response",
    "Scheme",
    "Secret",
    "Source",
    "Status",
    "StatusReport",
    "Template",
    "Term",
    "TermKind",
    "TermState",
    "Token",
    "Unsupported",
    "Workspace",
    "day",
    "each",
    "get",
    "instant",
    "parse",
    "post",
    "reading",
    "rows",
    "setting",
    "together",
    "wire",
]
