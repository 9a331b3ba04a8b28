"""What the filters of templates make of names and addresses."""

import re

import pytest

from leaflet.markup.jinja_filters import address_lines, fake_site, is_feminine, my, name, noun, sigles, with_article
from tests.support import tables_of

TABLES = tables_of(__file__)


@pytest.mark.parametrize(("text", "shown"), [
    ("Marc de la Tour", "Marc de\u00a0la\u00a0Tour"), ("Marc DE LA TOUR", "Marc DE\u00a0LA\u00a0TOUR"),
    ("Inès da Silva", "Inès da\u00a0Silva"), ("Ute von Stein", "Ute von\u00a0Stein"), ("Linda Laval", "Linda Laval")
])  # fmt: skip
def test_a_particle_ends_no_line(text: str, shown: str) -> None:
    assert name(text) == shown


@pytest.mark.parametrize(("host", "shown"), TABLES["hosts"])
def test_a_forgery_is_no_longer_than_a_short_host(host: str, shown: str) -> None:
    """Of a long host it shows the end."""
    assert str(fake_site(f"https://{host}/a", "a.example")) == f"<code>{shown}.<strong>a.example</strong></code>"
    assert len(shown) <= 34


@pytest.mark.parametrize(("url", "lines"), TABLES["large"])
def test_a_long_address_in_large_type_leaves_no_www_alone(url: str, lines: list[str]) -> None:
    """Its host is broken after a hyphen, its path stands on lines of its own."""
    assert [re.sub("<[^>]*>", "", line) for line in address_lines(url).split("<br/>")] == lines


def test_bodies_in_short() -> None:
    assert sigles("commission mixte (CCMA, CCMD ou CCMI)") == "CCMA, CCMD ou CCMI"
    assert sigles("CSA ministériel, commission paritaire (CAP)") == "CSA ministériel, CAP"


@pytest.mark.parametrize(("written", "mine", "whole", "feminine"), TABLES["nouns"])
def test_a_name_agrees_with_what_stands_before_it(written: str, mine: str, whole: str, feminine: bool) -> None:
    """An « un » or « une » at its head tells its gender, else its first word does."""
    assert (f"{my(written)} {noun(written)}", with_article(written)) == (mine, whole)
    assert is_feminine(written) == feminine
