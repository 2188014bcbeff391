"""Who may import whom, and what an import costs."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import clm_bridge

CORE = Path(clm_bridge.__file__).parent
VENDORS = ("clm_bridge_coupa", "clm_bridge_spotdraft", "clm_bridge_tomorro")
HEAVY = ("httpx", "ssl", "asyncio", "flask", "rich", "click", "sqlite3")
WAITING = {
    "_async_bridge",
    "_asyncio",
    "_blocking",
    "_bridge",
    "_clients",
    "_http",
    "_incoming",
    "_network",
    "_outgoing",
    "_redirects",
    "_rehearsal",
    "receiving._forward",
}
"""The only files of the core that know httpx, besides what tests stand on."""


def home(package):
    """The folder of an adapter's package, which is not imported for it."""
    return Path(importlib.util.find_spec(package).origin).parent


def modules(folder, package):
    """Yield the dotted name and syntax tree of each file below *folder*."""
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        dotted = ".".join((package, *parts)).removesuffix(".__init__")
        yield dotted, ast.parse(path.read_text(encoding="utf-8")), path


def imported(tree, dotted, path, *, everywhere=True):
    """
    Yield the dotted name of each module that is imported.

    Without *everywhere*, only what is imported when the file is: neither inside a
    function nor for the type checker alone.
    """
    package = dotted if path.name == "__init__.py" else dotted.rpartition(".")[0]
    for node in walk(tree, everywhere=everywhere):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            named = [node.module] if node.module else []
            base = ".".join([*above, *named] if node.level else named)
            yield from (f"{base}:{alias.name}" for alias in node.names)


def walk(tree, *, everywhere):
    for node in ast.iter_child_nodes(tree):
        yield node
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not everywhere and (later or is_for_checkers(node)):
            continue
        yield from walk(node, everywhere=everywhere)


