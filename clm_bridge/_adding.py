"""Adding what stands around a contract: files, comments, counterparties."""

from __future__ import annotations

from ._desk import Desk, offered, refuse
from ._errors import AmbiguousWrite, ClmError, InvalidInput, Unsupported
from ._flow import alone, doubt
from ._models import Counterparty
from ._particulars import NewCounterparty
from ._saying import nameless, unfit
from ._uploads import Upload
from ._vocabulary import DocumentKind, Outcome
from ._written import Written


async def comment(
    desk: Desk, id: str, text: str, *, dry: bool = False
) -> Written[None]:
    """Comment on a contract."""
    offered(desk.adapter, "contracts.comment")
    if not text.strip():
        raise InvalidInput("the comment is empty", hint="say something")
    lost = await doubt(desk.adapter.add_comment(id, text))
    if lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}; the comment may be there",
            contract_ids=[id],
            hint="look at contracts.comments",
        ) from lost
    return Written(Outcome.DRY_RUN if dry else Outcome.CREATED)


async def create_counterparty(
    desk: Desk, new: NewCounterparty, *, dry: bool = False
) -> Written[Counterparty]:
    """Return the counterparty of that name, or add it."""
    adapter = desk.adapter
    offered(adapter, "counterparties.create")
    refuse(list(nameless(new)), adapter.title)
    name = new.name or ""
    known = await adapter.find_counterparties(name)
    if known:
        return Written(Outcome.EXISTED, result=known[0])
    try:
        made = await alone(adapter.create_counterparty(new))
    except ClmError as error:
        if not error.in_doubt:
            raise
        known = await adapter.find_counterparties(name)
        if len(known) == 1:
            return Written(Outcome.RECONCILED, result=known[0])
        raise AmbiguousWrite(
            f"{error.message}, and {len(known)} counterparties are called {name!r}",
            hint="look at counterparties.find",
        ) from error
    if dry:
        return Written(Outcome.DRY_RUN)
    return Written(Outcome.CREATED, result=made)


async def upload(
    desk: Desk, contract_id: str, file: Upload, kind: DocumentKind, *, dry: bool = False
) -> Written[None]:
    """Add a file to a contract."""
    adapter = desk.adapter
    offered(adapter, "documents.upload")
    refuse(list(unfit(file, desk.largest)), adapter.title)
    if kind not in adapter.uploads:
        kinds = ", ".join(sorted(one.value for one in adapter.uploads))
        raise Unsupported(
            f"{adapter.name} takes no document of kind {kind.value}",
            hint=f"it takes {kinds}",
        )
    lost = await doubt(adapter.upload_document(contract_id, file, kind))
    if lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}; the file may be there",
            contract_ids=[contract_id],
            hint="look at documents.list, or at the vendor's own pages",
        ) from lost
    return Written(Outcome.DRY_RUN if dry else Outcome.CREATED)
