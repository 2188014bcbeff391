"""
Change one mapping of an adapter at a time, and see whether the suite notices,
or else the cassettes.

    python -m tests.suite.mutations                every mutation of every adapter
    python -m tests.suite.mutations --sample 20    some of each, by a fixed seed

What is changed: the spelling of a key, a word of a table, what a word leads to, a
keyword that carries a value, a number, a comparison, and the type that cuts an instant
into a day.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.util
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from clm_bridge._hooks import load, sandbox_class
from clm_bridge.testing.suite import MUSTS, Plugin, run, sandboxed

from ..procurement import VENDORS, of, record

ROOT = Path(__file__).parents[2]
MODULES = ("_wire", "_mapping", "_fields", "_paging", "_envelopes")
FIRST = (
    "STATUS-6",
    "GET-5",
    "DATES-3",
    "DATES-6",
    "MONEY-2",
    "FIND-4",
    "FIELDS-3",
    "PAYLOAD-12",
)
SLOW = ("PAYLOAD-5", "LIST-5", "FILES-1")
"""Checks that say nothing of a mapping, or only very slowly."""

ORDER = [
    *(f"MUST-{one}" for one in FIRST),
    *(own for own in MUSTS if not own.endswith((*FIRST, *SLOW))),
]
SEED = 20261125


@frozen
class Mutation:
    """One change: where it is, what it does, and the module as it then is."""

    vendor: str
    module: str
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.vendor}/{self.module}.py:{self.line} {self.what}"


def folder(vendor):
    """The folder of an adapter's package."""
    found = importlib.util.find_spec(f"clm_bridge_{vendor}")
    return Path(found.origin).parent


def mutations(vendor) -> Iterator[Mutation]:
    """Yield every mutation of an adapter's mapping."""
    for module in MODULES:
        path = folder(vendor) / f"{module}.py"
        if not path.is_file():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for index, node in enumerate(ast.walk(tree)):
            for number, _ in enumerate(changes(copy.deepcopy(node))):
                other = copy.deepcopy(tree)
                target = [*ast.walk(other)][index]
                what, change = [*changes(target)][number]
                line = getattr(node, "lineno", 0)
                change()
                text = ast.unparse(ast.fix_missing_locations(other))
                yield Mutation(vendor, module, line, what, text)


def changes(node):
    """Yield what can be changed at a node: in words, and how."""
    if isinstance(node, ast.Dict):
        yield from table_changes(node)
    elif isinstance(node, ast.AnnAssign) and is_wire(node.value):
        yield from wire_changes(node)
    elif isinstance(node, ast.Call):
        yield from call_changes(node)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield from comparison_changes(node)


def table_changes(node):
    for place, key in enumerate(node.keys):
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield f"key {key.value!r} misspelt", setter(key, "value", key.value + "_x")
            other = node.values[(place + 1) % len(node.values)]
            if ast.dump(other) != ast.dump(node.values[place]):
                moved = copy.deepcopy(other)
                what = f"{key.value!r} leads to {ast.unparse(other)[:40]}"
                yield what, item_setter(node.values, place, moved)


def is_wire(value):
    named = isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
    return named and value.func.id == "wire"


def wire_changes(node):
    name = node.target.id
    if any(is_none(one.value) for one in node.value.keywords if one.arg == "default"):
        spelling = node.value.args[0].value if node.value.args else name
        misspelt = ast.Constant(f"{spelling}_x")
        yield (
            f"{name} read from {spelling}_x",
            item_setter(node.value, "args", [misspelt]),
        )
    if "Day" in ast.unparse(node.annotation):
        other = ast.parse("datetime | None", mode="eval").body
        yield f"{name} is not cut into a day", setter(node, "annotation", other)


def is_none(value):
    return isinstance(value, ast.Constant) and value.value is None


