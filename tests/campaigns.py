"""Small campaigns: one text with places for what a test is about, written with its lists beside it."""

from collections.abc import Iterable
from pathlib import Path

TIGHT_STEP = f'steps = [{{title = "T", text = "{"mot " * 170}"}}]\n'
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


def list_of(header: str, rows: Iterable[str]) -> str:
    return "\n".join((header, *rows, ""))
