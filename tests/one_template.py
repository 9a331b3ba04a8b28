"""What tests of single templates share: what templates see of a small campaign, and their layout in a theme."""

from functools import cache
from pathlib import Path
from typing import Any

from leaflet.campaign import load_academies, load_campaign
from leaflet.faults import Report
from leaflet.files.resources import program_resources
from leaflet.imposition.impose import TRIFOLD_WIDTHS
from leaflet.layout.face import Layout
from leaflet.layout.page import Layouter
from leaflet.layout.setter import PictureInfo
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.blanks import blank
from leaflet.markup.flow import parse_flow
from leaflet.markup.page_words import load_page_words
from leaflet.markup.record_values import RecordContexts
from leaflet.markup.render import Renderer, load_about, load_renderer
from tests.campaigns import LEAFLET, write_small_campaign
from tests.support import LOGO_SIZE, SHORT_NAME, fontbook, school, tables_of

ORLEANS = "0370036N"  # a school of a département with a mailbox, a help page and a site of its own
_PUBLISHER = (
    'name = "Section syndicale d’exemple – Indre-et-Loire"\naddress = "1 rue de l’Exemple, 37000 Tours"\n'
    'contact = "contact@exemple.fr"\nimprint = "Imprimé par nos soins"\n'
)

INVENTED = tables_of(__file__)["invented"]


def contexts_of(folder: Path, election: str, facts: str = "") -> RecordContexts:
    """Return what templates see of an election; `facts` are lines of its campaign before the publisher's."""
    tables = f'{facts}\n[publisher]\n{_PUBLISHER}[data]\nschools = "ecoles.csv"\n{LEAFLET}'
    text = f'election = "{election}"\nversion = "v1"\n{tables}'
    path = write_small_campaign(folder, text, f"uai;nom;commune\n{ORLEANS};x;Tours\n")
    report = Report()
    return RecordContexts(load_campaign(path, report), load_academies(), report)


def person(fields: dict[str, str]) -> dict[str, Any]:
    """Return a person with these fields; the others are blank."""
    names = ("name", "first_name", "last_name", "address", "user_name", "probable_address", "probable_user_name")
    return {name: fields.get(name, blank(f"person.{name}", "staff")) for name in names}


@cache
def theme_of(template: str, theme: str) -> Theme:
    """Return a theme on the paper of a template."""
    return load_theme(program_resources(), theme, load_about(program_resources().find("templates", template)).paper)


@cache
def layouter_of(template: str, theme: str, logo: tuple[int, int] = LOGO_SIZE) -> Layouter:
    tokens = theme_of(template, theme)
    widths = TRIFOLD_WIDTHS if tokens.fold == "trifold" else ()
    folio = load_page_words(program_resources()).texts["sheet.folio"]
    return Layouter(fontbook(), tokens, {"logo": PictureInfo(*logo)}, widths, folio=folio)


@cache
def renderer_of(template: str) -> Renderer:
    return load_renderer(program_resources(), template)


def lay_out(
    seen: RecordContexts, template: str, theme: str = "default", name: str = SHORT_NAME, uai: str = ORLEANS
) -> Layout:
    markup = renderer_of(template).render(seen.context(school(name, key=uai)))
    return layouter_of(template, theme).lay_out(parse_flow(markup))
