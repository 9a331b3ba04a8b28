"""The press check as a whole: good files pass, every rule is broken once, damage is a message, others agree."""

import shutil
import subprocess
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from leaflet.pdf.standards.pdf_objects import read_instructions
from leaflet.pdf.standards.pdfx import FILE_RULES, PAGE_RULES, check_press
from tests.conformance import cases_metadata, cases_objects, cases_pages
from tests.conformance.press_files import TRIM, Edit, edited, good, page, relinked, rules_of, written, xmp

MODULES = (cases_objects, cases_metadata, cases_pages)


def cases_of(table: str) -> dict[str, Any]:
    """Return the cases of all modules that have a table of this name, each under its module and name."""
    return {
        f"{module.__name__.split('.')[-1]}: {name}": case
        for module in MODULES
        for name, case in getattr(module, table, {}).items()
    }


BROKEN: dict[str, tuple[str, Edit]] = cases_of("BROKEN")
FINE: dict[str, Edit] = cases_of("FINE")


def _filtered_metadata() -> bytes:
    """The metadata stream compressed after writing: the writer would not."""
    data = good()
    packed = zlib.compress(xmp(), 0)
    start = data.index(b"<?xpacket begin")
    end = data.index(b"endstream", start)
    head = data.rindex(b"<<", 0, start)
    entry = b"<< /Filter /FlateDecode /Length %d /Subtype /XML /Type /Metadata >>\nstream\n" % len(packed)
    return relinked(data[:head] + entry + packed + b"\n" + data[end:])


@cache
def _small() -> bytes:
    """A file without its heavy streams, so that flips meet what is read."""
    with pikepdf.open(BytesIO(good(4))) as pdf:
        pdf.Root.OutputIntents[0].DestOutputProfile.write(bytes(10))
        pdf.pages[0].Resources.Font.F1.FontDescriptor.FontFile2.write(bytes(10))
        return written(pdf)


def test_a_good_file_passes(tmp_path: Path) -> None:
    """A path is read where it is; whether there is a file is not for the checker to say."""
    assert [check_press(good(pages)) for pages in (1, 2)] == [[], []]
    path = tmp_path / "a.pdf"
    path.write_bytes(good())
    assert check_press(path) == []
    with pytest.raises(FileNotFoundError):
        check_press(tmp_path / "none.pdf")
    packed = {"compress_streams": True, "object_stream_mode": pikepdf.ObjectStreamMode.generate}
    assert check_press(edited(lambda pdf: [page.contents_coalesce() for page in pdf.pages], **packed)) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(name: str) -> None:
    rules, edit = BROKEN[name]
    messages = check_press(edited(edit))
    assert rules_of(messages) == set(rules.split()), messages


@pytest.mark.parametrize("name", FINE)
def test_near_misses_pass(name: str) -> None:
    assert check_press(edited(FINE[name])) == []


def test_every_rule_is_broken_and_named() -> None:
    """A file breaks each rule (that of rule 2 below); a message says where, what, and who asks for it."""
    broken = {rule for rules, _ in BROKEN.values() for rule in rules.split()}
    assert {*FILE_RULES, *PAGE_RULES} - broken == {"2"}
    (message,) = check_press(edited(page("/TrimBox", None)))
    assert message == "page 2: no TrimBox: there must be either a TrimBox or an ArtBox (rule 7: ISO 15930-7)"
    (message,) = check_press(edited(page("/TrimBox", Array([TRIM[0] - 1, TRIM[1], TRIM[2] + 1, TRIM[3]]))))[:1]
    assert message.startswith("page 2: the bleed on the left is 2.65 mm, not 3 mm or more")


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("0", lambda: good().replace(b"/Count 2", b"/Count 3", 1)),
        ("0", lambda: good().replace(b"%%EOF", b"", 1)),
        ("0", lambda: good().replace(b"startxref\n", b"startxref\n1", 1)),
        ("1", lambda: good().replace(b"%PDF-1.6", b"%PDF-1.7", 1)),
        ("1", lambda: good().replace(b"%PDF-1.6", b"%PDF-2.0", 1)),
        ("2", lambda: good().replace(b"/ID [", b"/IX [", 1)),
        ("2", lambda: edited(lambda _: None, encryption=pikepdf.Encryption(owner="x", R=4))),
        ("2", lambda: edited(lambda _: None, encryption=pikepdf.Encryption(user="x", owner="x", R=4))),
        ("3", lambda: _filtered_metadata()),
    ],
)
def test_what_no_writer_writes_is_named(rule: str, data: Callable[[], bytes]) -> None:
    """What can only be broken in the bytes, or while writing."""
    assert rules_of(check_press(data())) == {rule}


