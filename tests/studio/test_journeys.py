"""From the file one was sent to printed sheets, in Chromium, through the server: nobody touches a terminal."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from leaflet.pdf.standards.pdfx import check_press
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.studio.engine import Engine
from leaflet.studio.server import StudioServer
from tests.browser import needs_chromium
from tests.press_profile import needs_profile
from tests.studio.journeys import Typist, Visitor, make_cards, make_leaflets, make_print_run, use_campaign
from tests.studio.support import HERE, ready
from tests.studio.window import DESK

pytestmark = needs_chromium


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    with StudioServer(lambda: Engine(tmp_path / "campagne", "fr", HERE), "fr") as server:
        visitor = Visitor(browser, server.url, DESK)
        yield visitor
        visitor.page.close()


def test_from_a_list_to_leaflets(visitor: Visitor, tmp_path: Path) -> None:
    """The ZIP has the bytes of the command line's."""
    make_leaflets(visitor, tmp_path, schools=12)
    assert visitor.clicks <= 16
    folder, archive = tmp_path / "campagne", tmp_path / "b.zip"
    build(BuildOptions(campaign=folder / "campaign.toml", out=archive))
    assert archive.read_bytes() == (folder / "depliants.zip").read_bytes()
    assert list((folder / "copieur").rglob("print-run*.pdf"))


@pytest.mark.drill
def test_from_a_list_to_leaflets_without_a_mouse(browser: Browser, tmp_path: Path) -> None:
    """Everything can be reached with Tab, and one always sees where one is."""
    with StudioServer(lambda: Engine(tmp_path / "campagne", "fr", HERE), "fr") as server:
        typist = Typist(browser, server.url, DESK)
        make_leaflets(typist, tmp_path, schools=12)
        typist.page.close()
    assert (tmp_path / "campagne" / "depliants.zip").exists()


@pytest.mark.drill
@needs_profile
def test_from_a_campaign_to_the_print_shop(browser: Browser, tmp_path: Path) -> None:
    """The file that is made is PDF/X-4."""
    folder = tmp_path / "campagne"
    ready(folder).close()
    with StudioServer(lambda: Engine(folder, "fr", HERE), "fr") as server:
        visitor = Visitor(browser, server.url, DESK)
        make_print_run(visitor)
        visitor.page.close()
    assert visitor.clicks <= 3
    (made,) = (folder / "imprimerie").rglob("print-run*.pdf")
    assert check_press(made) == []
    with closing(pypdfium2.PdfDocument(made)) as pdf:
        assert any("Imprimerie d’essai" in page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.drill
def test_from_names_to_cards(visitor: Visitor, tmp_path: Path) -> None:
    """All cards are in one file, to be printed on sheets."""
    make_cards(visitor)
    assert visitor.clicks <= 6
    assert len(list((tmp_path / "campagne" / "depliants" / "memo-card").glob("*.pdf"))) == 1


@pytest.mark.drill
def test_from_a_campaign_that_was_sent(visitor: Visitor, tmp_path: Path) -> None:
    """One wrong row is left out, and said."""
    use_campaign(visitor, tmp_path, schools=12)
    assert visitor.clicks <= 12  # one of them for the name of the section
