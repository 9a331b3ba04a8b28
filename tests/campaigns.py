"""Small campaigns: one text with places for what a test is about, written with its lists beside it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_comparison
from leaflet.faults import Report


def compared(steps: str) -> str:
    """Return the lines of a campaign that has steps which somebody compared with the notice."""
    return f'steps = {steps}\ncompared = [{{ field = "steps", value = {steps}, on = 2018-11-20 }}]\n'


TIGHT_STEP = compared(f'[{{title = "T", text = "{"mot " * 170}"}}]')
"""A step whose text has room on an A4 only if it is set smaller (F201); it stands before the first table."""
LEAFLET = '[[document]]\ntemplate = "leaflet-a4"\n'


def campaign_text(
    tables: str = LEAFLET, *, election: str = "2018", head: str = "", publisher: str = "", staff: bool = False
) -> str:
    """Return the text of a campaign: `head` before the first table, `tables` after the lists."""
    lists = 'schools = "ecoles.csv"\n' + ('staff = "personnels.csv"\n' if staff else "")
    name = 'name = "Section d’essai"\naddress = "1 rue de l’Exemple, 37000 Tours"\n'
    return f'election = "{election}"\n{head}[publisher]\n{name}{publisher}[data]\n{lists}{tables}'


def write_small_campaign(
    folder: Path, text: str, schools: str | bytes, staff: str | None = None, *, name: str = "campaign.toml"
) -> Path:
    """Write a campaign and its lists into a folder, made if need be; return the path of the campaign."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    (folder / "ecoles.csv").write_bytes(schools if isinstance(schools, bytes) else schools.encode())
    if staff is not None:
        (folder / "personnels.csv").write_text(staff, "utf-8")
    return folder / name


def compare_all(path: Path) -> Path:
    """Write into a campaign that somebody compared all its facts with a notice, as they stand there."""
    facts = load_campaign(path, Report()).not_compared
    path.write_text(with_comparison(path, path.read_text("utf-8"), facts, date(2026, 11, 16)), "utf-8")
    return path


def list_of(header: str, rows: Iterable[str]) -> str:
    return "\n".join((header, *rows, ""))
