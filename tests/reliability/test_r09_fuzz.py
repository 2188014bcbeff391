"""R9: whatever a vendor answers becomes a value or one documented error."""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Coroutine
from datetime import date
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clm_bridge import (
    Contract,
    Counterparty,
    Document,
    DocumentKind,
    FieldDefinition,
    FieldKind,
    NotFound,
    PayloadError,
    Template,
    Unsupported,
    from_dict,
    redact,
    to_dict,
)
from clm_bridge._flow import as_operation, blocking, run
from clm_bridge._verdicts import refusal
from clm_bridge.adapter import Query, Response, get
from tests import drawn
from tests.coupa import reading as coupa
from tests.spotdraft import reading as spotdraft
from tests.tomorro import wire as tomorro

from . import mutants

ADAPTERS = {
    "coupa": coupa.adapter,
    "spotdraft": spotdraft.adapter,
    "tomorro": tomorro.adapter,
}
IDS = {
    "coupa": "232",
    "spotdraft": "T-34211",
    "tomorro": "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10",
}
MODELS = {
    "contract": drawn.CONTRACTS,
    "document": drawn.DOCUMENTS,
    "template": st.builds(
        Template, drawn.IDS, drawn.TEXT, drawn.SOURCES, st.none() | drawn.REFS
    ),
    "counterparty": st.builds(
        Counterparty,
        drawn.IDS,
        drawn.TEXT,
        drawn.SOURCES,
        active=st.none() | st.booleans(),
        identifiers=drawn.NAMED,
        contacts=drawn.several(drawn.PEOPLE),
    ),
    "field": st.builds(
        FieldDefinition,
        drawn.IDS,
        drawn.TEXT,
        st.sampled_from(FieldKind),
        drawn.SOURCES,
    ),
}
SHARDS = 4
TODAY = date(2026, 1, 31)
MEMORY = 200
"""Megabytes by which a shard may grow."""


@pytest.fixture(params=ADAPTERS)
def vendor(request):
    return request.param


def operations(adapter, id):
    """Every operation that reads and that *adapter* offers, by its public name."""
    document = Document(id, id, "Deal", DocumentKind.SIGNED)
    calls = {
        "check": adapter.check,
        "contracts.list": lambda: listed(adapter),
        "contracts.get": lambda: adapter.get_contract(id),
        "contracts.status": lambda: adapter.contract_status(id),
        "contracts.find_by_external_id": lambda: adapter.find_contracts("PO-1"),
        "documents.list": lambda: adapter.list_documents(id),
        "documents.download": lambda: adapter.download_document(document),
        "templates.list": lambda: adapter.list_templates(None),
        "counterparties.list": lambda: adapter.list_counterparties(None),
        "counterparties.find": lambda: adapter.find_counterparties("Acme"),
        "fields.list": lambda: adapter.list_fields(None),
        "contracts.people": lambda: adapter.list_people(id),
        "contracts.approvals": lambda: adapter.list_approvals(id),
        "contracts.relations": lambda: adapter.list_relations(id),
        "contracts.comments": lambda: adapter.list_comments(id),
    }
    offered = {name for name in adapter.capabilities() if not adapter.indexed(name)}
    return {name: call for name, call in calls.items() if name in offered}


async def listed(adapter):
    """List a page, and complete what is on it, as a listing with all detail does."""
    page = await adapter.list_contracts(Query(), None)
    return [await adapter.complete_contract(one) for one in page.items[:2]]


def answered(operation, answer):
    """Drive *operation* with what *answer* makes of each request."""

    async def send(request):
        return answer(request)

    async def sleep(seconds):
        """Pass by."""

    async def gather(parts):
        try:
            return [
                await run(as_operation(part), send, gather, sleep) for part in parts
            ]
        finally:
            for part in parts:
                if isinstance(part, Coroutine):
                    part.close()

    return blocking(run(operation, send, gather, sleep))


