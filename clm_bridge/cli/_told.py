"""What is said of a contract on the command line: a JSON file, and options over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import IO, Any, TypeVar

import click
from attrs import evolve, frozen

from .._errors import PayloadError
from .._field_values import money, period
from .._json import from_dict, to_dict
from .._messages import merged
from .._parsing import parse
from .._particulars import ContractChanges, NewContract
from .._uploads import Upload
from .._vocabulary import Status, TermKind

T = TypeVar("T", NewContract, ContractChanges)


def _day(text: str) -> str:
    return str(_read(date.fromisoformat, text, "an ISO date such as 2026-01-31"))


def _amount(text: str) -> Any:
    return to_dict(_read(money, text, "an amount such as '1250.00 EUR'"))


def _length(text: str) -> Any:
    return to_dict(_read(period, text, "a length such as '12 months'"))


def _read(read: Callable[[str], Any], text: str, wanted: str) -> Any:
    try:
        return read(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not {wanted}") from None


def _object(text: str) -> Any:
    return _parsed(text.encode(), "it")


def _parsed(body: bytes, name: str) -> Any:
    try:
        told = parse(body)
    except PayloadError:
        raise click.BadParameter(f"{name} is not JSON") from None
    if not isinstance(told, dict):
        raise click.BadParameter(f"{name} is not a JSON object")
    return told


def pair(text: str) -> tuple[str, str]:
    """Split ``LABEL=VALUE``; the label of a field may not hold the sign."""
    label, sign, value = text.partition("=")
    if not label or not sign:
        raise click.BadParameter(f"{text!r} is not LABEL=VALUE")
    return label, value


@frozen
class Saying:
    """One option: where its value goes, how it is read, and what help says."""

    flag: str
    path: str
    says: str
    type: Any = str
    metavar: str | None = None

    @property
    def name(self) -> str:
        """The name under which click passes the value."""
        return self.flag.removeprefix("--").replace("-", "_")

    def decorate(self, function: Any) -> Any:
        """Add the option to a command."""
        return click.option(
            self.flag, type=self.type, metavar=self.metavar, help=self.says
        )(function)


OF_BOTH: Sequence[Saying] = (
    Saying("--name", "name", "What it is called."),
    Saying("--counterparty", "counterparty.name", "The other party's name."),
    Saying("--counterparty-id", "counterparty.id", "Its id in the address book."),
    Saying("--contact-email", "counterparty.contact.email", "Whom to write to there."),
    Saying("--contact-name", "counterparty.contact.name", "That person's name."),
    Saying("--effective", "key_dates.effective_on", "First day.", _day, "DATE"),
    Saying("--expires", "key_dates.expires_on", "Last day in force.", _day, "DATE"),
    Saying("--value", "value", "Such as '1250.00 EUR'.", _amount, "AMOUNT"),
    Saying(
        "--term-kind",
        "term.kind",
        "How it ends.",
        click.Choice([one.value for one in TermKind if one is not TermKind.UNKNOWN]),
    ),
    Saying("--term-length", "term.length", "Such as '12 months'.", _length, "LENGTH"),
    Saying("--owner", "owner", "An e-mail address, or the vendor's id of a user."),
    Saying("--extra", "extra", "Put over the vendor's payload.", _object, "JSON"),
)
OF_NEW: Sequence[Saying] = (
    Saying("--number", "number", "The number that people read."),
    Saying("--template", "template", "The vendor's id of a template."),
    Saying("--type", "type", "The vendor's id of a contract type."),
    Saying(
        "--status",
        "status",
        "Where its paper begins; draft unless said.",
        click.Choice([one.value for one in Status if one is not Status.UNKNOWN]),
    ),
    Saying("--external-id", "external_link.id", "Your own record's id."),
    Saying("--system", "external_link.system", "Where that record is."),
    Saying("--record-type", "external_link.record_type", "What that record is."),
    Saying("--url", "external_link.url", "Where that record is read."),
)

field_option = click.option(
    "--field",
    "fields",
    multiple=True,
    type=pair,
    metavar="LABEL=VALUE",
    help="A field of the workspace; may be given several times.",
)
_theirs = click.option(
    "--signatory",
    "theirs",
    multiple=True,
    metavar="EMAIL[=NAME]",
    help="Who signs for them; several times.",
)
_ours = click.option(
    "--our-signatory",
    "ours",
    multiple=True,
    metavar="EMAIL[=NAME]",
    help="Who signs for us; several times.",
)
document_option = click.option(
    "--document", type=click.Path(), metavar="FILE", help="The text to upload."
)
_clear = click.option(
    "--clear",
    multiple=True,
    metavar="PATH",
    help="What to empty, such as key_dates.expires_on; several times.",
)
_file = click.argument(
    "file", required=False, type=click.File("rb"), metavar="[FILE.json|-]"
)


def new_options(function: Any) -> Any:
    """Add what can be said of a new contract; pass it on as keyword arguments."""
    return _decorated(
        function, [*OF_BOTH[:1], *OF_NEW, *OF_BOTH[1:]], document_option, _file
    )


def change_options(function: Any) -> Any:
    """Add what can be changed; pass it on as keyword arguments."""
    return _decorated(function, OF_BOTH, _clear, _file)


def _decorated(function: Any, sayings: Sequence[Saying], *more: Any) -> Any:
    for one in (*more, field_option, _ours, _theirs):
        function = one(function)
    for saying in reversed(sayings):
        function = saying.decorate(function)
    return function


def new_contract(document: str | None, **told: Any) -> NewContract:
    """Return the contract that a file and options tell of, or raise `InvalidInput`."""
    new = _gathered(NewContract, told)
    return evolve(new, document=Upload.read(document)) if document else new


def contract_changes(clear: Sequence[str], **told: Any) -> ContractChanges:
    """Return the changes that a file and options tell of, or raise `InvalidInput`."""
    changes = _gathered(ContractChanges, told)
    return evolve(changes, clear=[*changes.clear, *clear])


def _gathered(cls: type[T], told: dict[str, Any]) -> T:
    file: IO[bytes] | None = told.pop("file")
    found: dict[str, Any] = {}
    if file is not None:
        found = _parsed(file.read(), getattr(file, "name", "stdin"))
    found = merged(found, _placed(told))
    link = found.get("external_link")
    if isinstance(link, dict):
        found["external_link"] = {"system": None, "record_type": None, **link}
    return from_dict(found, cls)


def _placed(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as the JSON that says the same."""
    found: dict[str, Any] = {}
    for saying in (*OF_BOTH, *OF_NEW):
        if told.get(saying.name) is not None:
            _put(found, saying.path, told[saying.name])
    if told["fields"]:
        found["fields"] = dict(told["fields"])
    signing = [_signatory(one, ours=False) for one in told["theirs"]]
    signing += [_signatory(one, ours=True) for one in told["ours"]]
    if signing:
        found["signatories"] = signing
    return found


def _put(found: dict[str, Any], path: str, value: Any) -> None:
    *above, name = path.split(".")
    for step in above:
        found = found.setdefault(step, {})
    found[name] = value


def _signatory(text: str, *, ours: bool) -> dict[str, Any]:
    email, _, name = text.partition("=")
    return {"email": email, "name": name or None, "ours": ours}
