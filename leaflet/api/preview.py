"""``leaflet.preview``: draw pages as pictures."""

from typing import Unpack

from leaflet.api.keywords import Inputs, StrPath, input_fields
from leaflet.previews.options import PreviewOptions, parse_selection
from leaflet.previews.picture_files import PreviewResult
from leaflet.previews.picture_files import preview as run


def preview(
    campaign: StrPath,
    out: StrPath = "preview",
    *,
    row: int | None = None,
    longest: bool = False,
    shortest: bool = False,
    sample: int | None = None,
    dpi: int = 110,
    **inputs: Unpack[Inputs],
) -> PreviewResult:
    """Draw what a campaign makes as PNG files, of one school or of some; make no PDF file.

    Args:
        campaign: the campaign file.
        out: the folder to write into.
        row: the school on this line of the list.
        longest: the school with most to print.
        shortest: the school with least to print.
        sample: this many schools: the first, the longest, then evenly spread.
        dpi: pixels for each inch of paper.
        inputs: see `leaflet.api.keywords.Inputs`.

    Returns:
        The files, page after page, and the faults of the schools shown.

    Raises:
        LeafletError: something is wrong with the campaign or with one of these schools; nothing was written then.
    """
    selection = parse_selection(row=row, longest=longest, shortest=shortest, sample=sample)
    return run(PreviewOptions(**input_fields(campaign, out, inputs), selection=selection, dpi=dpi))
