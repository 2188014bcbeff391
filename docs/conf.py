"""How the site is built: ``make docs``."""

from __future__ import annotations

from enum import EnumType
from importlib.metadata import version as installed
from typing import Any

from sphinx.application import Sphinx

project = "clm-bridge"
author = "the clm-bridge authors"
project_copyright = "the clm-bridge authors, Apache-2.0"
version = release = installed("clm-bridge")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
default_role = "code"
# "type" in an annotation is the builtin, and not one of the attributes of that name.
suppress_warnings = ["ref.python"]

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_use_type_comments = False
maximum_signature_line_length = 72
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "clm-bridge"
html_static_path = ["_static"]
html_css_files = ["tables.css"]
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5c53",
        "color-brand-content": "#0b5c53",
        "color-api-name": "#0b5c53",
        "color-api-pre-name": "#5b6b69",
    },
    "dark_css_variables": {
        "color-brand-primary": "#5fc9bb",
        "color-brand-content": "#5fc9bb",
        "color-api-name": "#5fc9bb",
        "color-api-pre-name": "#8fa19f",
    },
}


def unsigned(
    _app: Sphinx, what: str, _name: str, found: Any, *_: Any
) -> tuple[str, None] | None:
    """Leave out the signatures of what nobody calls."""
    if what == "exception" or isinstance(found, EnumType):
        return "", None
    return None


def setup(app: Sphinx) -> None:
    """Connect the functions above."""
    app.connect("autodoc-process-signature", unsigned)
