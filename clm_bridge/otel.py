"""
OpenTelemetry: a span for each exchange, and what to count.

    clm = clm_bridge.connect("acme", plugins=[Telemetry()])

It needs the extra ``otel``, which is OpenTelemetry's API alone; the program that runs
decides what becomes of spans and metrics.  No span has a URL with a query.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

try:
    from opentelemetry import metrics, trace
    from opentelemetry.trace import SpanKind, Status, StatusCode
except ImportError as error:
    raise ImportError(
        "clm_bridge.otel needs OpenTelemetry: pip install 'clm-bridge[otel]'"
    ) from error

from ._hooks import Exchange, Unknown, hookimpl

__all__ = ["Telemetry"]

SCOPE = "clm_bridge"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)
"""The bounds that the semantic conventions advise for this histogram."""


class Telemetry:
    """
    A plug-in that tells OpenTelemetry of a connection's exchanges.

    A span is a child of the one that was current where the call was made, in threads
    and in asyncio.  Without providers of its own it takes the global ones.
    """

    def __init__(
        self,
        *,
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
    ) -> None:
        self._tracer = trace.get_tracer(SCOPE, tracer_provider=tracer_provider)
        meter = metrics.get_meter(SCOPE, meter_provider=meter_provider)
        self._duration = meter.create_histogram(
            "http.client.request.duration",
            unit="s",
            description="Duration of requests to the vendor, waits left out.",
            explicit_bucket_boundaries_advisory=BUCKETS,
        )
        self._unknown = meter.create_counter(
            "clm_bridge.unknown",
            unit="{sighting}",
            description="The vendor's words and fields that the model does not know.",
        )

    @hookimpl
    def clm_bridge_exchange(self, exchange: Exchange) -> None:
        """Make a span of an exchange, with the times at which it began and ended."""
        end = time.time_ns()
        span = self._tracer.start_span(
            f"{exchange.method} {exchange.path}",
            kind=SpanKind.CLIENT,
            attributes=_told(exchange) | _told_of_one(exchange),
            start_time=end - int(exchange.seconds * 1e9),
        )
        if exchange.error is not None:
            span.set_status(Status(StatusCode.ERROR))
        span.end(end_time=end)
        self._duration.record(exchange.seconds, _told(exchange))

    @hookimpl
    def clm_bridge_unknown(self, unknown: Unknown) -> None:
        """Count a word or a field that nobody knows."""
        told = {
            "clm_bridge.vendor": unknown.vendor,
            "clm_bridge.connection": unknown.connection,
            "clm_bridge.kind": unknown.kind,
            "clm_bridge.word": unknown.word,
        }
        self._unknown.add(1, _known(told))


def _told(exchange: Exchange) -> dict[str, str | int | float]:
    """Return what groups exchanges: few values each, so that metrics stay small."""
    host, _, port = (exchange.server or "").rpartition("@")[2].partition(":")
    return _known(
        {
            "http.request.method": exchange.method,
            "http.response.status_code": exchange.status,
            "url.template": exchange.path,
            "server.address": host or None,
            "server.port": int(port) if port.isdecimal() else None,
            "error.type": _error_type(exchange),
            "clm_bridge.vendor": exchange.vendor,
            "clm_bridge.connection": exchange.connection,
            "clm_bridge.operation": exchange.operation,
        }
    )


def _told_of_one(exchange: Exchange) -> dict[str, str | int | float]:
    """Return what is of one exchange alone."""
    return _known(
        {
            "http.request.resend_count": exchange.attempt - 1 or None,
            "clm_bridge.attempt": exchange.attempt,
            "clm_bridge.paced": exchange.paced,
            "clm_bridge.backed_off": exchange.backed_off,
            "clm_bridge.request_id": exchange.request_id,
        }
    )


def _error_type(exchange: Exchange) -> str | None:
    """Return the status, as the conventions ask, or the class where none came."""
    if exchange.error is None:
        return None
    return exchange.error if exchange.status is None else str(exchange.status)


def _known(
    told: Mapping[str, str | int | float | None],
) -> dict[str, str | int | float]:
    return {name: value for name, value in told.items() if value is not None}
