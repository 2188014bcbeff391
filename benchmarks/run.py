"""Measure and print: ``make bench``, or ``python benchmarks/run.py NAME``.

Each figure is a ratio of two sides measured in the same run, or a count.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import by_hand
from deliveries import receiving
from measure import Ratio, ratio
from payloads import coupa_contract

HERE = Path(__file__).parent
IN_HERE = f"import sys; sys.path.insert(0, {str(HERE)!r}); import run;"


def decode() -> str:
    """A page of 50 Coupa contracts, bytes to contracts, against a mapping by hand."""
    told = _python(f"{IN_HERE} print(run.decoded(fast=False), run.decoded(fast=True))")
    return f"{told}; aim 1.2x"


def decoded(*, fast: bool) -> str:
    """Compare with the same JSON parser on both sides."""
    import msgspec

    from clm_bridge import _parsing
    from clm_bridge._config import load_settings
    from clm_bridge.adapter import Query, Response
    from clm_bridge.testing import play

    if not fast:
        _parsing._quick = lambda: None  # type: ignore[assignment]  # as if not installed
    else:
        _parsing._quick = lambda: msgspec.json.Decoder(float_hook=Decimal).decode  # type: ignore[assignment]  # the same
    loads = _parsing._quick() or partial(json.loads, parse_float=Decimal)
    body = json.dumps([coupa_contract(n) for n in range(1, 51)]).encode()
    adapter = load_settings(arguments=COUPA).adapter

    def ours() -> object:
        answer = Response(200, {}, body)
        return play(adapter.list_contracts(Query(), None), answer).result.items

    def theirs() -> object:
        return [by_hand.contract(row) for row in loads(body)]

    assert ours() == theirs(), "both sides must do the same work"
    with_or_without = "with" if fast else "without"
    return f"{with_or_without} msgspec {ratio(ours, theirs, pairs=161)};"


COUPA = {
    "vendor": "coupa",
    "instance": "acme",
    "client_id": "id",
    "client_secret": "x",
    "timezone": "America/Los_Angeles",
}


def loopback() -> str:
    """10,000 Coupa contracts over loopback, processor time, against httpx and json."""
    said = []
    with served("server.py", "coupa", 10_000, 0) as url:
        for base in ("bare_httpx", "mapped_by_hand"):
            for hidden in ((), ("msgspec",)):
                found = _paired("coupa", base, url, "cpu", pairs=7, hidden=hidden)
                said.append(f"{base}, without {hidden or 'nothing'}: {found}")
    return "\n  ".join(["", *said, "aim 1.25x"])


def small() -> str:
    """500 small calls, 8 at a time: asyncio against threads, processor time."""
    said = []
    with served("server.py", "spotdraft", 100, 0.01) as url:
        for hidden in ((), ("sniffio",)):
            found = _paired("async_calls", "calls", url, "cpu", pairs=7, hidden=hidden)
            said.append(f"without {hidden or 'nothing'}: {found}")
    return "\n  ".join(["", *said])


def first() -> str:
    """What comes on top of one response of 50 ms until the first contract is there."""
    with served("server.py", "spotdraft", 10_000, 0.05) as url:
        spent = [float(_run("first", url).stderr) for _ in range(9)]
    low, median, high = (1000 * (one - 0.05) for one in statistics.quantiles(spent))
    return f"{median:.1f} ms (quartiles {low:.1f} to {high:.1f}); aim 15 ms"


def latency() -> str:
    """10,000 SpotDraft rows at 50 ms a response, wall time; base: the vendors' loop."""
    with served("server.py", "spotdraft", 10_000, 0.05) as url:
        found = _paired("numbered", "documented_loop", url, "wall", pairs=3)
    return f"{found}; aim 0.2x with 8 in flight"


def connections() -> str:
    """Connections that a listing opens, counted at the server."""
    said = []
    for who, kind in (("numbered", "spotdraft"), ("coupa", "coupa")):
        with served("server.py", kind, 3_000, 0.01) as url:
            _listing(who, url)
            counts = json.loads(urlopen(f"{url}/stats").read())
        # The question itself comes on a connection of its own.
        opened = counts["connections"] - 1
        said.append(f"{who} {opened} for {counts['requests']} pages")
    return "; ".join(said) + "; aim: as many as pages in flight (8 and 1)"


