"""The settings of a Coupa connection."""

from __future__ import annotations

from typing import Any

import pytest

from clm_bridge import ConfigError, connect

from .reading import adapter

KNOWN: dict[str, Any] = {
    "vendor": "coupa",
    "client_id": "app",
    "client_secret": "s3",
    "timezone": "Europe/Paris",
}


def test_an_instance_is_a_host() -> None:
    """The instance's name stands before coupahost.com."""
    assert adapter(instance="acme-test").base_url.startswith(
        "https://acme-test.coupahost.com/"
    )


def test_another_origin() -> None:
    """Partners' hosts and sandboxes are named whole."""
    coupa = adapter(instance=None, base_url="https://demo.coupacloud.com/")

    assert coupa.base_url == "https://demo.coupacloud.com/api/"


def test_no_host_at_all() -> None:
    """One of the two is needed."""
    with pytest.raises(ConfigError, match="instance is missing; or write base_url"):
        adapter(instance=None)


@pytest.mark.parametrize("wrong", ["acme.coupahost.com", "https://acme", "a/b#"])
def test_an_instance_is_a_name_alone(wrong: str) -> None:
    """A whole host in its place would send the secret elsewhere."""
    with pytest.raises(ConfigError, match="instance is not a name"):
        adapter(instance=wrong)


@pytest.mark.parametrize("wrong", ["id", "custom-field:", ""])
def test_external_id_names_a_known_place(wrong: str) -> None:
    """The own id lives in one of three attributes, or in a custom field."""
    with pytest.raises(ConfigError, match=r"or custom-field:<name>"):
        adapter(external_id=wrong)


@pytest.mark.parametrize("name", ["custom-fields", "custom_fields.erp-agreement"])
def test_custom_fields_are_not_named_one_by_one(name: str) -> None:
    """All of them come; naming one would keep the others away."""
    with pytest.raises(ConfigError, match="custom fields come without being named"):
        adapter(fields=(name,))


def test_a_time_zone_is_needed() -> None:
    """Coupa stores days as instants."""
    settings = {name: value for name, value in KNOWN.items() if name != "timezone"}

    with pytest.raises(ConfigError, match="timezone is missing"):
        connect(**settings, instance="acme")


def test_the_secret_is_not_shown() -> None:
    """Neither the bridge nor its adapter's settings show the secret."""
    with connect(**KNOWN, instance="acme") as clm:
        assert "s3" not in repr(clm.settings.adapter.auth)
