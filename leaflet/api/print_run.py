"""``leaflet.print_run``: make one file of all schools."""

from typing import Unpack

from leaflet.api.keywords import Inputs, StrPath, input_fields
from leaflet.production.options import Press, PrintRunOptions, PrintRunResult
from leaflet.production.print_run import print_run as run


def print_run(
    campaign: StrPath,
    out: StrPath = "out",
    *,
    copies: int = 1,
    once: bool = False,
    bare: bool = False,
    pages: int | None = None,
    press: Press | None = None,
    **inputs: Unpack[Inputs],
) -> PrintRunResult:
    """Make one file of all schools in the order of delivery, for a printer or a print shop.

    Args:
        campaign: the campaign file.
        out: the folder to write into.
        copies: of schools without a number of copies in the list.
        once: each leaflet once; the bundle sheet says how many copies to make.
        bare: leaflets only, without bundle sheets, the packing list as a table alone.
        pages: the most pages of a volume; by default one volume, or volumes of 15,000 pages for the print shop.
        press: for the print shop, ``x4`` (PDF/X-4) or ``vt1`` (PDF/VT-1).
        inputs: see `leaflet.api.keywords.Inputs`.

    Returns:
        The files, and how many pages, schools and copies are in them.

    Raises:
        LeafletError: with every fault found; nothing was written then.
        KeyboardInterrupt: a signal stopped it.
    """
    options = PrintRunOptions(
        **input_fields(campaign, out, inputs), copies=copies, once=once, bare=bare, pages=pages, press=press
    )
    return run(options)