def test_damage_and_repetition() -> None:
    """What cannot be opened is reported; of a rule broken on every page there are a hundred messages, and a count."""
    for data in (b"", b"no PDF", b"%PDF-1.6\n%%EOF"):
        assert rules_of(check_press(data)) == {"0"}
    with pikepdf.open(BytesIO(good(130))) as pdf:
        for leaf in pdf.pages:
            del leaf.obj.BleedBox
        messages = check_press(written(pdf))
    assert len(messages) == 101 and messages[-1] == "… and 30 more messages (rule H1: house rule)"


@pytest.mark.parametrize("part", range(1, 40))
def test_a_truncated_file_is_a_message(part: int) -> None:
    data = good(4)
    assert check_press(data[: len(data) * part // 40]) != []
    assert check_press(data[: -1 - part]) != []


@pytest.mark.parametrize("start", range(4))
def test_flipped_bits_raise_nothing(start: int) -> None:
    """A flipped bit anywhere but in the font and the profile gives messages or nothing, never an exception."""
    data = _small()
    for place in range(start, len(data), 151):
        for bit in (0, 5):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            assert all(isinstance(message, str) for message in check_press(bytes(changed)))


@pytest.mark.parametrize("kind", [1, 1.5, True, String("x"), Name.X, Array(), Array([1, None]), Dictionary()])
def test_values_of_the_wrong_kind_raise_nothing(kind: Any) -> None:
    """Whatever stands where something else should gives messages at most."""
    keys = ["/OutputIntents", "/Names", "/ViewerPreferences", "/OpenAction", "/Version", "/OCProperties"]
    of_pages = ["/TrimBox", "/BleedBox", "/Resources", "/Contents", "/Annots", "/Group", "/UserUnit"]
    of_resources = ["/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Shading", "/Pattern"]
    places = [(keys, "root"), (of_pages, "page"), (of_resources, "res")]
    for key, where in [(key, where) for keys, where in places for key in keys]:
        with pikepdf.open(BytesIO(good(4))) as pdf:
            owner = {"root": pdf.Root, "page": pdf.pages[1].obj, "res": pdf.pages[0].obj.Resources}[where]
            owner[key] = kind
            assert isinstance(check_press(written(pdf)), list)


@pytest.mark.skipif(not shutil.which("gs"), reason="ghostscript is not installed")
def test_ghostscript_agrees(tmp_path: Path) -> None:
    """Ghostscript, asked to make PDF/X-4 of the good file, finds nothing against it; of a link it does."""
    how = ["-dPDFX=4", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=CMYK", "-o", "/dev/null"]
    for data, silent in ((good(), True), (edited(cases_pages.BROKEN["10 - link"][1]), False)):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        done = subprocess.run(["gs", "-q", *how, str(path)], capture_output=True, text=True, timeout=60, check=True)
        assert ("PDF/X" not in done.stdout + done.stderr) == silent


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler is not installed")
def test_poppler_sees_embedded_fonts(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(good())
    done = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, timeout=60, check=True)
    rows = done.stdout.splitlines()[2:]
    assert rows and all(row.split()[-5] == "yes" for row in rows)


def test_tokens_that_do_not_end_are_raised_if_strict() -> None:
    """Otherwise pikepdf warns, and what was read stays."""
    pdf = pikepdf.new()  # its objects die with it
    cut = pikepdf.Stream(pdf, b"q 1 2")
    with pytest.raises(UserWarning):
        read_instructions(cut, strict=True)
    with warnings.catch_warnings(action="ignore"):
        assert [str(one.operator) for one in read_instructions(cut)] == ["q"]
