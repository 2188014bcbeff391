"""The sandbox's small workspace, and an adapter that knows the documented fields."""

from __future__ import annotations

import pytest

from clm_bridge._workspace import Pointer

from .reading import adapter
from .sandbox_workspace import Api


@pytest.fixture
def api():
    """A client of a sandbox of its own, with no limit on its calls."""
    return Api()


@pytest.fixture
def spotdraft():
    """An adapter whose settings name the key pointers of the documented payload."""
    return adapter(
        key_dates={
            "effective_on": Pointer("effective_date"),
            "expires_on": Pointer("expiration_date"),
        },
        term={
            "length": Pointer("term_length"),
            "auto_renews": Pointer("auto_renewal"),
        },
        value={"amount": Pointer("contract_value")},
    )
