"""Mistakes that people make, each with the fault it must get: code, place, reason and way out in both languages.

Most stand in mistakes.toml. With MISTAKES=FILE in the environment all messages are written to that file, for somebody
who grades them.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.campaigns import LEAFLET, campaign_text
from tests.cli.conftest import Ended
from tests.cli.test_command import campaign
from tests.support import tables_of

PORTAL = '[links]\nportal = "https://elections2018.education.gouv.fr/"\n'
CAMPAIGN = campaign_text(PORTAL + LEAFLET, head='version = "1"\nissued_on = 2018-11-05\n')
ROWS = "uai;nom;adresse;code_postal;commune\n0370035M;Lycée Descartes;10 rue des Minimes;37000;Tours\n"
Case = tuple[str, Callable[[Path], tuple[str, ...]], str]


def said(text: str, rows: str, *words: str) -> Callable[[Path], tuple[str, ...]]:
    """Return what writes a campaign with its list, then the words of the command line."""

    def cause(folder: Path) -> tuple[str, ...]:
        campaign(folder, text, rows)
        return words or ("check", "campaign.toml")

    return cause


def swap(name: str, old: str, new: str, code: str) -> Case:
    assert old in CAMPAIGN
    return name, said(CAMPAIGN.replace(old, new, 1), ROWS), code


def file(name: str, file_name: str, data: bytes, code: str, *words: str, text: str = CAMPAIGN) -> Case:
    """A mistake with a file beside the campaign, or in its place."""

    def cause(folder: Path) -> tuple[str, ...]:
        campaign(folder, text, ROWS)
        (folder / file_name).write_bytes(data)
        return words or ("check", "campaign.toml")

    return name, cause, code


def logo(name: str, named: str, there: str) -> Case:
    return file(name, there, b"", "C135", text=CAMPAIGN.replace("[data]", f'logo = "{named}"\n[data]'))


def renamed(folder: Path) -> tuple[str, ...]:
    """Save the campaign as campaign.toml.txt."""
    path = campaign(folder, CAMPAIGN, ROWS)
    path.rename(path.with_name("campaign.toml.txt"))
    return "build", "campaign.toml"


def empty_folder(folder: Path) -> tuple[str, ...]:
    """Name a folder without a campaign."""
    (folder / "vide").mkdir()
    return "build", "vide"


HEAD, ROW = ROWS.splitlines()
MISTAKES = tables_of(__file__)
SAYS = MISTAKES.pop("says")
MAKERS: dict[str, Callable[..., Case]] = {
    "swap": swap, "add": lambda name, lines, code: (name, said(f"{CAMPAIGN}{lines}\n", ROWS), code),
    "top": lambda name, lines, code: (name, said(f"{lines}\n{CAMPAIGN}", ROWS), code),
    "rows": lambda name, text, code: (name, said(CAMPAIGN, text), code), "logo": logo,
    "typed": lambda name, code, *words: (name, said(CAMPAIGN, ROWS, *words), code)
}  # fmt: skip
CASES: tuple[Case, ...] = (
    *(MAKERS[kind](*words) for kind, all_words in MISTAKES.items() for words in all_words),
    swap("no publisher", CAMPAIGN[CAMPAIGN.index("[pub") : CAMPAIGN.index("[data]")], "", "C107"),
    file("UTF-16", "campaign.toml", CAMPAIGN.encode("utf-16"), "C178"),
    file("cp1252", "campaign.toml", CAMPAIGN.encode("cp1252"), "C102"),
    file("RTF", "campaign.toml", rb"{\rtf1\ansi election}", "C217"),
    file("DOCX", "campaign.toml", b"PK\x03\x04" + bytes(26) + b"word/document.xml", "C217"),
    file("a web page", "campaign.toml", b"<!DOCTYPE html><html></html>", "C222"),
    ("campaign.toml.txt", renamed, "U029"), ("a folder without a campaign", empty_folder, "U031"),
    ("a UAI with a wrong letter", said(CAMPAIGN, f"{HEAD}\n{ROW.replace('35M', '35X')}\n"), "T304"),
    ("a school twice", said(CAMPAIGN, f"{ROWS}{ROW.replace('Descartes', 'Balzac')}\n"), "T305"),
    ("a postcode without its nought", said(CAMPAIGN, f"{HEAD}\n0010002X;École;1 rue;1000;Bourg\n"), "T313"),
    ("a list with no rows", said(CAMPAIGN, f"{HEAD}\n"), "T116"), file("an empty list", "ecoles.csv", b"", "T104"),
    file("a list that is a PDF", "ecoles.csv", b"%PDF-1.7\n", "T106"),
    file("the staff list for the campaign", "p.csv", b"prenom;nom;uai\n", "U030", "build", "p.csv"),
    *(
        file(f"to begin with {name}", name, data, code, "init", "neuf", "--schools", name)
        for name, data, code in (
            ("abime.xlsx", b"PK\x03\x04" + bytes(99), "T130"), ("vide.csv", b"", "T104"),
            ("numen.csv", b"uai", "T122"),
            ("page.csv", b"<!DOCTYPE html><html></html>", "T129"), ("codes.csv", b"uai;nom;commune;NUMEN\n", "T206"),
            ("eleves.csv", b"uai;nom;commune;INE\n", "T205"), ("p.csv", b"prenom;nom;uai\n", "U035"),
        )
    ),
    file("a PDF for the campaign", "a.pdf", b"%PDF-1.7", "U032", "build", "a.pdf"),
    file("an archive for the campaign", "a.zip", b"PK\x03\x04", "U032", "build", "a.zip"),
    file("a picture for the campaign", "a.png", b"\x89PNG", "U032", "build", "a.png")
)  # fmt: skip


@pytest.mark.parametrize(("name", "cause", "code"), CASES, ids=[name for name, *_ in CASES])
def test_a_mistake(run: Callable[..., Ended], tmp_path: Path, monkeypatch, name: str, cause, code: str) -> None:
    words = cause(tmp_path)
    monkeypatch.chdir(tmp_path)
    english, french = (run("--lang", lang, *words)[2] for lang in ("en", "fr"))
    if transcript := os.environ.get("MISTAKES"):
        lines = [text.strip().replace("|", "\\|").splitlines() for text in (english, french)]
        cells = (name, *("<br>".join(map(str.strip, cell)) for cell in lines))
        with Path(transcript).open("a", encoding="utf-8") as out:
            out.write(f"| {' | '.join(cells)} |\n")
    assert code in english and code in french and "Traceback" not in english + french
    if "neuf" in words:  # what no campaign may have is not copied: nothing is written
        assert not Path("neuf").exists()
    assert {*re.findall("^([A-Z][0-9]{3}) ", english, re.MULTILINE)} <= {code}
    for text, words in zip((english, french), SAYS.get(name, ("", "")), strict=True):
        assert words in re.sub("[\u00a0\u202f]", " ", text)
    for text in (english, french):
        for fault in re.split("^[A-Z][0-9]{3} .*", text, flags=re.MULTILINE)[1:]:
            message = "".join(re.findall(" {5}.*\n", fault))
            assert len(re.findall("[.?!…](?=\\s)|(?<![.?!…])\n$", message)) <= 3, message
    if code[0].isupper():
        assert "     → " in english and "     → " in french
        assert english.split(code)[1][:200] != french.split(code)[1][:200]


def test_names_are_those_of_one_mistake_each() -> None:
    assert len({name for name, *_ in CASES}) == len(CASES) >= 84 and SAYS.keys() <= {name for name, *_ in CASES}