def pace() -> str:
    """Share of a vendor's rate that is reached, and how many calls are refused."""
    said = []
    for vendor, (rate, burst, calls, settings) in PACED.items():
        with served("bucket.py", rate, burst, 0.05) as url:
            took = _paced(vendor, url, calls, settings)
            refused = json.loads(urlopen(f"{url}/stats").read())["refused"]
        share = (calls - burst) / rate / took
        said.append(f"{vendor} {share:.3f} of the bound, {refused} refused")
    return "; ".join(said) + "; aim 0.95 and 0"


PACED = {
    "coupa": (25, 20, 400, {"timezone": "UTC", "token_settle": 0}),
    "spotdraft": (10, 10, 160, {}),
}


def _paced(vendor: str, url: str, calls: int, settings: dict[str, object]) -> float:
    """Make calls from four threads, which is enough at 50 ms; return the seconds."""
    import time
    from concurrent.futures import ThreadPoolExecutor

    import clm_bridge

    own = {"client_id": "id", "client_secret": "x", "rates": False, **settings}
    with (
        clm_bridge.connect(vendor=vendor, base_url=url, **own) as clm,
        ThreadPoolExecutor(4) as pool,
    ):
        begun = time.perf_counter()
        list(pool.map(lambda _: clm.vendor.request("GET", "ping"), range(calls)))
        return time.perf_counter() - begun


def memory() -> str:
    """Growth of the peak between the 1,000th and the 200,000th contract."""
    return _python(f"{IN_HERE} print(run.memory_growth())")


def memory_growth() -> str:
    """Iterate 200,000 contracts over loopback and compare resident peaks."""
    import resource

    from listing import coupa

    with served("server.py", "coupa", 200_000, 0) as url:
        peaks = {}
        for seen, _ in enumerate(coupa(url), start=1):
            if seen in (1_000, 200_000):
                peaks[seen] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = (peaks[200_000] - peaks[1_000]) / 1024
    return f"{grown:.1f} MB; aim 8 MB"


def modules() -> str:
    """What `import clm_bridge` loads of what it should not."""
    return _python(
        "import sys, clm_bridge; "
        "heavy = 'httpx ssl asyncio rich click flask'.split(); "
        "print([m for m in heavy if m in sys.modules], len(sys.modules), 'modules')"
    )


def start() -> str:
    """Start of `clm-bridge --help` against `python -c pass`, wall time."""
    import time

    def helped() -> object:
        return subprocess.run(
            [sys.executable, "-m", "clm_bridge", "--help"], capture_output=True
        )

    def passed() -> object:
        return subprocess.run([sys.executable, "-c", "pass"], capture_output=True)

    return f"{ratio(helped, passed, pairs=15, clock=time.perf_counter)}; aim 6x"


def client() -> str:
    """One more `connect` with credentials against one more httpx client."""
    import httpx

    from clm_bridge import connect

    def connected() -> object:
        settings = {key: one for key, one in COUPA.items() if key != "vendor"}
        return connect(vendor="coupa", **settings).close()

    def plain() -> object:
        return httpx.Client().close()

    return f"{ratio(connected, plain, pairs=41)}; aim 0.5x"


def _paired(
    who: str,
    base: str,
    url: str,
    clock: str,
    *,
    pairs: int,
    hidden: Sequence[str] = (),
) -> Ratio:
    found = []
    for turn in range(pairs):
        both = (who, base) if turn % 2 else (base, who)
        spent = {one: _listing(one, url, *hidden)[clock] for one in both}
        found.append(spent[who] / spent[base])
    low, median, high = statistics.quantiles(found, n=4)
    return Ratio(median, low, high, pairs)


def _listing(who: str, url: str, *hidden: str) -> dict[str, float]:
    counted: dict[str, float] = json.loads(_run(who, url, *hidden).stdout)
    assert counted["count"] > 0
    return counted


def _run(who: str, url: str, *hidden: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HERE / "listing.py"), who, url, *hidden],
        capture_output=True,
        text=True,
        check=True,
    )


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@contextmanager
def served(program: str, *told: object) -> Iterator[str]:
    """Run a server in a process of its own."""
    words = [sys.executable, str(HERE / program), *map(str, told)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.kill()


ALL: tuple[Callable[[], str], ...] = (
    decode,
    loopback,
    small,
    latency,
    first,
    connections,
    pace,
    memory,
    modules,
    start,
    client,
    receiving,
)


def main() -> None:
    """Run the named measurements, or all."""
    chosen = sys.argv[1:] or [one.__name__ for one in ALL]
    for one in ALL:
        if one.__name__ in chosen:
            print(f"{one.__name__:12} {one()}", flush=True)


if __name__ == "__main__":
    main()
