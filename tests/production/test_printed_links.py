"""Every address that a template prints obeys the link rules, wherever it stands; what is set aside is let through."""

from pathlib import Path

import pytest

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.own_resources import ROWS, write, write_own
from tests.support import codes_of, faults_of, tables_of

TABLES = tables_of(__file__)
REFUSED, LET_THROUGH, ALLOW = (TABLES[name] for name in ("refused", "let_through", "allow"))
PAGE = '<leaflet title="T">\n<page>\n<p>avant</p>\n{}\n</page>\n</leaflet>'


def campaign(folder: Path, content: str) -> Path:
    path = write_own(folder, PAGE.format(content), more=ALLOW)
    contact = 'contact = "www.syndicat.example.org"\n[data]'
    path.write_text(path.read_text("utf-8").replace("[data]", contact, 1), "utf-8")
    return path


@pytest.mark.parametrize("what", REFUSED)
def test_an_address_that_may_not_be_printed(tmp_path: Path, what: str) -> None:
    """The fault names the template's line, once for all schools."""
    options = BuildOptions(campaign=campaign(tmp_path, REFUSED[what]), out=tmp_path / "out")
    (fault,) = [fault for fault in faults_of(lambda: build(options)) if fault.severity == "error"]
    assert (fault.code, fault.place.file) == ("M415", "mien/leaflet.xml")
    assert fault.place.line in (4, 5)


@pytest.mark.parametrize("what", LET_THROUGH)
def test_an_address_that_may(tmp_path: Path, what: str) -> None:
    assert build(BuildOptions(campaign=campaign(tmp_path, LET_THROUGH[what]), out=tmp_path / "out")).made == 3


def test_an_address_in_a_list(tmp_path: Path) -> None:
    """A name of a school is judged, too, whichever school it is."""
    path = campaign(tmp_path, "<p>{{ school.name }}</p>")
    write(tmp_path / "ecoles.csv", ROWS.replace("Lycée Ampère", "Lycée www.evil.com"))
    assert "M415" in set(codes_of(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out"))))
