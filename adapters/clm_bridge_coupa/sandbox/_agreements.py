"""
The legal agreement of a contract: one current file, sent as multipart, read as bytes.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile, ZipInfo

from flask import Response, request

from clm_bridge.sandbox import pdf

from ._answers import Answer, Route
from ._contract import CONTRACT
from ._documents import keep_agreement
from ._errors import Refusal, not_found
from ._lifecycle import IN_FORCE
from ._schema import Record
from ._world import File, World


def uploaded(part: str) -> File | None:
    """Read one file of a multipart body, if it is there."""
    sent = request.files.get(part)
    if sent is None:
        return None
    name = sent.filename or "file"
    return File(name, sent.mimetype or "application/octet-stream", sent.read())


def as_attachment(file: File) -> Response:
    """Answer with the bytes of a file, under its name."""
    answer = Response(file.content, mimetype=file.media_type)
    ascii_name = file.name.encode("ascii", "replace").decode().replace('"', "'")
    disposition = f'attachment; filename="{ascii_name}"'
    if ascii_name != file.name:
        disposition += f"; filename*=UTF-8''{quote(file.name)}"
    answer.headers["Content-Disposition"] = disposition
    return answer


def sign_file(world: World, contract: Record, *, at: datetime | None = None) -> None:
    """Keep the signed agreement, unless one is there already."""
    title, number = contract["name"], contract["number"]
    text = f"Contract {number}\nSigned by all parties."
    file = File(f"{number}.pdf", "application/pdf", pdf(title, text))
    if contract["id"] not in world.agreements:
        keep_agreement(world, contract, file, at=at)


def _retrieve(world: World, id: int) -> Response:
    contract = world.get("contract", id)
    if id not in world.agreements:
        raise not_found()
    file = world.agreements[id]
    if world.switches.raw_agreement:
        return as_attachment(file)
    return as_attachment(_zipped(contract, file))


def _zipped(contract: Record, file: File) -> File:
    """Pack the file alone; an archive of the same file is always the same."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo(file.name), file.content)
    return File(f"{contract['number']}.zip", "application/zip", packed.getvalue())


def _keep(world: World, id: int) -> Answer:
    contract = world.get("contract", id)
    file = uploaded("file")
    if file is None:
        raise Refusal("File can't be blank", model="contract")
    keep_agreement(world, contract, file)
    if world.switches.files_touch_contract:
        world.touch(contract)
    return Answer(CONTRACT, contract, 201 if request.method == "POST" else 200)


def _keep_published(world: World, id: int) -> Answer:
    status = world.get("contract", id)["status"]
    if status not in IN_FORCE:
        sentence = f"Contract cannot be updated this way while it is {status}"
        raise Refusal(sentence, model="contract")
    return _keep(world, id)


_ONE = "/api/contracts/<int:id>"
_READ, _WRITE = "core.contract.read", "core.contract.write"

ROUTES = (
    Route("POST PUT", f"{_ONE}/legal_agreement", _WRITE, _keep),
    Route("PUT", f"{_ONE}/update_legal_agreement_published", _WRITE, _keep_published),
    Route("GET", f"{_ONE}/retrieve_legal_agreement", _READ, _retrieve),
)
