"""Documents, signatures, and the storage that holds the files."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .workspace import BARE, CANCELED, DRAFT, NEGOTIATING, SIGNED, SIGNING, Api, named

PDF = "application/pdf"


def send(api, deal, told=None, *, status=201):
    """Send a contract for signature."""
    return api.post(f"{api.path(deal)}/send-signature", told, status=status)


def files(api, deal):
    """Return a contract's signed files."""
    return api.get(f"{api.path(deal)}/signed-files")


def upload(api, content=b"%PDF-1.7", media_type=PDF):
    """Put a file into the storage, and return its key."""
    told = {"name": "msa.pdf", "contentType": media_type}
    place = api.post("/v2/files/upload-url", told)
    api.client.put(place["url"], data=content, content_type=media_type)
    return place["key"]


def version(api, deal, key, *, status=201):
    """Make an upload a version of a contract."""
    told = {"key": key, "name": "msa.pdf", "contentType": PDF}
    return api.post(f"{api.path(deal)}/versions", told, status=status)


@pytest.mark.parametrize("deal", [DRAFT, NEGOTIATING])
def test_sending_starts_the_signature(api, deal):
    """The answer is the signature, and the contract is signing."""
    answer = send(api, deal, {"signatureNote": "Please", "isReminderEnabled": False})

    assert list(answer) == ["id", "status", "signatories", "sentAt"]
    assert answer["status"] == "sent"
    assert answer["signatories"][0] == {
        "id": answer["signatories"][0]["id"],
        "email": "ceo@acme.example",
        "type": "external",
        "status": "pending",
        "signedAt": None,
    }
    assert api.contract(deal)["status"] == "signing"


def test_a_refusal_reopens_the_talks(api):
    """The signature is over, and the contract says no more than that."""
    send(api, DRAFT)
    api.clock.advance(timedelta(hours=1))
    sent = api.contract(DRAFT)
    api.sandbox.decline(api.id(DRAFT))
    body = api.contract(DRAFT)

    assert body == {**sent, "status": "negotiating", "updatedAt": body["updatedAt"]}
    assert body["updatedAt"] > sent["updatedAt"]
    assert files(api, DRAFT) == []
    with pytest.raises(ValueError, match="it is negotiating"):
        api.sandbox.sign(api.id(DRAFT))


def test_what_was_refused_can_be_sent_again(api):
    """To the same people, all of whom are asked once more."""
    first = send(api, DRAFT)
    api.sandbox.decline(api.id(DRAFT))
    again = send(api, DRAFT)
    api.sandbox.sign(api.id(DRAFT))

    assert again["id"] != first["id"]
    assert {one["status"] for one in again["signatories"]} == {"pending"}
    assert api.contract(DRAFT)["status"] == "signed"


def test_only_what_was_sent_is_declined(api):
    """The control call says why not."""
    with pytest.raises(ValueError, match="it is draft"):
        api.sandbox.decline(api.id(DRAFT))
    with pytest.raises(KeyError, match="nothing"):
        api.sandbox.decline("nothing")


def test_a_relaunched_contract_is_sent_again(api):
    """A canceled one negotiates again, with its document a draft."""
    path = api.path(SIGNING)
    api.patch(path, {"status": "canceled"})
    api.patch(path, {"status": "negotiating"})

    assert version(api, SIGNING, upload(api))["version"] == 2
    assert send(api, SIGNING)["status"] == "sent"


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"documentId": "last"}, "documentId"),
        ({"signatureNote": 7}, "signatureNote"),
        ({"isReminderEnabled": "yes"}, "isReminderEnabled"),
    ],
)
def test_a_wrong_value_is_not_sent(api, told, where):
    """It is named, and the contract stays where it is."""
    [message] = send(api, DRAFT, told, status=400)["message"]

    assert message.startswith(where)
    assert api.contract(DRAFT)["status"] == "draft"


@pytest.mark.parametrize("deal", [SIGNING, SIGNED, CANCELED])
def test_a_contract_past_negotiation_is_not_sent(api, deal):
    """It is a conflict."""
    assert send(api, deal, status=409)["error"] == "Conflict"


def test_nothing_is_sent_without_signatories_and_document(api):
    """The list says both."""
    told = send(api, BARE, status=400)["message"]

    assert [line.split()[0] for line in told] == ["signatories", "documentId"]


def test_the_document_must_be_the_contract_s(api):
    """One that was never made is refused."""
    unknown = {"documentId": "00000000-0000-4000-8000-000000000000"}

    send(api, DRAFT, unknown, status=400)


def test_when_all_have_signed_the_contract_is_signed(api):
    """The native date is filled and the names are known."""
    send(api, DRAFT)
    api.sandbox.sign(api.id(DRAFT))
    body = api.contract(DRAFT)

    assert body["status"] == "signed"
    assert named(body)["Signature date"] == "2026-11-02"
    assert [one["name"] for one in body["signatories"]] == ["Ceo", "Max Roth"]


