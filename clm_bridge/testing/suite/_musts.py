"""
The contract between the core and every adapter, as data.

Each MUST has one check in the suite, and each check cites one MUST.  A number is never
given again: a MUST that goes leaves a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

VERSION = "1.1"
"""Of the contract: a minor version adds MUSTs only behind capabilities."""


@frozen
class Must:
    """
    One rule.

    ``needs`` are the capabilities without which it says nothing; ``writes`` is true
    where it cannot be shown without changing something at the vendor's.
    """

    id: str
    says: str
    needs: Sequence[str] = ()
    writes: bool = False

    @property
    def group(self) -> str:
        """The room of the suite that it belongs to."""
        return self.id.split("-")[1]


GROUPS: Mapping[str, str] = {
    "CONFIG": "Settings",
    "PLUGIN": "What an adapter declares",
    "LIST": "Listing",
    "GET": "Reading one contract",
    "FIND": "Finding by the user's own id",
    "STATUS": "Statuses",
    "DATES": "Dates",
    "MONEY": "Money",
    "FIELDS": "The workspace's own fields",
    "PAYLOAD": "Payloads",
    "ERRORS": "Errors",
    "SECRETS": "Secrets",
    "WRITE": "Writing",
    "STEPS": "Steps of a contract's life",
    "FILES": "Files",
    "EVENTS": "What the vendor tells by itself",
}
"""The groups, in the order of the documentation."""

LIST, GET, FIND = "contracts.list", "contracts.get", "contracts.find_by_external_id"
STATUS, CREATE, UPDATE = "contracts.status", "contracts.create", "contracts.update"
DOCUMENTS, UPLOAD = "documents.list", "documents.upload"


def _group(
    name: str,
    *rules: str | tuple[str, str] | tuple[str, str, str],
    needs: str = "",
    writes: bool = False,
) -> Iterator[Must]:
    """Number the rules of a group; each may say what it needs besides *needs*."""
    for number, rule in enumerate(rules, start=1):
        says, *own = (rule,) if isinstance(rule, str) else rule
        needed = [one for one in (needs, *own) if one]
        yield Must(f"MUST-{name}-{number}", says, needed, writes)


_RULES: Sequence[Must] = (
    *_group(
        "CONFIG",
        "Each setting says what it is for.",
        "A setting that is a secret is read into a `Secret`, and no repr shows it.",
        "A required setting that is missing is refused by its name.",
        "A setting that is not known is refused by its name.",
        "There is a `base_url` setting; the adapter's ends with a slash.",
        "An adapter that stores days as instants refuses to open without a zone.",
    ),
    *_group(
        "PLUGIN",
        "The adapter's name is the one by which users ask for it; it has a title.",
        "What is not offered is refused with `Unsupported`, and nothing is sent.",
        "What is offered for reading is not refused.",
        "Each loss is a path into the model, with a sentence that says why.",
        "Each assumption is a sentence.",
        "The package has no HTTP client, no sleeping and no clock of its own.",
        "Building the adapter sends nothing.",
        "Rate, page size and filters are what the core can work with.",
        "The table of what is read leads to attributes of the model.",
        "Both kinds of bridge read the same.",
    ),
    *_group(
        "LIST",
        "A listing has every contract, and each once.",
        "A listing that is read again has the same ids in the same order.",
        "A listing resumed from a cursor is exactly the rest of it.",
        "Pages of another size have the same contracts, each once.",
        "Contracts that change during a walk make it lose or repeat none.",
        "A filter means the same as filtering the whole list, or is refused.",
        "A filter on summaries means the same, or is refused before any request.",
        "A status that no contract has finds none, and not all.",
        "A cursor that is none is an error.",
        "A listing in full detail loads the facets that `FULL` names.",
        "What a summary says to have loaded is what the whole contract has.",
        needs=LIST,
    ),
    *_group(
        "GET",
        "A contract read alone is the contract that was listed.",
        "A contract read alone has all facets, and the id by which it was asked for.",
        "An id that is nobody's is `NotFound`.",
        "An id with odd characters never reads anything else.",
        "Parties, people, type, template and relations are as they are at the vendor.",
        "What a contract is made of belongs to its types, and empty texts are None.",
        needs=GET,
    ),
    *_group(
        "FIND",
        "A contract is found by the user's own id.",
        "An own id that several contracts carry finds all of them.",
        "An own id that nobody carries finds nothing, or is said not to be indexed.",
        "The external link is as it is at the vendor.",
        needs=FIND,
    ),
    *_group(
        "STATUS",
        "The table of status words leads to statuses, and knows one at least.",
        "Each word of the table that the vendor sends becomes its status.",
        "A word that nobody knows becomes `UNKNOWN`, is kept, and raises nothing.",
        ("The status call says what the listing says.", STATUS),
        "The vendor's own word is kept, and is a word of the table.",
        "The status is as it is at the vendor, save for what is declared as lost.",
        "Each status that the table leads to occurs.",
        ("An id that is nobody's has no status.", STATUS),
        needs=LIST,
    ),
    *_group(
        "DATES",
        "An instant knows that it is in UTC.",
        "A day is a date, without a time of day.",
        "Dates are as they are at the vendor, in the declared zone.",
        "An instant does not depend on the configured zone.",
        "A date that is none is a `PayloadError` which says where, or is left out.",
        "The term is as it is at the vendor.",
        needs=LIST,
    ),
    *_group(
        "MONEY",
        "An amount is a `Decimal` with a currency of three letters.",
        "Amounts are as they are at the vendor, to the last digit.",
        "Another spelling of the same number is the same amount.",
        "An amount that is none is a `PayloadError`, or is left out.",
        needs=LIST,
    ),
    *_group(
        "FIELDS",
        "Fields are kept under their own ids.",
        "A field's value has the type that its kind names.",
        "Fields are as they are at the vendor.",
        (
            "Each field of a contract is defined, with its label and kind.",
            "fields.list",
        ),
        (
            "Definitions have unique ids, labels, and the kinds that they have.",
            "fields.list",
        ),
        ("The address book has unique ids, and names.", "counterparties.list"),
        ("Templates have unique ids.", "templates.list"),
        needs=LIST,
    ),
    *_group(
        "PAYLOAD",
        "A key that nobody knows changes nothing.",
        "A key that is declared as optional may be missing.",
        "A key that is declared as optional may be null.",
        "A required key that is missing is a `PayloadError` that names it.",
        "A value of a wrong type never raises anything but a `PayloadError`.",
        "The vendor's own payload is kept, exactly as it came.",
        "With ``keep_raw = false`` nothing of it is kept.",
        "The report has a line for the contract's id, name and status.",
        "A contract survives JSON.",
        "An answer that is not JSON is a `PayloadError`.",
        "Each contract says which vendor and connection it came from.",
        "Each key that is declared to be read comes in some payload.",
        needs=LIST,
    ),
    *_group(
        "ERRORS",
        "401 is `AuthenticationFailed`.",
        "403 is `PermissionDenied`.",
        ("404 is `NotFound`.", GET),
        "409 is `Conflict`.",
        "Another 4xx is `Rejected`.",
        "429 is `RateLimited`.",
        "5xx is `VendorDown`.",
        "A connection that breaks is a `TransportError`.",
        "An error names vendor and operation.",
        "Reading an error's body never raises, whatever is in it.",
        ("The vendor's own words are quoted.", GET),
        needs=LIST,
    ),
    *_group(
        "SECRETS",
        "No repr of a bridge, of its settings or of a contract shows a secret.",
        "No log record shows a secret.",
        "No error shows a secret, also where the vendor sends it back.",
        "No address that is asked for holds a secret.",
        "No contract's JSON holds a secret.",
        "Credentials go to the vendor's own origin alone.",
        needs=LIST,
    ),
    *_group(
        "WRITE",
        "A contract that is created can be read, and has what was said of it.",
        ("A contract that is created is found by its own id.", FIND),
        "The same record twice is one contract.",
        "A dry run sends nothing that writes, and shows what would be.",
        "A dry run shows no secret.",
        "A create whose answer is lost makes one contract, or raises `AmbiguousWrite`.",
        "A contract for which there is no place is refused before anything is written.",
        "What can be said is said to be valid.",
        ("A change is read back, and leaves the rest as it was.", UPDATE),
        ("The same change again leaves everything as it is.", UPDATE),
        ("A field that is set is read back.", "fields.set"),
        ("A link that is given is found.", "contracts.link"),
        ("A link that is taken off is gone.", "contracts.unlink"),
        ("A comment is read back.", "contracts.comment"),
        ("A counterparty is created once, and found.", "counterparties.create"),
        needs=CREATE,
        writes=True,
    ),
    *_group(
        "STEPS",
        "Each declared step leads from and to words of the table of statuses.",
        ("A draft can be given up, once.", "contracts.cancel"),
        ("A step from a status that does not lead there is refused.", CREATE),
        ("A dry run of a step moves nothing.", "contracts.cancel"),
    ),
    *(
        Must(
            "MUST-FILES-1",
            "Documents have ids, names, and their contract's id.",
            [DOCUMENTS],
        ),
        Must(
            "MUST-FILES-2",
            "An executed contract's signed file arrives whole.",
            [DOCUMENTS, "documents.download"],
        ),
        Must(
            "MUST-FILES-3",
            "A file that does not arrive leaves nothing behind.",
            [DOCUMENTS, "documents.download"],
        ),
        Must(
            "MUST-FILES-4",
            "The documents of nobody's contract are `NotFound`.",
            [DOCUMENTS],
        ),
        Must(
            "MUST-FILES-5",
            "An upload is listed, or replaces what was there.",
            [UPLOAD, CREATE, DOCUMENTS],
            writes=True,
        ),
    ),
    *_group(
        "EVENTS",
        "A delivery that is not proven is refused, whatever it holds.",
        "An empty secret proves nothing.",
        "Each word of the table of events is read as its kind.",
        "An unknown word is `OTHER`, is kept and is counted.",
        "An event that is told again has its id again, and no other event has it.",
        ("An event's contract is named by an id that can be read.", GET),
        "A payload that is no event is a `PayloadError`.",
        needs="events.receive",
    ),
)


def _writing(must: Must) -> Must:
    """Mark the steps that move a contract."""
    if must.group == "STEPS" and must.needs:
        return Must(must.id, must.says, [*dict.fromkeys([CREATE, *must.needs])], True)
    return must


MUSTS: Mapping[str, Must] = {one.id: one for one in map(_writing, _RULES)}
"""Every MUST by its id."""
