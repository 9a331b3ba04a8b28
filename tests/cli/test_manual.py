"""The manual pages: what ``--help`` says, in both languages, as ``man`` takes it."""

import re
import shutil
import subprocess

import pytest

from docs.make_manual import FOLDERS, MAN, manual
from leaflet.faults import Lang
from tests.support import commands

LANGUAGES: list[Lang] = ["en", "fr"]
PAGES = sorted(MAN.rglob("*.1"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_manual_is_up_to_date(lang: Lang) -> None:
    pages = manual(lang)
    assert set(pages) == {"leaflet.1", *(f"leaflet-{name}.1" for name in commands())}
    assert {path.name: path.read_text("utf-8") for path in FOLDERS[lang].glob("*.1")} == pages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_is_explained(lang: Lang) -> None:
    pages = manual(lang)
    for name, command in commands().items():
        page = pages[f"leaflet-{name}.1"]
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert f"\\fB{option}\\fP".replace("-", r"\-") in page, f"{name} {option}"
            english = (getattr(parameter, "help", "") or "").replace("-", r"\-")
            assert lang == "en" or not english or english not in page, f"{name}: {english}"


def test_every_option_stands_in_the_documents() -> None:
    """Whoever searches them for an option finds it."""
    docs = "\n".join(path.read_text("utf-8") for path in [*MAN.parent.glob("*.md"), *MAN.parent.glob("fr/*.md")])
    parts = [part for command in commands().values() for part in command.params]
    options = sorted({option for part in parts for option in (*part.opts, *part.secondary_opts)})
    assert [one for one in options if one[:2] == "--" and not re.search(rf"{one}(?![\w-])", docs)] == []


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is missing; .ci/run installs it")
def test_mandoc_finds_no_fault() -> None:
    """But for the date: a page that is the same has the same bytes."""
    command = ["mandoc", "-Tlint", "-W", "warning", *PAGES]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert [line for line in done.stdout.splitlines() if "missing date" not in line] == []


@pytest.mark.skipif(shutil.which("man") is None, reason="man is missing; .ci/run installs it")
def test_man_shows_the_pages_of_a_language() -> None:
    for folder, name, heading in ((MAN, "leaflet-build", "EXIT STATUS"), (MAN / "fr", "leaflet", "CODES DE RETOUR")):
        place = subprocess.run(["man", "-M", str(folder), "-w", name], capture_output=True, text=True, check=True)
        assert place.stdout.strip() == str(folder / "man1" / f"{name}.1")
        command = ["man", "--warnings", "-E", "UTF-8", "-l", place.stdout.strip()]
        environment = {"PATH": "/usr/bin:/bin", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"}
        page = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
        assert page.stderr == "" and heading in page.stdout and re.search(r"--version|--only UAI", page.stdout)
