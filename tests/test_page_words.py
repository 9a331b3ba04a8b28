"""The words of pages: whole in both languages, used, and written as each language does."""

import re
import string
import tomllib
from datetime import date
from functools import cache

import pytest

from leaflet.faults import LANGUAGES
from leaflet.files.words import load_words
from leaflet.markup.html_page import format_day
from leaflet.program import assets

PAGES = ("report", "cli", "parts")
ROOMS = {"report": "preflight/report", "cli": "cli", "parts": "."}  # whose modules say the words of a page
SAID = {
    "report": [r"""say\(\s*["'](\w+)["']\s*[,)]"""],
    "cli": [r'message\(\s*"(\w+)"'],
    "parts": [r'say_part\("(\w+)"', r'in_both\("\w+", "(\w+)"'],
}
ALL = {page: {lang: load_words(page, lang) for lang in LANGUAGES} for page in PAGES}
WORDS = ALL["report"]
KEYS = [(page, key) for page in PAGES for key in ALL[page]["en"].texts]


@cache
def sources(page: str) -> str:
    modules = (assets().parent / "leaflet" / ROOMS[page]).rglob("*.py")
    return " ".join(path.read_text("utf-8") for path in (*modules, *(assets() / page).glob("*.html")))


def forms(page: str, key: str, lang: str) -> tuple[str, ...]:
    text = ALL[page][lang].texts[key]
    return (text,) if isinstance(text, str) else text


@pytest.mark.parametrize(("page", "key"), KEYS)
def test_both_languages_say_the_same(page: str, key: str) -> None:
    """The same values, a plural where the other has one, French spacing."""
    found = [
        {name for text in forms(page, key, lang) for _, name, _, _ in string.Formatter().parse(text) if name}
        for lang in LANGUAGES
    ]
    assert found[0] == found[1]
    assert len(forms(page, key, "en")) == len(forms(page, key, "fr"))
    for text in forms(page, key, "fr"):
        assert not re.search(r" [;!?»]|« | :(?!/)|\w'\w", text)


def test_easy_sentences_are_short() -> None:
    """The easy-to-read page has ten words a sentence at most, and no brackets."""
    easy = tomllib.loads((assets() / "words" / "fr.toml").read_text("utf-8"))["simple"].values()
    for text in [text for one in easy for text in (one.values() if isinstance(one, dict) else (one,))]:
        sentences = re.split(r"[.?!:]", re.sub(r"<br/>|</?strong>", " ", text))
        assert max(len(sentence.split()) for sentence in sentences) <= 10 and not re.search(r"[()…]", text), text


@pytest.mark.parametrize("page", PAGES)
def test_texts_are_there_and_used(page: str) -> None:
    """What nobody says any more goes; nobody finds a missing one at the last moment."""
    said = sources(page)
    stems = {*re.findall(r"""f?["'](\w+_)(?:\{|["'] ~)""", said)} - {"n_"}
    things = re.findall(r"\{\w+:(\w+)\}", " ".join(map(str, ALL[page]["en"].texts.values())))  # that a text counts
    if page == "cli":  # which counts by what is counted
        said += "".join(f'"{thing}"' for thing in things)
        said = re.sub(r'"(\w+)"', r'"\1" "n_\1"', said)
    unused = [
        key
        for key in ALL[page]["en"].texts
        if f'"{key}"' not in said and f"'{key}'" not in said and not key.startswith(tuple(stems))
    ]
    assert unused == []
    found = {key for said in SAID[page] for key in re.findall(said, sources(page))}
    if page == "cli":
        counted = r'format_count\([^"()]+(?:\([^()]*\))?[^"()]*"(\w+)"'
        found |= {f"n_{thing}" for thing in (*things, *re.findall(counted, sources(page)))}
    assert len(found) > 4 and [key for key in found if key not in ALL[page]["fr"].texts] == []


@pytest.mark.parametrize(
    ("number", "en", "fr"),
    [(0, "0 files", "0 fichier"), (1, "1 file", "1 fichier"), (5000, "5,000 files", "5\u202f000 fichiers")],
)
def test_counting(number: int, en: str, fr: str) -> None:
    """In French nought is singular; thousands are set apart."""
    assert WORDS["en"].say("n_files", n=number) == en and WORDS["fr"].say("n_files", n=number) == fr


@pytest.mark.parametrize(
    ("size", "en", "fr"),
    [
        (999, "999 bytes", "999 octets"), (1400, "1.4 kB", "1,4 ko"), (123_456, "123 kB", "123 ko"),
        (2_500_000_000_000, "2500 GB", "2500 Go"),
    ],
)  # fmt: skip
def test_sizes(size: int, en: str, fr: str) -> None:
    """In the unit that keeps the number short."""
    assert WORDS["en"].size(size) == en.replace(" ", "\u00a0")
    assert WORDS["fr"].size(size) == fr.replace(" ", "\u00a0")


def test_days_and_values() -> None:
    """With their weekday, whatever the locale; a missing value is found at once, not printed as a brace."""
    day = date(2018, 11, 29)
    assert format_day(day, "en") == "Thursday 29\u00a0November 2018"
    assert format_day(day, "fr") == "jeudi 29\u00a0novembre 2018"
    with pytest.raises(KeyError):
        WORDS["fr"].say("and_more")
