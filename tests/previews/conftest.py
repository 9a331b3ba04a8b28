"""A project to preview: a small campaign, and copies of templates and assets that a test may change."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leaflet.production.preview import PreviewOptions
from leaflet.program import assets, templates
from tests.campaigns import LEAFLET, campaign_text
from tests.support import EXAMPLE, change_text, fontbook, tables_of

CAMPAIGN = campaign_text(
    f'{LEAFLET}[[document]]\ntemplate = "memo-card"\nname = "cartes"\nsheet = "cards-a4"\n{LEAFLET}theme = "grey"\n',
    publisher='logo = "logo.png"\n',
)
ROWS = tables_of(__file__)["rows"]
PRINTER = '[front]\nx = "1 mm"\ny = "0 mm"\n[back]\nx = "0 mm"\ny = "0 mm"\n'
ADDRESSES = """[academies.orleans-tours]
webmail = { value = "https://webmail.ac-orleans-tours.fr/", confirmed_on = 2026-11-30 }
"""
STAFF = "prenom;nom;uai;adresse_pro\nOndine;Passiflore;0370035M;\nOctave;Quetsche;0370035M;\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nname = "nominatives"\nper = "person"\nsheet = "cards-a4"\n'
DESCARTES, BALZAC, VINCI, ZOLA = "0370035M", "0370036N", "0370001A", "0370040T"


@dataclass(slots=True)
class Project:
    """The folders of the project."""

    folder: Path
    templates: Path
    assets: Path

    @property
    def campaign(self) -> Path:
        return self.folder / "campaign.toml"

    @property
    def list(self) -> Path:
        return self.folder / "ecoles.csv"

    def options(self, **values: Any) -> PreviewOptions:
        return PreviewOptions(**{"campaign": self.campaign, "out": self.folder / "preview", **values})


def change(path: Path, old: str, new: str) -> None:
    change_text(path, (old, new))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a campaign of four schools and three documents, its templates and assets copied."""
    project = Project(tmp_path / "campagne", tmp_path / "templates", tmp_path / "assets")
    project.folder.mkdir()
    project.campaign.write_text(CAMPAIGN, "utf-8")
    project.list.write_text(ROWS, "utf-8")
    shutil.copy(EXAMPLE / "logo.png", project.folder / "logo.png")
    shutil.copytree(templates(), project.templates)
    shutil.copytree(assets(), project.assets)
    monkeypatch.setattr("leaflet.program._ROOT", tmp_path)
    monkeypatch.setattr("leaflet.production.inputs.load_fontbook", fontbook)
    return project
