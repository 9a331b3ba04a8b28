"""Output that goes to a pipe nobody reads, to a closed stream, to a full disk, or to a poor console: no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leaflet.cli.command import system_failure
from leaflet.cli.terminal import accept_any_character
from leaflet.faults import LANGUAGES, catalogue
from leaflet.files.words import load_words
from tests.support import EXAMPLE

ROOT = Path(__file__).parents[2]
ENCODINGS = ("ascii", "cp850", "cp1252", "latin-1", "utf-8")
# Commands that print a lot to standard output, each by another way.
TALKING = (("check", "--list-rules"), ("list", "icons"), ("columns", str(EXAMPLE / "ecoles.csv")))


def texts() -> list[str]:
    """All that the program says, before values are filled in."""
    words = [*(load_words("cli", lang).texts for lang in LANGUAGES), load_words("cli", "fr", "french.toml").texts]
    all_forms = [forms for texts in words for forms in texts.values()]
    messages = [text for forms in all_forms for text in ((forms,) if isinstance(forms, str) else forms)]
    faults = [part for entry in catalogue().values() for part in (*entry.reason.values(), *entry.way_out.values())]
    return [*messages, *faults, *words[-1]]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_text_can_be_read_in_every_encoding(encoding: str) -> None:
    """A character that the encoding lacks becomes one that is near, never a question mark."""
    accept_any_character()
    for text in texts():
        shown = text.encode(encoding, "leaflet.plain").decode(encoding)
        assert shown.count("?") == text.count("?"), text
        assert shown.count('"') == text.count('"'), text  # JSON stays JSON


def test_near_characters_and_no_character_at_all() -> None:
    """No command ends at half of a pair, which names of files may hold, or at a letter of another alphabet."""
    accept_any_character()
    for encoding in ENCODINGS:
        "\udce9 \ud800 字 ع 🂡".encode(encoding, "leaflet.plain")
    plain = "l’œuvre … − → « é » 5\u202f€".encode("ascii", "leaflet.plain").decode("ascii")
    assert plain == "l'oeuvre ... - -> ' e ' 5 EUR"
    assert "é « »".encode("cp1252", "leaflet.plain").decode("cp1252") == "é « »"


def shell(line: str, **environment: str) -> tuple[int, str]:
    """Run a line of the shell with ``$LEAFLET`` in it; returns the exit code of leaflet and what it leaves behind."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), "LEAFLET": f"{sys.executable} -m leaflet", **environment}
    done = subprocess.run(["bash", "-c", line], env=given, capture_output=True, check=False, cwd=ROOT)
    return done.returncode, done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("words", TALKING, ids=lambda words: words[0])
def test_a_pipe_that_nobody_reads(words: tuple[str, ...]) -> None:
    """As other tools: 141 and no word, in place of a traceback or of an exit code that blames the campaign."""
    assert shell(f"$LEAFLET {' '.join(words)} | true; exit ${{PIPESTATUS[0]}}") == (141, "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_closed_streams(lang: str) -> None:
    line = f"$LEAFLET --lang {lang} columns {EXAMPLE / 'ecoles.csv'}"
    assert shell(f"{line} >&- 2>&-")[0] == shell(line)[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk() -> None:
    code, said = shell("$LEAFLET list icons >/dev/full")
    assert (code, said.partition("\n")[0]) == (4, "W119") and "No space left on device" in said


def test_the_file_that_stops_the_program_is_named() -> None:
    (fault,) = system_failure(NotADirectoryError(20, "Not a directory", "/dev/null/x")).faults
    assert fault.place.file == "/dev/null/x"
    (fault,) = system_failure(OSError(24, "Too many open files")).faults
    assert fault.place.file is None
