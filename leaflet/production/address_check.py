"""Make the sheet for trying the addresses of mailboxes of exactly the académies of a list, as PDF and as a page."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs

from leaflet.campaign import Campaign, load_academies
from leaflet.campaign.academies import ADDRESS_NAMES, ADDRESSES_FILE, ROLES, Academie, AddressesFile, AddressName
from leaflet.campaign.dates import FRENCH
from leaflet.campaign.model import UNTRIED
from leaflet.campaign.values import AddressFact
from leaflet.faults import Fault
from leaflet.files.resources import program_resources
from leaflet.layout.page import Layouter
from leaflet.layout.qr_matrix import make_matrix
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.groups import group_of
from leaflet.markup.html_page import render_html
from leaflet.markup.mailbox import WayToMailbox, find_mailbox, site_of
from leaflet.markup.render import load_about, load_renderer
from leaflet.pdf.flavour import screen_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import choose_schools, find_campaign, open_inputs
from leaflet.production.materials import Materials
from leaflet.production.staging import Staging
from leaflet.program import assets, own_table
from leaflet.tables import School

# What addresses are called, and how sure facts are.
_TEXTS: dict[str, dict[str, str]] = own_table("addresses/labels.toml")


class Candidate(Struct, frozen=True, kw_only=True):
    """One address of an académie, or a path in words, to be tried."""

    key: str  # what ``--confirm`` takes: ``lyon.webmail``
    label: str  # what it is, in French
    value: str  # the address or the path
    is_link: bool  # it is an address, which a code can hold
    source: str  # where it was read
    attested: str  # date of the source, in French; « source non datée » without one
    confidence: str  # in the program's own fact, in French; empty for others
    state: str  # whether it is confirmed, printed or not
    use: Literal["printed", "waiting", "reserve"]  # as it is; once it is confirmed; others come before it


class AcademieSheet(Struct, frozen=True, kw_only=True):
    """An académie of the list: its schools counted, what is printed for them, what there is to try."""

    key: str
    name: str
    title: str
    schools: int
    printed: str
    candidates: tuple[Candidate, ...]


def collect_candidates(campaign: Campaign, schools: Sequence[School]) -> tuple[list[AcademieSheet], int]:
    """Return the académies of `schools`, those with most schools first, and the number of schools without one."""
    academies = load_academies(campaign.resources)
    counts: Counter[str] = Counter()
    others = 0
    for school in schools:
        academie = academies.by_uai(school.key) or academies.by_name(school.academie_label)
        if academie is None or group_of(school) is not None or not campaign.has_academies:
            others += 1
        else:
            counts[academie.key] += 1
    return [_sheet(campaign, academies.by_key[key], count) for key, count in counts.most_common()], others


def _sheet(campaign: Campaign, academie: Academie, schools: int) -> AcademieSheet:
    mailbox = find_mailbox(campaign, academie)
    printed = mailbox.words
    if mailbox.address is not None:
        printed = f"{mailbox.label}\u00a0: {mailbox.address}{', ' if printed else ''}{printed}"
    found = (_candidate(campaign, academie, name, mailbox) for name in ADDRESS_NAMES)
    return AcademieSheet(
        key=academie.key,
        name=academie.name,
        title=academie.title,
        schools=schools,
        printed=printed,
        candidates=tuple(candidate for candidate in found if candidate is not None),
    )


def _candidate(campaign: Campaign, academie: Academie, name: AddressName, mailbox: WayToMailbox) -> Candidate | None:
    """Return the best known value of one kind: the campaign's, what was confirmed, or the program's own."""
    own: str | None = getattr(campaign.settings_of(academie), name)
    tried = getattr(campaign.addresses.get(academie.key), name, None)  # false: it did not work
    fact: AddressFact | None = getattr(academie, name) if name != "site" else None
    is_usual = fact is not None and fact.is_printable and own != UNTRIED and tried is None  # printed untried
    source, attested, confidence = "campaign.toml", "–", ""
    if own:
        value, state = own, "de la campagne"
    elif tried:
        by = f" par {tried.confirmed_by}" if tried.confirmed_by else ""
        value, state = tried.value, f"essai du {FRENCH.short_day_year(tried.confirmed_on)}{by}"
        source = ADDRESSES_FILE
    elif fact is not None:
        value, source, confidence = fact.value, fact.source, _TEXTS["confidence"][fact.confidence]
        attested = "source non datée" if fact.attested is None else "/".join(reversed(fact.attested.split("-")))
        state = "à essayer d’abord, pas sur le dépliant" if tried is None else "ne marchait pas à l’essai"
        if name == mailbox.kind:
            state = "sur le dépliant, à essayer"
        elif is_usual:
            state = "sur le dépliant comme aide, à essayer" if name == "help" else "en réserve"
        if name in campaign.settings_of(academie).confirmed:
            state = "confirmation de la campagne"
    elif name == "site" and (site := site_of(campaign, academie)) is not None:
        value, source = site, "le domaine de l’académie"
        state = "sur le dépliant" if mailbox.kind in ("path", "site") else "en réserve"
    else:
        return None
    is_printed = name == mailbox.kind or (name == "help" and campaign.printed(academie, name) is not None)
    is_printed = is_printed or (name == "site" and mailbox.kind == "path")
    return Candidate(
        key=f"{academie.key}.{name}",
        label=_TEXTS["names"][name],
        value=value,
        is_link=name != "path",
        source=source,
        attested=attested,
        confidence=confidence,
        state=state,
        use="printed" if is_printed else "waiting" if fact is not None and not is_usual else "reserve",
    )


PDF, PAGE = "adresses.pdf", "adresses.html"
_TEMPLATE = "addresses"
_LIGHT = 4  # modules around a code, ISO/IEC 18004 §6.3.8


class AddressSheet(Struct, frozen=True, kw_only=True):
    """The result: the files written, the académies, and the faults of campaign and list."""

    files: tuple[Path, ...]
    sheets: tuple[AcademieSheet, ...]
    faults: tuple[Fault, ...]


def make_address_sheet(options: InputOptions) -> AddressSheet:
    """Write the sheet for the académies of the schools chosen; rows with errors are left out."""
    report = options.outcome.begin(options.campaign)
    campaign = find_campaign(options, report)
    inputs = open_inputs(structs.replace(options, keep_going=True), campaign)
    sheets, others = collect_candidates(campaign, choose_schools(options, inputs, report))
    listed = [
        {**structs.asdict(sheet), "candidates": [structs.asdict(one) for one in sheet.candidates]} for sheet in sheets
    ]
    context = {**inputs.contexts.shared, "campaign": options.campaign.name, "sheets": listed, "others": others}
    page = assets() / "addresses" / "page.html"
    with Staging(options.out, replace_others=options.replace_others) as staging:
        staging.write(PDF, _pdf(inputs, context))
        # the page has nothing from elsewhere: codes are drawn in it
        tried = AddressesFile(academies=dict(campaign.addresses)).model_dump_json(exclude_none=True, warnings=False)
        text = render_html(page, {"code": _code}, {**context, "roles": ROLES, "tried": tried})
        staging.write(PAGE, text.encode())
        staging.commit()
    return AddressSheet(files=(options.out / PDF, options.out / PAGE), sheets=tuple(sheets), faults=tuple(report))


def _pdf(inputs: Materials, context: dict[str, object]) -> bytes:
    resources = program_resources()
    renderer = load_renderer(resources, _TEMPLATE)
    theme = load_theme(resources, "default", load_about(resources.find("templates", _TEMPLATE)).paper)
    rendered = renderer.render(context)
    book = inputs.book.limited(frozenset(rendered).union(*renderer.files.values()))
    master = inputs.master(theme, book, screen_flavour(), None)
    folio = renderer.words.texts["sheet.folio"]
    layout = Layouter(book, theme, {}, folio=folio).lay_out(parse_flow(rendered))
    metadata = Metadata(inputs.campaign.publisher.name, inputs.created, screen_flavour().claim)
    return Writer(master, metadata).write(layout).data


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
