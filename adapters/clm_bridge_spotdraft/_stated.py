"""What SpotDraft cannot say, and what is taken for granted about it."""

from __future__ import annotations

from clm_bridge.adapter import Loss

LOSSES = (
    Loss("status", "approvals are a list of their own", "approval", "negotiation"),
    Loss("status", "a refusal shows at the recipient", "declined", "signature"),
    Loss(
        "number",
        "SpotDraft numbers contracts itself",
        becomes="a number of its own",
    ),
    Loss("parties", "a row has one counterparty name, however many parties"),
    Loss("external_link.url", "external metadata has no place for a link"),
    Loss("key_dates.updated_at", "the API filters by it and never returns it"),
    Loss("key_dates.published_on", "nothing is published in SpotDraft"),
    Loss("template", "a contract does not say which template it came from"),
    Loss("owner", "the business user cannot be read"),
    Loss("relations", "relations take a further call per contract"),
)

ASSUMPTIONS = (
    "The list takes 'sort', which the vendor's own client sends and the API "
    "document does not declare; if it is ignored, a contract that is changed while "
    "pages are walked can hide another.",
    "Pages are numbered: a contract that is deleted while they are walked can hide "
    "another, which the next walk finds.",
    "A definition's 'variable' is the 'field_name' of its values.",
    "A template in 'definitions' that is named with 'Parent > Part' is one field.",
    "An instant in the process metrics is cut into a day in 'timezone', or in UTC.",
    "After a bare number, T- is tried before H-, as the vendor's own client does.",
)
