"""``leaflet.post``: make what goes out with the finished files."""

from typing import Unpack

from leaflet.api.keywords import Inputs, StrPath, input_fields
from leaflet.delivery.options import PostOptions, PostResult
from leaflet.delivery.post import Kind
from leaflet.delivery.post import post as run


def post(
    kind: Kind,
    campaign: StrPath,
    out: StrPath = "out",
    *,
    text: str = "school",
    labels: str = "avery-l7163",
    copies: int = 1,
    **inputs: Unpack[Inputs],
) -> PostResult:
    """Make what goes out with the files of a campaign; nothing is sent.

    Args:
        kind: ``drafts`` (an e-mail for each school, its file attached), ``table`` (for the mail merge of another
            program), ``labels`` (addresses for parcels), ``list`` (parcels to tick), ``book`` (all in one PDF).
        campaign: the campaign file.
        out: the folder of the build, which gets the new files.
        text: the name of the text of e-mails.
        labels: the name of the stock of labels.
        copies: of schools without a number of copies in the list.
        inputs: see `leaflet.api.keywords.Inputs`.

    Returns:
        The files, and how many schools are in them.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    return run(kind, PostOptions(**input_fields(campaign, out, inputs), text=text, sheet=labels, copies=copies))
