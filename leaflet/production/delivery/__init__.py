"""Write what goes out with finished files: drafts of e-mails, a table for mail merge, labels, a list.

Nothing is sent: the files are for a mail program, a printer, a person with a pen. Labels need no library of mails,
mails none of pages.
"""

from pkgutil import resolve_name
from typing import Literal

from msgspec.structs import replace

from leaflet.faults import Fault, Place
from leaflet.production.delivery.letters import PostOptions, PostResult

Kind = Literal["drafts", "table", "labels", "list"]
KINDS: dict[Kind, str] = {  # the function that writes it
    "drafts": "leaflet.production.delivery.drafts:write_drafts",
    "table": "leaflet.production.delivery.drafts:write_table",
    "labels": "leaflet.production.delivery.labels:write_labels",
    "list": "leaflet.production.delivery.letters:write_list",
}


def post(kind: Kind, options: PostOptions) -> PostResult:
    """Write one kind."""
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; it is one of {', '.join(KINDS)}")
    result: PostResult = resolve_name(KINDS[kind])(options)
    if options.start == 1 or kind == "labels":
        return result
    ignored = Fault("P115", Place(field="--start"))
    options.outcome.report.append(ignored)
    return replace(result, faults=(*result.faults, ignored))
