"""Spans and metrics, as OpenTelemetry's own SDK receives them."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pytest
from opentelemetry import trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from clm_bridge import ClmError
from clm_bridge.adapter import together
from clm_bridge.otel import Telemetry

from .paper import CANARY, DOCUMENT, Paper, Script, answer, rows

SEVEN = {"id": "7"}
QUERY = f"X-Amz-Signature={CANARY}"


class Seen:
    """Telemetry, and what it told."""

    def __init__(self):
        self._spans, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.provider = TracerProvider()
        self.provider.add_span_processor(SimpleSpanProcessor(self._spans))
        meters = MeterProvider(metric_readers=[self._reader])
        self.plugin = Telemetry(tracer_provider=self.provider, meter_provider=meters)

    @property
    def spans(self):
        return [
            one for one in self._spans.get_finished_spans() if one.kind.name == "CLIENT"
        ]

    def points(self, name):
        told = self._reader.get_metrics_data()
        return [
            point
            for resource in (told.resource_metrics if told else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
            for point in metric.data.data_points
        ]


@pytest.fixture
def seen():
    return Seen()


def get(clm):
    return clm.contracts.get("7")


def test_an_exchange_is_a_span(connect, seen):
    """It carries the names of the conventions, and when it began and ended."""
    connect(
        Script(answer(SEVEN, headers={"x-request-id": "r1"})), plugins=[seen.plugin]
    ).do(get)
    [span] = seen.spans

    assert span.name == "GET contracts/{id}"
    assert span.start_time <= span.end_time
    assert {
        key: value
        for key, value in span.attributes.items()
        if "." in key and "paced" not in key
    } == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "url.template": "contracts/{id}",
        "server.address": "paper.example",
        "clm_bridge.vendor": "paper",
        "clm_bridge.connection": "acme",
        "clm_bridge.operation": "contracts.get",
        "clm_bridge.attempt": 1,
        "clm_bridge.backed_off": 0.0,
        "clm_bridge.request_id": "r1",
    }


def test_a_failed_attempt_is_a_span_of_its_own(connect, seen):
    """The second one says how long was waited for it."""
    bridge = connect(Script(answer(status=503), answer(SEVEN)), plugins=[seen.plugin])
    bridge.do(get)
    first, second = seen.spans

    assert (first.attributes["error.type"], first.status.status_code.name) == (
        "503",
        "ERROR",
    )
    assert second.attributes["http.request.resend_count"] == 1
    assert second.attributes["clm_bridge.backed_off"] == bridge.slept[0]
    assert "error.type" not in second.attributes


def test_no_answer_is_an_error_by_its_class(connect, seen):
    """There is no status to tell."""
    script = Script(*[httpx.ConnectError("no")] * 3)
    with pytest.raises(ClmError):
        connect(script, plugins=[seen.plugin]).do(get)

    assert {one.attributes["error.type"] for one in seen.spans} == {"ConnectionFailed"}


def test_no_span_has_a_query_or_a_header(connect, seen, tmp_path):
    """A signed link, a credential and an id of a record stay out."""
    link = {"url": f"https://files.example/a?{QUERY}"}
    script = Script(answer(link), answer({"a": 1}))
    connect(script, plugins=[seen.plugin]).do(
        lambda clm: clm.documents.download(DOCUMENT, tmp_path / "a")
    )

    told = str([one.to_json() for one in seen.spans])
    assert len(seen.spans) == 2
    assert CANARY not in told
    assert "files.example" not in told


def test_a_span_is_a_child_of_the_callers(connect, seen):
    """Also where the request leaves from another thread, or another task."""

    class Twice(Paper):
        async def get_contract(self, id):
            await together(super().get_contract(id), super().get_contract(id))
            return await super().get_contract(id)

    script = Script(*[answer(SEVEN)] * 3)
    bridge = connect(script, Twice(), plugins=[seen.plugin])
    with seen.provider.get_tracer("user").start_as_current_span("work") as parent:
        bridge.do(get)

    mine = parent.get_span_context().span_id
    assert [one.parent.span_id for one in seen.spans] == [mine] * 3


def test_pages_are_children_of_the_callers(connect, seen):
    """They are fetched ahead by threads of their own."""
    script = Script(answer(rows("1", more=["2"])), answer(rows("2")))
    bridge = connect(script, plugins=[seen.plugin])
    with seen.provider.get_tracer("user").start_as_current_span("work") as parent:
        bridge.do(lambda clm: clm.contracts.list(detail="summary"))

    mine = parent.get_span_context().span_id
    assert [one.parent.span_id for one in seen.spans] == [mine] * 2
    assert trace.get_current_span() is trace.INVALID_SPAN


def test_durations_are_grouped_by_few_values(connect, seen):
    """A request's id is in no metric."""
    script = Script(answer(SEVEN, headers={"x-request-id": "r1"}), answer(SEVEN))
    bridge = connect(script, plugins=[seen.plugin])
    bridge.do(get), bridge.do(get)
    [point] = seen.points("http.client.request.duration")

    assert point.count == 2
    assert "clm_bridge.request_id" not in point.attributes


def test_unknown_words_and_fields_are_counted(connect, seen):
    """Fields are looked for in the first contract of each page."""
    told = answer(rows("1", "2", status="frozen"))
    connect(Script(told), plugins=[seen.plugin]).do(
        lambda clm: clm.contracts.list(detail="summary")
    )
    counted = {
        (
            point.attributes["clm_bridge.kind"],
            point.attributes["clm_bridge.word"],
        ): point.value
        for point in seen.points("clm_bridge.unknown")
    }

    assert counted[("status", "frozen")] == 2
    assert counted[("field", "row.id")] == 1


def test_the_library_needs_no_opentelemetry():
    """Only who imports the plug-in pays for it."""
    program = (
        "import sys; import clm_bridge; from clm_bridge import connect; "
        "connect(vendor='spotdraft', sandbox=True).check(); "
        "assert 'opentelemetry' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_without_opentelemetry_the_extra_is_named():
    """The error says what to install."""
    program = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "try: import clm_bridge.otel\n"
        "except ImportError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert "pip install 'clm-bridge[otel]'" in done.stdout