def is_for_checkers(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def graph():
    """Each module of the core, and the modules of the core that it needs first."""
    found = {dotted: (tree, path) for dotted, tree, path in modules(CORE, "clm_bridge")}
    needs = {}
    for dotted, (tree, path) in found.items():
        needs[dotted] = set()
        for told in imported(tree, dotted, path, everywhere=False):
            base, _, name = told.partition(":")
            inner = f"{base}.{name}"
            needs[dotted].add(inner if inner in found else base)
        needs[dotted] &= set(found) - {dotted}
    return needs


def test_imports_go_down_only():
    """No module needs one that needs it."""
    assert [*TopologicalSorter(graph()).static_order()]


def test_the_graph_sees_what_is_imported():
    """A test of the test: relative imports of both spellings are found."""
    needs = graph()

    assert "clm_bridge._messages" in needs["clm_bridge._flow"]
    assert "clm_bridge._operations" in needs["clm_bridge._bridge"]
    assert "clm_bridge._errors" in needs["clm_bridge.testing._play"]
    assert "clm_bridge.sandbox" not in needs["clm_bridge._setup"]


PUBLIC = "[getattr(clm_bridge, name) for name in clm_bridge.__all__ if name not in {}]"
DOORS = ("AsyncBridge", "Bridge", "connect", "connect_async", "SqliteLinks")
INDEX = ("LinkIndex", "MemoryLinks", "Plan")


def loaded(program):
    """The heavy modules that a fresh interpreter holds after *program*."""
    told = f"{program}; import sys; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_importing_the_library_is_cheap():
    """Nothing that waits, and nothing that draws, is loaded."""
    assert loaded("import clm_bridge") == "[]"


def test_the_model_is_cheap():
    """Contracts can be kept and written without a client."""
    program = f"import clm_bridge; {PUBLIC.format((*DOORS, *INDEX))}"

    assert loaded(program) == "[]"


def test_a_door_loads_what_waits():
    """A test of the test: what is looked for is found when it is needed."""
    assert "httpx" in loaded("from clm_bridge import connect")


@pytest.mark.parametrize(
    ("dotted", "tree", "path"),
    [one for one in modules(CORE, "clm_bridge") if "cli" not in one[0].split(".")],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_only_the_edge_knows_httpx(dotted, tree, path):
    """Waiting lives in a few files, the sandbox's transport and the tests' doubles."""
    knows = any(
        told.split(":")[0].split(".")[0] == "httpx"
        for told in imported(tree, dotted, path)
    )
    inner = dotted.partition(".")[2]

    first = inner.partition(".")[0]
    assert not knows or inner in WAITING or first in {"sandbox", "testing"}


def code(tree):
    """The source of *tree* without its docstrings and comments."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [one for one in body if not is_text(one)]
            node.body = kept or [ast.Pass()]
    return ast.unparse(tree)


def is_text(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def test_the_core_never_names_a_vendor():
    """If it had to, the contract between core and adapters would be wrong."""
    named = [
        dotted
        for dotted, tree, _ in modules(CORE, "clm_bridge")
        if not dotted.startswith("clm_bridge.cli")
        and any(vendor.removeprefix("clm_bridge_") in code(tree) for vendor in VENDORS)
    ]

    assert named == []


def adapter_files():
    for vendor in VENDORS:
        for dotted, tree, path in modules(home(vendor), vendor):
            if "sandbox" not in dotted.split("."):
                yield pytest.param(dotted, tree, path, id=dotted)


ALLOWED = {"clm_bridge", "clm_bridge.adapter", "attrs"}


@pytest.mark.parametrize(("dotted", "tree", "path"), [*adapter_files()])
def test_an_adapter_imports_only_what_it_may(dotted, tree, path):
    """The two public modules, attrs, the standard library, and itself."""
    vendor = dotted.split(".")[0]
    found = {told.split(":")[0] for told in imported(tree, dotted, path)}
    foreign = {
        one
        for one in found - ALLOWED
        if one.split(".")[0] not in {*sys.stdlib_module_names, vendor}
    }

    in_hook = {"clm_bridge.sandbox"} if dotted == vendor else set()
    assert foreign <= in_hook


@pytest.mark.parametrize(("dotted", "tree", "path"), [*adapter_files()])
def test_an_adapter_does_not_load_its_sandbox(dotted, tree, path):
    """A connection to the vendor needs no flask."""
    found = imported(tree, dotted, path, everywhere=False)

    assert not any("sandbox" in told for told in found)


@pytest.mark.parametrize(("dotted", "tree", "path"), [*adapter_files()])
def test_an_adapter_does_no_waiting_of_its_own(dotted, tree, path):
    """No clock, no sleeping, no logging, no sockets."""
    found = {told.split(":")[0].split(".")[0] for told in imported(tree, dotted, path)}

    assert not found & {"time", "asyncio", "threading", "socket", "logging", "urllib3"}


DOORS_OF_THE_PACKAGE = (
    "clm_bridge",
    "clm_bridge.adapter",
    "clm_bridge.moving",
    "clm_bridge.testing",
    "clm_bridge.sandbox",
)


@pytest.fixture(params=DOORS_OF_THE_PACKAGE)
def door(request):
    """A module that others import from."""
    return importlib.import_module(request.param)


def spelling(name):
    """Constants first, then classes, then functions."""
    return (not name.isupper(), name[0].islower(), name)


def test_public_names_are_listed_in_order(door):
    """A sorted __all__ without repeats, each of whose names is there."""
    assert door.__all__ == sorted(set(door.__all__), key=spelling)
    assert all(hasattr(door, name) for name in door.__all__)
    assert set(door.__all__) <= set(dir(door))


def undocumented(door):
    for name in door.__all__:
        one = getattr(door, name)
        if inspect.isclass(one) or inspect.isfunction(one):
            if not inspect.getdoc(one):
                yield name
            yield from undocumented_members(name, one)


def undocumented_members(name, cls):
    for member, one in vars(cls).items() if inspect.isclass(cls) else ():
        told = one.fget if isinstance(one, property) else getattr(one, "__func__", one)
        ours = inspect.isfunction(told) and not member.startswith("_")
        if ours and not inspect.getdoc(getattr(cls, member)):
            yield f"{name}.{member}"


def test_every_public_name_has_a_docstring(door):
    """Classes, functions, and the public methods of classes."""
    assert [*undocumented(door)] == []


def test_an_unknown_name_is_an_attribute_error():
    """Names that are imported late fail like others."""
    with pytest.raises(AttributeError, match="has no attribute 'conect'"):
        clm_bridge.conect  # noqa: B018


def test_every_package_says_that_it_is_typed():
    """Type checkers read the annotations of all four."""
    assert all((home(name) / "py.typed").is_file() for name in ("clm_bridge", *VENDORS))
