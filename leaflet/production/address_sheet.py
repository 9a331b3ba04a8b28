"""Make the sheet for trying the addresses of mailboxes, as a PDF and as a page: `make_address_sheet`."""

from pathlib import Path

from msgspec import Struct, structs

from leaflet.faults import Fault
from leaflet.layout.page import Layouter
from leaflet.layout.qr import make_matrix
from leaflet.layout.theme import load_theme
from leaflet.markup.about import load_about
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_renderer
from leaflet.page_template import render_html
from leaflet.pdf.flavour import screen_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from leaflet.production.address_candidates import AcademieSheet, collect_candidates
from leaflet.production.inputs import choose_schools, find_campaign, open_inputs
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.staging import Staging
from leaflet.records import FILTERS
from leaflet.resources import assets, program_resources

PDF, PAGE = "adresses.pdf", "adresses.html"
_TEMPLATE = "addresses"
_LIGHT = 4  # modules around a code, ISO/IEC 18004 §6.3.8


class AddressSheet(Struct, frozen=True, kw_only=True):
    """The result: the files written, the académies, and the faults of campaign and list."""

    files: tuple[Path, ...]
    sheets: tuple[AcademieSheet, ...]
    faults: tuple[Fault, ...]


def make_address_sheet(options: InputOptions) -> AddressSheet:
    """Write the sheet for the académies of the schools chosen; rows with errors are left out.

    Raises:
        LeafletError: campaign or list cannot be read, or the folder cannot be written.
    """
    report = options.outcome.begin(options.campaign)
    campaign = find_campaign(options, report)
    inputs = open_inputs(structs.replace(options, keep_going=True), campaign)
    schools = choose_schools(options, inputs, report)
    sheets, others = collect_candidates(campaign, schools)
    context = {
        **inputs.contexts.shared,
        "campaign": options.campaign.name,
        "sheets": [
            {**structs.asdict(sheet), "candidates": [structs.asdict(one) for one in sheet.candidates]}
            for sheet in sheets
        ],
        "others": others,
    }
    with Staging(options.out, replace_others=options.replace_others) as staging:
        staging.write(PDF, _pdf(inputs, context))
        staging.write(PAGE, _page(context).encode())
        staging.commit()
    return AddressSheet(files=(options.out / PDF, options.out / PAGE), sheets=tuple(sheets), faults=tuple(report))


def _pdf(inputs: Materials, context: dict[str, object]) -> bytes:
    resources = program_resources()
    renderer = load_renderer(resources, _TEMPLATE, FILTERS)
    theme = load_theme(resources, "default", load_about(resources.find("templates", _TEMPLATE)).paper)
    rendered = renderer.render(context)
    book = inputs.book.limited(frozenset(rendered).union(*renderer.files.values()))
    master = inputs.master(theme, book, screen_flavour(), None)
    layout = Layouter(book, theme, {}).lay_out(parse_flow(rendered))
    metadata = Metadata(inputs.campaign.publisher.name, inputs.created, screen_flavour().claim)
    return Writer(master, metadata).write(layout).data


def _page(context: dict[str, object]) -> str:
    """Return the same as a page: no script, no picture from elsewhere; the codes are drawn in it."""
    folder = assets() / "addresses"
    style = (folder / "page.css").read_text("utf-8")
    return render_html(folder / "page.html", {"code": _code}, {**context, "style": style})


def _code(address: str) -> dict[str, object]:
    """Return a QR code as a drawing: the side of its square, light zone included, and the path of dark modules."""
    matrix = make_matrix(address, "M")
    dark = "".join(
        f"M{x + _LIGHT} {y + _LIGHT}h1v1h-1z"
        for y, row in enumerate(matrix.rows)
        for x, module in enumerate(row)
        if module == "1"
    )
    return {"side": matrix.size + 2 * _LIGHT, "dark": dark}