def used(value):
    """Do with a value what its users do; nothing of it may fail."""
    repr(value)
    items = value if isinstance(value, list | tuple) else [value]
    for one in items:
        if isinstance(one, Contract):
            assert from_dict(to_dict(one)) == one
            one.source.report()
            one.term_state(TODAY)
            redact(one)


def megabytes():
    told = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return told / 1024 / (1024 if sys.platform == "darwin" else 1)


def outcome(call, answer):
    """Return whether a value came of it; any other end but a documented one raises."""
    try:
        used(answered(call(), answer))
    except PayloadError as error:
        str(error)
        return False
    except (Unsupported, NotFound) as error:
        if not any(words in str(error) for words in FOUND_OUT):
            raise
        return False
    return True


FOUND_OUT = ("ignores the filter", "no longer has this signed file")
"""What adapters conclude themselves from an answer that can be read."""


def fuzzed(vendor, shard, cases, most):
    """Yield for each case how it ended, and the processor's seconds."""
    mutants.answers(vendor, most)  # reading the files is not what is timed
    adapter = ADAPTERS[vendor]()
    calls = operations(adapter, IDS[vendor])
    for number in range(cases):
        dice = mutants.dice_of(vendor, shard, number)
        name = dice.choice([*calls])
        answer = partial(mutants.response, vendor, dice=dice, most=most)
        begun = time.process_time()
        try:
            ended = outcome(calls[name], answer)
        except Exception as error:  # noqa: BLE001  # it is reported as a failure
            ended = f"{name} {shard}/{number}: {error!r}"
        yield ended, time.process_time() - begun


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_changed_answer_is_a_value_or_an_error(vendor, shard, size, tried, measured):
    """No mutant of what a vendor answered gets past the adapter as anything else."""
    cases = size(full=10_000, few=200) // SHARDS
    before = megabytes()
    ends, spent = zip(
        *fuzzed(vendor, shard, cases, size(full=None, few=12)), strict=True
    )

    assert [end for end in ends if isinstance(end, str)] == []
    assert 0 < sum(ends) < cases, "the mutants were all harmless, or all deadly"
    assert max(spent) < 1, "one answer took more than a second of the processor"
    assert megabytes() - before < MEMORY
    tried(cases, "changed answers")
    measured(f"slowest answer of {vendor}", f"{max(spent) * 1000:.0f} ms")


def test_a_changed_error_body_is_one_short_line(vendor, size, tried):
    """The status is told, whatever the vendor says with it, and nothing else raised."""
    cases = size(full=10_000, few=300)
    adapter, asked = ADAPTERS[vendor](), get("contracts/{id}", id="7")
    coded = 0
    for number in range(cases):
        dice = mutants.dice_of("no", vendor, number)
        body = mutants.refusal(dice)
        status = dice.choice([400, 401, 402, 403, 404, 409, 422, 429, 500, 501, 502])
        answer = Response(status, {"x-request-id": "r1"}, body)
        [*adapter.complaints(answer)]  # alone, without the net of the engine
        code = adapter.error_code(answer)
        error = refusal(adapter, asked, answer)

        assert (error.status, error.request_id) == (status, "r1")
        assert len(str(error).splitlines()) == 1
        assert len(str(error)) < 700
        assert code is None or isinstance(code, str)
        assert str(pickle.loads(pickle.dumps(error))) == str(error)
        coded += code is not None
    assert coded or vendor == "coupa", "no code was read"
    tried(cases, "changed error bodies")


@pytest.mark.parametrize("model", MODELS)
def test_every_record_comes_back_from_json(model, size, tried):
    """What to_dict writes, from_dict reads as the same."""
    cases = size(full=5_000, few=25)
    seen = []

    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=[*HealthCheck],
    )
    @given(MODELS[model])
    def comes_back(one):
        seen.append(model)
        assert from_dict(json.loads(json.dumps(to_dict(one))), type(one)) == one

    comes_back()
    tried(len(seen), "records to JSON and back")
