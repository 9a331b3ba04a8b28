"""Make the sheet for trying the addresses of mailboxes, as a PDF and as a page: `make_address_sheet`.

It is for exactly the académies of a campaign's list. `confirm_address` writes down what was tried.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from msgspec import Struct, structs

from leaflet.campaign import Campaign, load_academies
from leaflet.campaign.academies import Academie, match_academie
from leaflet.campaign.addresses import ADDRESS_NAMES, ADDRESSES_FILE, AddressName, ConfirmedAddress
from leaflet.campaign.addresses_file import read_addresses, write_address
from leaflet.campaign.fact import AddressFact
from leaflet.campaign.french import short_day_year
from leaflet.campaign.links import check_link
from leaflet.faults import Fault, Place, Report, fail
from leaflet.layout.page import Layouter
from leaflet.layout.qr import make_matrix
from leaflet.layout.theme import load_theme
from leaflet.markup.about import load_about
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import load_renderer
from leaflet.pdf.flavour import screen_flavour
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from leaflet.production.inputs import choose_schools, find_campaign, open_inputs
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.staging import Staging
from leaflet.records import FILTERS
from leaflet.records.mailbox import WayToMailbox, find_mailbox, site_of
from leaflet.resources import assets, program_resources
from leaflet.tables import School
from leaflet.validation import Codes, validate

PDF, PAGE = "adresses.pdf", "adresses.html"
_TEMPLATE = "addresses"
_LABELS: dict[AddressName, str] = {
    "webmail": "Messagerie",
    "help": "Page d’aide de la messagerie",
    "path": "Chemin vers la messagerie",
    "site": "Site de l’académie",
}
_LIGHT = 4  # modules around a code, ISO/IEC 18004 §6.3.8


class Candidate(Struct, frozen=True, kw_only=True):
    """One address of an académie, or a path in words, to be tried.

    Args:
        key: what ``--confirm`` takes: ``lyon.webmail``.
        label: what it is, in French.
        value: the address or the path.
        is_link: it is an address, which a code can hold.
        source: where it was read.
        attested: date of the source, in French; « source non datée » without one.
        confidence: of the program's own fact; empty for others.
        state: whether it is confirmed, printed or not.
    """

    key: str
    label: str
    value: str
    is_link: bool
    source: str
    attested: str
    confidence: str
    state: str


class AcademieSheet(Struct, frozen=True, kw_only=True):
    """An académie of the list: its schools counted, what is printed for them, what there is to try."""

    key: str
    name: str
    schools: int
    printed: str
    candidates: tuple[Candidate, ...]


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
    with Staging(options.out) as staging:
        staging.write(PDF, _pdf(inputs, context))
        staging.write(PAGE, _page(sheets, options.campaign.name).encode())
        staging.commit()
    return AddressSheet(files=(options.out / PDF, options.out / PAGE), sheets=tuple(sheets), faults=tuple(report))


def collect_candidates(campaign: Campaign, schools: Sequence[School]) -> tuple[list[AcademieSheet], int]:
    """Return the académies of `schools`, those with most schools first, and the number of schools without one."""
    academies = load_academies(campaign.resources)
    counts: Counter[str] = Counter()
    others = 0
    for school in schools:
        academie = academies.by_uai(school.uai) or academies.by_name(school.academie_label)
        if academie is None or school.is_of_other_ministry:
            others += 1
        else:
            counts[academie.key] += 1
    return [_sheet(campaign, academies.by_key[key], count) for key, count in counts.most_common()], others


def _sheet(campaign: Campaign, academie: Academie, schools: int) -> AcademieSheet:
    mailbox = find_mailbox(campaign, academie)
    found = [_candidate(campaign, academie, name, mailbox) for name in ADDRESS_NAMES]
    return AcademieSheet(
        key=academie.key,
        name=academie.name,
        schools=schools,
        printed=_printed(mailbox),
        candidates=tuple(candidate for candidate in found if candidate is not None),
    )


def _printed(mailbox: WayToMailbox) -> str:
    if mailbox.address is None:
        return mailbox.words
    return f"{mailbox.label}\u00a0: {mailbox.address}{', ' if mailbox.words else ''}{mailbox.words}"


def _candidate(campaign: Campaign, academie: Academie, name: AddressName, mailbox: WayToMailbox) -> Candidate | None:
    """Return the best known value of one kind: the campaign's, what was confirmed, or the program's own."""
    own: str | None = getattr(campaign.settings_of(academie), name)
    confirmed: ConfirmedAddress | None = getattr(campaign.addresses.get(academie.key), name, None)
    fact: AddressFact | None = getattr(academie, name) if name != "site" else None
    source, attested, confidence = "campaign.toml", "–", ""
    if own is not None:
        value, state = own, "de la campagne"
    elif confirmed is not None:
        by = f" par {confirmed.confirmed_by}" if confirmed.confirmed_by else ""
        value, state = confirmed.value, f"essai du {short_day_year(confirmed.confirmed_on)}{by}"
        source = ADDRESSES_FILE
    elif fact is not None:
        value, source, confidence = fact.value, fact.source, fact.confidence
        attested = "source non datée" if fact.attested is None else "/".join(reversed(fact.attested.split("-")))
        state = "à essayer d’abord, pas sur le dépliant"
        if name == mailbox.kind:
            state = "sur le dépliant, à essayer"
        elif fact.is_printable:
            state = "sur le dépliant comme aide, à essayer" if name == "help" else "en réserve"
        if name in campaign.settings_of(academie).confirmed:
            state = "confirmation de la campagne"
    elif name == "site" and (site := site_of(campaign, academie)) is not None:
        value, source, state = (
            site,
            "le domaine de l’académie",
            "sur le dépliant" if mailbox.kind in ("path", "site") else "en réserve",
        )
    else:
        return None
    return Candidate(
        key=f"{academie.key}.{name}",
        label=_LABELS[name],
        value=value,
        is_link=name != "path",
        source=source,
        attested=attested,
        confidence=confidence,
        state=state,
    )


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


def _page(sheets: Sequence[AcademieSheet], campaign: str) -> str:
    """Return the same as a page: no script, no picture from elsewhere; the codes are drawn in it."""
    body = "".join(_section(sheet, campaign) for sheet in sheets)
    style = (assets() / "addresses" / "page.css").read_text("utf-8")
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Adresses de messagerie à essayer</title><style>{style}</style></head><body>"
        "<h1>Adresses de messagerie à essayer</h1><p>Ouvrez chaque adresse, ou scannez son code. Si la bonne page "
        "s’ouvre, cochez la case, puis confirmez l’adresse avec la commande écrite sous elle. "
        f"Ne saisissez aucun mot de passe.</p>{body}</body></html>\n"
    )


def _section(sheet: AcademieSheet, campaign: str) -> str:
    plural = "s" if sheet.schools > 1 else ""
    head = f"<h2>{escape(sheet.name)} – {sheet.schools} établissement{plural}</h2>"
    rows = "".join(_article(candidate, campaign) for candidate in sheet.candidates)
    nothing = (
        "" if rows else "<p>Aucune adresse n’est connue\u00a0: demandez-la au secrétariat d’un établissement.</p>"
    )
    return f"<section>{head}<p>Imprimé aujourd’hui\u00a0: {escape(sheet.printed)}</p>{rows}{nothing}</section>"


def _article(candidate: Candidate, campaign: str) -> str:
    value = escape(candidate.value)
    shown = f'<a href="{value}" rel="noreferrer">{value}</a>' if candidate.is_link else value
    confidence = f" · Confiance\u00a0: {escape(candidate.confidence)}" if candidate.confidence else ""
    return (
        f"<article>{_code(candidate.value) if candidate.is_link else ''}<div><h3>{escape(candidate.label)}</h3>"
        f"<p>{shown}</p><p>{escape(candidate.state)}</p><p>Source\u00a0: {escape(candidate.source)} · "
        f"Date de la source\u00a0: {escape(candidate.attested)}{confidence}</p>"
        '<p><label><input type="checkbox"> Essayée\u00a0: elle ouvre bien ce qui est annoncé</label></p>'
        f"<p><code>leaflet addresses {escape(campaign)} --confirm {escape(candidate.key)}</code></p></div></article>"
    )


def _code(address: str) -> str:
    matrix = make_matrix(address, "M")
    side = matrix.size + 2 * _LIGHT
    dark = "".join(
        f"M{x + _LIGHT} {y + _LIGHT}h1v1h-1z"
        for y, row in enumerate(matrix.rows)
        for x, module in enumerate(row)
        if module == "1"
    )
    label = f"QR code\u00a0: {escape(address)}"
    return f'<svg viewBox="0 0 {side} {side}" role="img" aria-label="{label}"><path d="{dark}"/></svg>'


def confirm_address(campaign: Path, asked: str, *, day: date, by: str | None, given: str | None = None) -> Path:
    """Write one address that was tried into ``addresses.toml`` beside a campaign; return that file.

    Args:
        campaign: the campaign file.
        asked: the académie and the kind of address: ``lyon.webmail``.
        day: the day on which it was tried.
        by: the role of who tried it, or None.
        given: the address; None confirms the one that the program knows.

    Raises:
        UsageError: there is no such address.
        DataError: the address breaks a link rule, `by` is no role, or the file cannot be written.
    """
    option = "--confirm" if given is None else "--set"
    place, report = Place(field=option), Report()
    key, _, kind = asked.rpartition(".")
    name = next((name for name in ADDRESS_NAMES if name == kind.strip()), None)
    if name is None or not key or given == "":
        raise fail("U080", place, value=asked, allowed=", ".join(ADDRESS_NAMES))
    academies = load_academies()
    academie = match_academie(academies, key, place=place, report=report)
    report.raise_errors()
    assert academie is not None
    fact: AddressFact | None = getattr(academie, name) if name != "site" else None
    value = given if given is not None else academie.site if name == "site" else fact.value if fact else None
    if value is None:
        raise fail("U081", place, value=name, name=academie.name, key=academie.key)
    if name != "path":
        domains = (academie.domain,) if academie.domain else ()
        check_link(value, place=place, report=report, academy_domains=domains)
    tree = {"value": value, "confirmed_on": day} | ({"confirmed_by": by} if by is not None else {})
    codes = Codes(unknown="C105", missing="C107", wrong="C106")
    confirmed = validate(ConfirmedAddress, tree, codes, lambda *_: Place(field="--by"), report)
    report.raise_errors()
    assert confirmed is not None
    path = campaign.parent / ADDRESSES_FILE
    read_addresses(path, academies, report)  # a faulty file is not added to
    report.raise_errors()
    write_address(path, academie.key, name, confirmed)
    return path
