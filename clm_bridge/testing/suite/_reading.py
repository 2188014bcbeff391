"""One contract: GET, FIND and STATUS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from attrs import fields_dict

from ..._errors import ClmError, InvalidInput, NotFound, NotIndexed, Rejected
from ..._models import Contract
from ..._values import ExternalLink, Party, Person, Ref, Relation
from ..._vocabulary import FULL, Facet, Status
from ._facts import Difference, compared, undeclared
from ._outcomes import NotOffered, demand, must, prove
from ._rewrites import replaced
from ._subject import Subject
from ._traffic import Rewriting

NOBODY = ("999999999999", "00000000-0000-4000-8000-000000000000")
ODD = ("", "..", "a/b", "%2e%2e", "1?x=1", "1;DROP", "\N{SNOWMAN}")


def differences(subject: Subject) -> list[Difference]:
    """Compare every contract with what it is; kept for all who ask."""
    if "differences" not in vars(subject):
        deals, names = subject.deals, {c.id: c.name for c in subject.contracts}
        order = [*deals.values()]
        vars(subject)["differences"] = [
            found
            for contract in subject.contracts
            if contract.name in deals
            for found in compared(deals[contract.name], contract, names, order)
        ]
    told: list[Difference] = vars(subject)["differences"]
    return told


def as_it_is(subject: Subject, *paths: str) -> str:
    """Demand that all below *paths* is as it is at the vendor, save for losses."""
    told = differences(subject)
    wrong = undeclared(told, subject.adapter.losses, *paths)
    demand(not wrong, "; ".join(wrong))
    read = [one for one in told if one[0].startswith(paths) and one[2]]
    lost = {loss.attribute for loss in subject.adapter.losses if loss.value is None}
    if not read and lost >= {*paths}:
        raise NotOffered(f"{', '.join(paths)}: declared as lost")
    prove(read, f"no contract was read with {', '.join(paths)}")
    return f"{len(read)} values"


class Readings:
    """Checks of ``contracts.get``, ``find_by_external_id`` and ``status``."""

    @must("MUST-GET-1")
    def test_get_equals_list(self, subject: Subject) -> str:
        for contract in subject.sample:
            found = subject.clm.contracts.get(contract.id)
            odd = [
                name
                for name in fields_dict(Contract)
                if getattr(found, name) != getattr(contract, name)
            ]
            demand(not odd, f"{', '.join(odd)} of {contract.id} differ")
        return f"{len(subject.sample)} contracts"

    @must("MUST-GET-2")
    def test_get_is_whole(self, subject: Subject) -> str:
        for contract in subject.sample:
            found = subject.clm.contracts.get(contract.id)
            demand(found.id == contract.id, f"{contract.id} came as {found.id}")
            lacks = sorted(one.value for one in FULL - found.loaded)
            demand(not lacks, f"{', '.join(lacks)} are not loaded")
        return f"{len(subject.sample)} contracts"

    @must("MUST-GET-3")
    def test_nobodys_id(self, subject: Subject) -> str:
        said = [raised(subject.clm.contracts.get, own) for own in NOBODY]
        odd = [one for one in said if one not in (NotFound, InvalidInput, Rejected)]
        demand(not odd, f"it is {[_name(one) for one in odd]}")
        demand(NotFound in said, f"it is {[_name(one) for one in said]}")
        return "NotFound"

    @must("MUST-GET-4")
    def test_odd_ids(self, subject: Subject) -> str:
        for own in ODD:
            before = len(subject.traffic.asked)
            error = raised(subject.clm.contracts.get, own)
            demand(error is not None, f"{own!r} reads a contract")
            for request in subject.traffic.asked[before:]:
                path = request.url.raw_path.decode().partition("?")[0]
                demand(
                    own not in ("..", "a/b") or f"/{own}" not in path,
                    f"{own!r} is put into a path as it is",
                )
        return f"{len(ODD)} ids"

    @must("MUST-GET-5")
    def test_what_a_contract_has(self, subject: Subject) -> str:
        paths = ("parties", "type", "template", "owner", "people", "number")
        return as_it_is(subject, *paths, "relations")

    @must("MUST-GET-6")
    def test_types(self, subject: Subject) -> str:
        for contract in subject.contracts:
            wrong = [*_wrong(contract)]
            demand(not wrong, f"{contract.id} has {', '.join(wrong)}")
        prove(subject.contracts, "the workspace holds no contract")
        return f"{len(subject.contracts)} contracts"

    @must("MUST-FIND-1")
    def test_found_by_own_id(self, subject: Subject) -> str:
        carried = _carried(subject.contracts)
        prove(carried, "no contract carries an own id")
        for own in sorted(carried)[:5]:
            found = subject.clm.contracts.find_by_external_id(own)
            demand(found, f"{own} finds nothing")
            lacks = sorted({one.value for c in found for one in FULL - c.loaded})
            demand(not lacks, f"{', '.join(lacks)} are not loaded")
        return f"{len(carried)} own ids"

    @must("MUST-FIND-2")
    def test_found_by_shared_id(self, subject: Subject) -> str:
        carried = _carried(subject.contracts)
        shared = [own for own, count in carried.items() if count > 1]
        prove(shared, "no own id is shared")
        for own in shared:
            found = {c.id for c in subject.clm.contracts.find_by_external_id(own)}
            wanted = {c.id for c in subject.contracts if own in _own_ids(c)}
            demand(found == wanted, f"{own} finds {len(found)} of {len(wanted)}")
        return ", ".join(shared)

    @must("MUST-FIND-3")
    def test_nobodys_own_id(self, subject: Subject) -> str:
        try:
            found = subject.clm.contracts.find_by_external_id("PR-nobody")
        except NotIndexed as error:
            indexed = subject.adapter.indexed("contracts.find_by_external_id")
            demand(indexed, f"it could be asked for: {error}")
            return "NotIndexed"
        demand(not found, f"it finds {len(found)}")
        return "nothing"

    @must("MUST-FIND-4")
    def test_links(self, subject: Subject) -> str:
        return as_it_is(subject, "external_link")

    @must("MUST-STATUS-1")
    def test_table(self, subject: Subject) -> str:
        table: Any = subject.adapter.statuses
        demand(table, "it knows no word")
        odd = [word for word, one in table.items() if not isinstance(one, Status)]
        demand(not odd, f"{odd} lead to no status")
        demand(Status.UNKNOWN not in table.values(), "a known word means UNKNOWN")
        return f"{len(table)} words"

    @must("MUST-STATUS-2")
    def test_every_word(self, subject: Subject) -> str:
        one, table = subject.one, subject.adapter.statuses
        word = one.source.status
        prove(word in table, "the vendor's word is not kept")
        said = {}
        for other in table:
            with subject.meddled(Rewriting(replaced(word, other))) as clm:
                rows = clm.contracts.list(detail="summary")
                found = next(c for c in rows if c.name == one.name)
            if found.source.status == other:
                said[other] = found.status
        wrong = [
            other
            for other, status in said.items()
            if status is not table[other] and not _hinges(subject, other)
        ]
        demand(not wrong, f"{[(word, said[word].value) for word in wrong]}")
        prove(said, "its words cannot be exchanged")
        return f"{len(said)} words"

    @must("MUST-STATUS-3")
    def test_a_word_that_nobody_knows(self, subject: Subject) -> str:
        one, odd = subject.one, "clm_bridge_unheard_of"
        word = one.source.status
        prove(word, "the vendor's word is not kept")
        with subject.meddled(Rewriting(replaced(word, odd))) as clm:
            rows = clm.contracts.list(detail="summary")
            found = next(c for c in rows if c.name == one.name)
        demand(found.status is Status.UNKNOWN, f"it became {found.status}")
        demand(found.source.status == odd, f"it is kept as {found.source.status!r}")
        return f"{word} exchanged"

    @must("MUST-STATUS-4")
    def test_status_equals_list(self, subject: Subject) -> str:
        for contract in subject.sample:
            told = subject.clm.contracts.status(contract.id)
            same = (
                told.status is contract.status
                and told.word == contract.source.status
                and told.reported_state is contract.reported_state
            )
            demand(same, f"{contract.id} is {contract.status}, and {told}")
        return f"{len(subject.sample)} contracts"

    @must("MUST-STATUS-5")
    def test_words_are_kept(self, subject: Subject) -> str:
        prove(subject.contracts, "the workspace holds no contract")
        unkept = [one.id for one in subject.contracts if not one.source.status]
        demand(not unkept, f"{len(unkept)} contracts have no word")
        told = Counter(str(one.source.status) for one in subject.contracts)
        odd = sorted({*told} - {*subject.adapter.statuses})
        demand(not odd, f"{odd} are not in the table")
        return ", ".join(f"{word} {count}" for word, count in sorted(told.items()))

    @must("MUST-STATUS-6")
    def test_statuses_are_true(self, subject: Subject) -> str:
        return as_it_is(subject, "status")

    @must("MUST-STATUS-7")
    def test_every_status_occurs(self, subject: Subject) -> str:
        told = {one.status for one in subject.contracts}
        absent = {*subject.adapter.statuses.values()} - told
        if subject.sandbox is not None and not absent:
            return f"{len(told)} statuses"
        said = ", ".join(sorted(one.value for one in absent))
        prove(not absent, f"no contract is in {said}")
        return f"{len(told)} statuses"

    @must("MUST-STATUS-8")
    def test_nobodys_status(self, subject: Subject) -> str:
        said = [raised(subject.clm.contracts.status, own) for own in NOBODY]
        demand(None not in said, "it has a status")
        demand(NotFound in said, f"it is {[_name(one) for one in said]}")
        return "NotFound"


def _hinges(subject: Subject, word: str) -> bool:
    """Say whether a word is seen with several statuses: more than it decides."""
    return len({c.status for c in subject.contracts if c.source.status == word}) > 1


def raised(call: Any, id: str) -> type[ClmError] | None:
    """Return the class of the error that a call with an id raises, if it does."""
    try:
        call(id)
    except ClmError as error:
        return type(error)
    return None


def _name(error: type | None) -> str:
    return "no error" if error is None else error.__name__


def _own_ids(contract: Contract) -> set[str]:
    return {link.id for link in contract.external_links}


def _carried(contracts: Sequence[Contract]) -> Counter[str]:
    return Counter(own for one in contracts for own in _own_ids(one))


_TYPES = {
    "parties": Party,
    "people": Person,
    "external_links": ExternalLink,
    "relations": Relation,
}


def _wrong(contract: Any) -> list[str]:
    """Return what of a contract is not what its types say."""
    found = [
        name
        for name, kind in _TYPES.items()
        if not all(isinstance(one, kind) for one in getattr(contract, name))
    ]
    found += [
        name
        for name in ("type", "template")
        if not isinstance(getattr(contract, name), Ref | None)
    ]
    texts = [contract.number, contract.url, *(p.email for p in contract.people)]
    if "" in texts or not contract.name:
        found.append("an empty text")
    if not isinstance(contract.id, str) or not contract.id:
        found.append("no id")
    if not all(isinstance(one, Facet) for one in contract.loaded):
        found.append("an odd facet")
    return found
