"""What stands around contracts of Tomorro as its documents show it, through both."""

from __future__ import annotations

import pytest

from clm_bridge import DocumentKind, NewContract, NewCounterparty, Rejected, Upload
from clm_bridge.adapter import FieldKind, Ref
from clm_bridge.testing.cassettes import Cassettes

from .wire import ACME, CONTRACT, FIELD, TEMPLATE, TYPE

VAT = "ff093e5d-39af-4cf6-8920-c07c9e3f5921"
FILE = "31313131-aaaa-4bbb-8ccc-dddddddddddd"
SUNSET = {"version": "2025-01-15.init"}
GLOBEX = "4a1d7c0e-8888-4f0e-8f1a-0d5a7b9c1e22"
PDF = Upload("msa.pdf", b"%PDF-1.7 draft")


class TestAccess(Cassettes):
    """The key, and the version that is pinned."""

    vendor = "tomorro"

    def test_check(self, clm):
        """A key that lists is a key that works; whose it is is not told."""
        found = clm.check()

        assert found.identity is found.scopes is None
        assert any("whose key" in note for note in found.notes)
        assert not any("no contract" in note for note in found.notes)

    def test_check_no_contract(self, clm):
        """A key whose owner takes part in nothing works, and the check says so."""
        assert any("sees no contract" in note for note in clm.check().notes)

    def test_check_deprecated_version(self, connect):
        """The vendor's warning is passed on, and until when it serves the version."""
        *_, warning, until = connect(**SUNSET).check().notes

        assert "2025-01-15.init is deprecated, move to 2025-01-29.alpha" in warning
        assert "2026-12-31" in until

    def test_error_410(self, connect):
        """A version that is gone is not a contract that is gone."""
        with pytest.raises(Rejected, match="set 'version'") as caught:
            connect(**SUNSET).contracts.get(CONTRACT)

        assert caught.value.status == 410

    def test_error_410_write(self, connect):
        """Nothing was created, and nobody needs to look whether it was."""
        told = NewContract(
            name="MSA - Acme SAS",
            type=TYPE,
            template=TEMPLATE,
            counterparty=NewCounterparty(id=ACME),
        )

        with pytest.raises(Rejected, match="set 'version'") as caught:
            connect(**SUNSET).contracts.create(told)

        assert (caught.value.status, caught.value.in_doubt) == (410, False)


class TestDocuments(Cassettes):
    """Files."""

    vendor = "tomorro"

    def test_documents_list(self, clm):
        """The signed set is an array with nothing around it."""
        [found] = clm.documents.list(CONTRACT)

        assert (found.id, found.contract_id) == (FILE, CONTRACT)
        assert (found.name, found.kind, found.media_type) == (
            "MSA - Acme SAS - signed.pdf",
            DocumentKind.SIGNED,
            "application/pdf",
        )

    def test_documents_download(self, clm, tmp_path):
        """A fresh link is asked for, since the first one is short-lived."""
        [document] = clm.documents.list(CONTRACT)

        clm.documents.download(document, tmp_path)

        written = tmp_path / "MSA - Acme SAS - signed.pdf"
        assert written.read_bytes() == b"%PDF-1.7 signed"

    def test_documents_upload(self, clm):
        """A file goes to the storage; its key, name and type become a version."""
        assert clm.documents.upload(CONTRACT, PDF).outcome.value == "created"


class TestRecords(Cassettes):
    """Templates, counterparties and fields."""

    vendor = "tomorro"

    def test_templates_list(self, clm):
        """A template has a language and no name; its type has one."""
        [found] = clm.templates.list()

        assert (found.id, found.name, found.language) == (TEMPLATE, None, "FR")
        assert found.type == Ref(TYPE, "Master Services Agreement")
        assert found.source.raw["template"]["smartFields"][0]["isMandatory"] is True

    def test_templates_list_bare_array(self, clm):
        """A type's own list has nothing around it."""
        [found] = clm.templates.list()

        assert (found.id, found.type.id) == (TEMPLATE, TYPE)

    def test_templates_list_cursor_not_shown(self, clm):
        """The list of types continues after its last id."""
        assert [one.id for one in clm.templates.list()] == [TEMPLATE]

    def test_counterparties_list(self, clm):
        """Both pages come, and with them those that are archived."""
        found = list(clm.counterparties.list())

        assert [(one.id, one.name, one.active) for one in found] == [
            (ACME, "Acme SAS", True),
            (GLOBEX, "Globex", False),
        ]

    def test_counterparties_find(self, clm):
        """What merely contains the name is not it; the archived one comes last."""
        found = clm.counterparties.find("Acme SAS")

        assert [(one.id, one.active) for one in found] == [
            (ACME, True),
            (GLOBEX, False),
        ]

    def test_counterparties_create(self, connect):
        """A number goes in under its smart field's id, and comes back in a map."""
        told = NewCounterparty("Acme SAS", identifiers={"VAT number": "FR12345678901"})

        done = connect(language="gb").counterparties.create(told)

        made = done.result
        assert done.outcome.value == "created"
        assert (made.id, made.name, made.active) == (ACME, "Acme SAS", True)
        assert made.identifiers == {VAT: "FR12345678901"}

    def test_counterparties_create_known(self, clm):
        """One of that name is returned."""
        done = clm.counterparties.create(NewCounterparty("Acme SAS"))

        assert (done.outcome.value, done.result.id) == ("existed", ACME)

    def test_fields_list(self, connect):
        """The two documented types, in the language that is asked for."""
        found = list(connect(language="gb").fields.list())

        assert [(one.label, one.kind) for one in found] == [
            ("Contract identifier", FieldKind.TEXT),
            ("Amount", FieldKind.NUMBER),
        ]

    def test_fields_list_option_labels(self, connect):
        """A label comes in the language, or in another if it has none in that."""
        [found] = connect(language="fr").fields.list()

        assert (found.id, found.label) == (FIELD, "Service")
        assert found.options == ("Achats", "Legal")

    def test_fields_list_types_of_the_app(self, clm):
        """Each type is known by the app's own name; files and rich text stay as is."""
        found = {one.label: one.kind for one in clm.fields.list()}

        assert found == {
            "Text": FieldKind.TEXT,
            "Number": FieldKind.NUMBER,
            "Date": FieldKind.DATE,
            "File": FieldKind.OTHER,
            "Rich text": FieldKind.OTHER,
            "Single select": FieldKind.OPTION,
            "Multi select": FieldKind.OPTIONS,
        }
