"""The recipes of docs/receiving.md, with a delivery through each framework."""

from __future__ import annotations

import asyncio
import hmac
import json
import sys
import time
import types
from pathlib import Path

import httpx
import pytest

from .conftest import body

PAGE = Path(__file__).parents[2] / "docs" / "receiving.md"
SECRET = "a-secret"

if not PAGE.is_file():
    pytest.skip("only a source tree has docs", allow_module_level=True)

sys.path.insert(0, str(PAGE.parent))

from tabled.pages import runnable  # noqa: E402  # found by the line above


def headers(content):
    stamp = str(int(time.time() * 1000))
    told = f"{stamp}.".encode() + content
    digest = hmac.new(SECRET.encode(), told, "sha256").hexdigest()
    return {"Leeway-Signature": f"t={stamp},sha256={digest}"}


@pytest.fixture
def page(tmp_path, monkeypatch):
    """The page's blocks up to the recipes' end, run in one module."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clm.toml").write_text(
        '[connections.acme]\nvendor = "tomorro"\nsandbox = true\n', encoding="utf-8"
    )
    module = types.ModuleType("recipes")
    monkeypatch.setitem(sys.modules, "recipes", module)
    for text in runnable(PAGE, "python"):
        exec(compile(text, "receiving.md", "exec"), vars(module))
        if "urlpatterns" in vars(module):
            break
    yield module
    module.receiver.close()


def waiting(page):
    return page.receiver.queues()["acme"].counts().get("waiting", 0)


def test_fastapi(page):
    """Mounted below /hooks; the worker lives as long as the application."""
    handled = []
    page.worker._handler = handled.append
    app = page.fastapi_app

    async def delivered():
        transport = httpx.ASGITransport(app=app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://hooks") as client,
        ):
            content = body()
            good = await client.post(
                "/hooks/acme", content=content, headers=headers(content)
            )
            bad = await client.post("/hooks/acme", content=content)
            async with asyncio.timeout(20):
                while not handled:
                    await asyncio.sleep(0.01)
        return good.status_code, bad.status_code

    assert asyncio.run(delivered()) == (200, 401)
    assert [event.id for event in handled] == ["e1"]


def test_flask(page):
    """Beside the application's own pages."""
    client = page.flask_app.test_client()

    told = client.post("/hooks/acme", data=body(), headers=headers(body()))
    bad = client.post("/hooks/acme", data=body())

    assert (told.status_code, bad.status_code) == (200, 401)
    assert client.get("/elsewhere").status_code == 404
    assert waiting(page) == 1


def test_django(page):
    """A view of its own, exempt from the check that forms need."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            ROOT_URLCONF="recipes",
            ALLOWED_HOSTS=["testserver"],
            MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
        )
        django.setup()
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    told = client.post(
        "/hooks/acme",
        data=json.loads(body()),
        content_type="application/json",
    )
    content = body()
    good = client.generic("POST", "/hooks/acme", content, headers=headers(content))

    assert (told.status_code, good.status_code) == (401, 200)
    assert waiting(page) == 1