def test_only_what_was_sent_is_signed(api):
    """The control call says why not."""
    with pytest.raises(ValueError, match="it is draft"):
        api.sandbox.sign(api.id(DRAFT))


def test_an_unknown_contract_cannot_be_moved(api):
    """A KeyError bears the id."""
    with pytest.raises(KeyError, match="nothing"):
        api.sandbox.sign("nothing")
    with pytest.raises(KeyError, match="nothing"):
        api.sandbox.delete("nothing")


def test_a_deleted_contract_is_gone(api):
    """From the lists too."""
    path, own = api.path(SIGNED), api.id(SIGNED)
    api.sandbox.delete(own)
    rows = api.get("/v2/contracts?limit=50")["contracts"]

    assert own not in {row["id"] for row in rows}
    api.get(path, status=404)


def test_signed_files_are_an_array(api):
    """With the documented keys; the name ends in .pdf."""
    [file] = files(api, SIGNED)

    assert list(file) == ["id", "filename", "contentType", "downloadUrl", "expiresAt"]
    assert file["filename"] == "Contract 1 - signed.pdf"
    assert file["contentType"] == PDF
    assert file["expiresAt"] == "2026-11-02T09:15:00.000Z"


def test_before_signature_there_are_none(api):
    """The array is empty."""
    assert files(api, SIGNING) == []


def test_a_signed_url_needs_no_key(api):
    """It leads to a PDF, on the host that was asked."""
    [file] = files(api, SIGNED)
    answer = api.client.get(file["downloadUrl"])

    assert file["downloadUrl"].startswith("http://localhost/")
    assert answer.status_code == 200
    assert answer.content_type == PDF
    assert answer.data.startswith(b"%PDF-")


def test_a_part_of_a_file_can_be_asked_for(api):
    """As S3 serves ranges."""
    [file] = files(api, SIGNED)
    answer = api.client.get(file["downloadUrl"], headers={"Range": "bytes=0-4"})

    assert answer.status_code == 206
    assert answer.data == b"%PDF-"


@pytest.mark.parametrize("header", ["x-api-key", "Authorization"])
def test_a_signed_url_bears_no_second_credential(api, header):
    """S3 refuses two ways to authenticate."""
    [file] = files(api, SIGNED)
    answer = api.client.get(file["downloadUrl"], headers={header: api.key})

    assert answer.status_code == 400
    assert "<Code>InvalidArgument</Code>" in answer.text


def test_a_second_credential_may_be_borne():
    """Whether a header of the API's disturbs the storage is inferred."""
    api = Api(storage_refuses_credentials=False)
    [file] = files(api, SIGNED)
    answer = api.client.get(file["downloadUrl"], headers={"x-api-key": api.key})

    assert answer.status_code == 200


def test_a_signed_url_expires(api):
    """After a quarter of an hour; asking again gives a fresh one, of the same file."""
    [before] = files(api, SIGNED)
    api.clock.advance(timedelta(minutes=15))
    [after] = files(api, SIGNED)
    expired = api.client.get(before["downloadUrl"])

    assert expired.status_code == 403
    assert "Request has expired" in expired.text
    assert api.client.get(after["downloadUrl"]).status_code == 200
    assert after["id"] == before["id"]


@pytest.mark.parametrize(
    ("old", "new"), [("900", "9000"), ("files/", "files/x"), ("Signature=", "Other=")]
)
def test_a_changed_url_is_refused(api, old, new):
    """The signature covers the place and the time."""
    [file] = files(api, SIGNED)
    answer = api.client.get(file["downloadUrl"].replace(old, new))

    assert answer.status_code == 403
    assert "SignatureDoesNotMatch" in answer.text


def test_a_url_serves_one_method(api):
    """A URL to read is not one to write or to look."""
    [file] = files(api, SIGNED)

    assert api.client.put(file["downloadUrl"], data=b"x").status_code == 403
    assert api.client.head(file["downloadUrl"]).status_code == 403


def test_an_upload_has_a_url_and_a_key(api):
    """The key looks as the documented one does."""
    told = {"name": "msa.pdf", "contentType": PDF}
    place = api.post("/v2/files/upload-url", told)

    assert list(place) == ["url", "key", "expiresAt"]
    assert place["key"].split("/")[::2] == ["signedFiles", "files"]


def test_an_upload_becomes_the_next_version(api):
    """The template's document is the first."""
    answer = version(api, DRAFT, upload(api))

    assert list(answer) == [
        "id",
        "contractId",
        "version",
        "status",
        "contentType",
        "createdAt",
    ]
    assert answer["contractId"] == api.id(DRAFT)
    assert (answer["version"], answer["status"]) == (2, "draft")


def test_an_uploaded_version_can_be_sent(api):
    """Its id is what documentId takes, and what was signed is that file."""
    made = version(api, DRAFT, upload(api, b"%PDF-1.7 ours"))
    send(api, DRAFT, {"documentId": made["id"]})
    api.sandbox.sign(api.id(DRAFT))
    [file] = files(api, DRAFT)

    assert api.client.get(file["downloadUrl"]).data == b"%PDF-1.7 ours"


