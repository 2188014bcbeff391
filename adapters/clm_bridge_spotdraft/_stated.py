"""What SpotDraft cannot say, and what is taken for granted about it."""

from __future__ import annotations

from clm_bridge.adapter import Loss

FOUND = 50
"""How many contracts the lookup by external metadata answers with at most."""
TRUNCATED = (
    f"the lookup by external id answers with at most {FOUND} contracts, and did; "
    'others that carry the id are found by contracts.list(detail="summary")'
)

LOSSES = (
    Loss("status", "approvals are a list of their own", "approval", "negotiation"),
    Loss("status", "a refusal shows at the recipient", "declined", "signature"),
    Loss(
        "number",
        "SpotDraft numbers contracts itself",
        becomes="a number of its own",
    ),
    Loss("parties", "a row has one counterparty name and no id, whoever else there is"),
    Loss("external_link.url", "external metadata has no place for a link"),
    Loss("key_dates.updated_at", "the API filters by it and never returns it"),
    Loss("key_dates.published_on", "nothing is published in SpotDraft"),
    Loss("template", "a contract does not say which template it came from"),
    Loss("owner", "the business user cannot be read"),
    Loss("relations", "relations take a further call per contract"),
)

ASSUMPTIONS = (
    "The list takes 'sort', which the vendor's own client sends and the API "
    "document does not declare; if it is ignored, a contract that is changed or "
    "deleted while pages are walked can hide another, which the next walk finds.",
    "A row's 'created' is what 'created_at' sorts and filters by; a page that does not "
    "begin as it was asked to is read again by its number.",
    "'total_results' counts everything that matches, however much that is, and a page "
    "has as many rows as its 'limit' says.",
    "Ids in the list have their prefix; where they are integers, as in one example, "
    "full detail takes one or two calls more for each contract.",
    "A definition's 'variable' is the 'field_name' of its values, and a value is one "
    "of the definition's options by the option's 'value'.",
    "Text that is written as a date is one, whatever 'data_type' says; an instant of "
    "type 'date', or at midnight, counts by its first ten letters in every zone.",
    "A template in 'definitions' that is named with 'Parent > Part' is one field.",
    "An instant in the process metrics is cut into a day in 'timezone', or in UTC.",
    "The last signature is the day of signing once the metrics have an execution time.",
    "'last_updated_on' moves with everything that full detail reads, so that what the "
    "filter by it leaves out has not changed and can be kept by 'known'; the vendor "
    "names the filter and does not say what moves it.",
    "Analytics tell 'contract_id' as the number of T-n or H-n, 'columns' as names or "
    "as objects with one, and rows in the order of 'contract_id' up to the cut; "
    "'execution_date' and 'expiry_date' are days of no zone, and may be behind.",
    "The status call is never behind; the list comes from a search index and may be.",
    "After a bare number, T- is tried before H-, as the vendor's own client does.",
    "The lookup by external metadata is not behind: a contract whose creation was not "
    "answered is looked for there.",
    "A key pointer takes a value under its 'field_name' in the form in which it is "
    "read, a duration without its 'days', and null empties it.",
    "A counterparty that is named like an entry of the address book is that entry.",
    "Of a person's name, what stands before the first blank is the first name.",
    "A contract's business user is who owns it, and an active member can become it.",
    "'relation_type' says what the other contract is to this one; an addendum counts "
    "as an amendment.",
)