def call_changes(node):
    called = ast.unparse(node.func)
    if called[:1].isupper() and called != "Mutation":
        for place, keyword in enumerate(node.keywords):
            if keyword.arg and not isinstance(keyword.value, ast.Constant):
                yield (
                    f"{called}({keyword.arg}=) is None",
                    setter(node.keywords[place], "value", ast.Constant(None)),
                )
    if called.endswith(".get") and node.args:
        [key, *_] = node.args
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            yield f"key {key.value!r} misspelt", setter(key, "value", key.value + "_x")


SWAPPED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
}


def comparison_changes(node):
    other = SWAPPED.get(type(node.ops[0]))
    if other is not None:
        yield f"{ast.unparse(node)[:50]} turned round", setter(node, "ops", [other()])


def setter(target, name, value):
    return lambda: setattr(target, name, value)


def item_setter(target, place, value):
    if isinstance(place, str):
        return lambda: setattr(target, place, value)
    return lambda: target.__setitem__(place, value)


def sampled(vendor, count):
    """Return some mutations of an adapter, always the same; all without a count."""
    found = [*mutations(vendor)]
    if count is None or count >= len(found):
        return found
    return random.Random(f"{SEED}{vendor}").sample(found, count)


@contextmanager
def mutated(mutation, name):
    """Write a copy of the adapter's package with the change in it, called *name*."""
    with TemporaryDirectory() as there:
        package = Path(there) / name
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder(mutation.vendor), package, ignore=ignored)
        changed = package / f"{mutation.module}.py"
        changed.write_text(mutation.source, encoding="utf-8")
        yield there


@contextmanager
def imported(name, there):
    """Import a package from a folder, and forget it afterwards."""
    sys.path.insert(0, there)
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(name).clm_bridge_adapter()
    finally:
        sys.path.remove(there)
        for module in [one for one in sys.modules if one.split(".")[0] == name]:
            del sys.modules[module]


def caught(mutation):
    """Return what notices a mutation: a MUST, the cassettes, or nothing."""
    return by_suite(mutation) or by_cassettes(mutation)


def by_suite(mutation):
    """Return the MUST that notices a mutation, or None."""
    vendor, name = mutation.vendor, f"mutated_{mutation.vendor}"
    sandbox = sandbox_class(load(vendor), vendor)
    try:
        with mutated(mutation, name) as there, imported(name, there) as adapter:
            subject = sandboxed(
                vendor,
                plugin=Plugin(adapter, sandbox),
                settings=of(vendor).SETTINGS,
                record=record,
                unseen=of(vendor).UNSEEN,
            )
            try:
                results = run(subject, ORDER)
                return next((r.must.id for r in results if r.outcome == "failed"), None)
            finally:
                subject.close()
    except Exception as error:  # noqa: BLE001  # a mutant may fail in any way
        return type(error).__name__  # it does not even load


def by_cassettes(mutation):
    """Return "cassettes" if a test of the vendor's documents notices a mutation."""
    tests = sorted((ROOT / "tests" / mutation.vendor).glob("test_cassettes*.py"))
    words = ["-q", "-x", "-k", "threads", "-p", "no:cacheprovider", "-p", "no:xdist"]
    with mutated(mutation, f"clm_bridge_{mutation.vendor}") as there:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words, *map(str, tests)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": there},
            capture_output=True,
        )
    return "cassettes" if done.returncode else None


def report(vendor, count=None):
    """Try mutations of an adapter; return how many there were, and the survivors."""
    chosen, survivors = sampled(vendor, count), []
    for mutation in chosen:
        found = caught(mutation)
        print(f"{found or 'SURVIVED':<18} {mutation}", flush=True)
        if found is None:
            survivors.append(mutation)
    return len(chosen), survivors


def main():
    """Print what became of each mutation; fail below 85 of a hundred."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int)
    parser.add_argument("vendors", nargs="*", default=VENDORS)
    told = parser.parse_args()
    below = False
    for vendor in told.vendors:
        tried, survivors = report(vendor, told.sample)
        share = 1 - len(survivors) / tried
        print(f"{vendor}: {tried - len(survivors)} of {tried} caught, {share:.0%}")
        below = below or share < 0.85
    sys.exit(below)


if __name__ == "__main__":
    main()