def test_an_earlier_version_can_be_sent(api):
    """What was signed is the document that was named, whatever came after it."""
    first = version(api, DRAFT, upload(api, b"%PDF-1.7 first"))
    version(api, DRAFT, upload(api, b"%PDF-1.7 second"))
    send(api, DRAFT, {"documentId": first["id"]})
    api.sandbox.sign(api.id(DRAFT))
    [file] = files(api, DRAFT)

    assert api.client.get(file["downloadUrl"]).data == b"%PDF-1.7 first"


def test_every_byte_is_kept(api):
    """Zeros, line ends and all."""
    content = b"%PDF-1.7\r\n\x00" + bytes(range(256)) * 400
    version(api, DRAFT, upload(api, content))
    send(api, DRAFT)
    api.sandbox.sign(api.id(DRAFT))
    [file] = files(api, DRAFT)

    assert api.client.get(file["downloadUrl"]).data == content


def test_the_last_put_counts(api):
    """Until the key is used, as in any bucket."""
    told = {"name": "msa.pdf", "contentType": PDF}
    place = api.post("/v2/files/upload-url", told)
    for content in (b"%PDF-1.7 one", b"%PDF-1.7 two"):
        api.client.put(place["url"], data=content, content_type=PDF)
    version(api, DRAFT, place["key"])
    send(api, DRAFT)
    api.sandbox.sign(api.id(DRAFT))
    [file] = files(api, DRAFT)

    assert api.client.get(file["downloadUrl"]).data == b"%PDF-1.7 two"


def test_a_word_document_is_signed_as_a_pdf(api):
    """The name of a signed file ends in .pdf, and so does its content."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    told = {"key": upload(api, b"PK", word), "name": "msa.docx", "contentType": word}
    made = api.post(f"{api.path(DRAFT)}/versions", told)
    send(api, DRAFT)
    api.sandbox.sign(api.id(DRAFT))
    [file] = files(api, DRAFT)

    assert made["contentType"] == word
    assert file["contentType"] == PDF
    assert api.client.get(file["downloadUrl"]).data.startswith(b"%PDF-")


@pytest.mark.parametrize("path", ["files/upload-url", "versions"])
def test_what_a_file_lacks_is_told_at_once(api, path):
    """The documented keys are all required."""
    at = "/v2/files/upload-url" if "/" in path else f"{api.path(DRAFT)}/versions"
    keys = ["name", "contentType", *([] if "/" in path else ["key"])]
    told = api.post(at, {}, status=400)["message"]

    assert told[: len(keys)] == [f"{key} should not be empty" for key in keys]


def test_a_file_has_bytes_and_an_extension(api):
    """An empty one makes no version, and its name ends in its type."""
    version(api, DRAFT, upload(api, b""), status=400)
    told = {"key": upload(api), "name": "msa", "contentType": PDF}
    answer = api.post(f"{api.path(DRAFT)}/versions", told, status=400)

    assert answer["message"] == ["name must have an extension"]


def test_a_contract_of_nobody_takes_no_document(api):
    """It is not found, whatever the body says."""
    unknown = "/v2/contracts/00000000-0000-4000-8000-000000000000"

    api.post(f"{unknown}/versions", {}, status=404)
    api.post(f"{unknown}/send-signature", {}, status=404)
    api.patch(unknown, {}, status=404)


def test_a_put_repeats_the_media_type(api):
    """It is under the signature."""
    told = {"name": "msa.pdf", "contentType": PDF}
    place = api.post("/v2/files/upload-url", told)
    answer = api.client.put(place["url"], data=b"x", content_type="text/plain")

    assert answer.status_code == 403


def test_a_reset_forgets_uploads(api):
    """The URL is still signed, and leads nowhere."""
    told = {"name": "msa.pdf", "contentType": PDF}
    place = api.post("/v2/files/upload-url", told)
    api.sandbox.reset()
    answer = api.client.put(place["url"], data=b"x", content_type=PDF)

    assert answer.status_code == 404
    assert "NoSuchKey" in answer.text


def test_a_key_serves_once(api):
    """Neither twice nor before the file is there."""
    key = upload(api)
    version(api, DRAFT, key)
    empty = api.post("/v2/files/upload-url", {"name": "a.pdf", "contentType": PDF})

    version(api, DRAFT, key, status=400)
    version(api, DRAFT, empty["key"], status=400)
    version(api, DRAFT, "signedFiles/nothing", status=400)


def test_a_signed_contract_takes_no_version(api):
    """It is a conflict."""
    version(api, SIGNED, upload(api), status=409)


def test_canceling_ends_the_signature(api):
    """The contract cannot be signed any more."""
    api.patch(api.path(SIGNING), {"status": "canceled"})

    with pytest.raises(ValueError, match="canceled"):
        api.sandbox.sign(api.id(SIGNING))
