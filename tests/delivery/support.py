"""A small campaign whose schools have addresses of both kinds, built once for all tests of a process."""

import atexit
import csv
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.delivery.letters import PostOptions
from tests.campaigns import LEAFLET, campaign_text, list_of, write_small_campaign

HEADER = "uai;nom;adresse;code_postal;commune;exemplaires;courriel"
DESCARTES = "0370035M;Lycée Descartes;10 rue des Minimes;37000;Tours;12;ce.0370035m@ac-orleans-tours.fr"
BALZAC = "0370036N;Lycée Balzac;35 rue d'Entraigues;37061;Tours cedex 9;3;ce.0370036n@ac-orleans-tours.fr"
AMBOISE = "0370001A;École Jean de La Fontaine;;37400;Amboise;;ce.0370001a@ac-orleans-tours.fr"
ROWS = (DESCARTES, BALZAC, AMBOISE)
TEXT = campaign_text(head="issued_on = 2018-10-01\n", publisher='contact = "section@exemple.fr"\n')
FOLDER = "leaflet-a4"
DESCARTES_PDF, BALZAC_PDF = f"{FOLDER}/0370035M-lycee-descartes.pdf", f"{FOLDER}/0370036N-lycee-balzac.pdf"


def write_campaign(folder: Path, *rows: str, text: str = TEXT) -> Path:
    """Write the campaign with these rows, by default the three schools."""
    return write_small_campaign(folder, text, list_of(HEADER, rows or ROWS))


@cache
def _built() -> Path:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    build(BuildOptions(campaign=write_campaign(folder), out=folder / "out"))
    return folder


def built_campaign(folder: Path) -> Path:
    """Return the campaign in a folder, its files built in ``out``."""
    shutil.copytree(_built(), folder, dirs_exist_ok=True)
    return folder / "campaign.toml"


def options_for(campaign: Path, **options: Any) -> PostOptions:
    """Return options of a delivery from the folder ``out`` beside a campaign."""
    return PostOptions(**{"campaign": campaign, "out": campaign.parent / "out", **options})


def change_rows(campaign: Path, *rows: str) -> None:
    (campaign.parent / "ecoles.csv").write_text(list_of(HEADER, rows), "utf-8")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as a French spreadsheet reads them."""
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


PER_PERSON = LEAFLET.replace("leaflet-a4", "memo-card") + 'per = "person"\nsheet = "avery-c32011"\n'
