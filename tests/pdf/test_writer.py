"""Finished files: valid, tagged, archivable, the same bytes for the same leaflet."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import page as validation
import pikepdf
import pytest

from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import cut_file, offset_of
from leaflet.pdf.writer import Writer
from tests.support import (
    LONG_NAME,
    NAMES,
    SHORT_NAME,
    THEMES,
    compose,
    extract_text,
    leaflet_layout,
    leaflet_pdf,
    make_writer,
    one_page,
    theme_named,
    write,
    write_file,
)

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_files_pass_the_validator(theme: str, name: str, profile: str) -> None:
    """Every theme and every length of name makes a PDF/UA-1 and PDF/A-2a file."""
    result = validation.validate_pdf_bytes(leaflet_pdf(theme, name), profile=profile)
    assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]


@pytest.mark.parametrize("theme", THEMES)
def test_files_are_sound_and_the_same(theme: str) -> None:
    """Nothing is to be recovered; entries lead to their objects (ISO 32000-1 §7.5.8); twice the same is the same."""
    with pikepdf.open(BytesIO(leaflet_pdf(theme)), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.get_warnings() == []
        assert len(pdf.pages) == len(leaflet_layout(SHORT_NAME, theme).faces)
    data = leaflet_pdf(theme)
    cut = cut_file(data)
    places = [(number, at) for number, one in enumerate(cut.references) if (at := offset_of(one))] if cut else []
    assert places and all(data[at:].startswith(b"%d 0 obj\n" % number) for number, at in places)
    first = leaflet_pdf(theme, LONG_NAME)
    assert write(leaflet_layout(LONG_NAME, theme), theme) == first
    assert make_writer(theme).write(leaflet_layout(LONG_NAME, theme)).data == first


def test_a_file_depends_on_its_content_alone() -> None:
    """Not on other files; SHA-256 and identifier are those of the bytes (ISO 32000-1 §14.4)."""
    fresh = [make_writer().write(leaflet_layout(name)).data for name in NAMES]
    writer = make_writer()
    assert [writer.write(leaflet_layout(name)).data for name in reversed(NAMES)] == fresh[::-1]
    written = write_file(leaflet_layout())
    assert (written.sha256, written.pages) == (hashlib.sha256(written.data).hexdigest(), 2)
    identifiers = set()
    for name in NAMES:
        with pikepdf.open(BytesIO(leaflet_pdf("default", name))) as pdf:
            first, second = pdf.trailer.ID
            assert bytes(first) == bytes(second)
            identifiers.add(bytes(first))
    assert len(identifiers) == len(NAMES)


TITLES = ["Élections 2018 – Lycée Balzac", "A & B <c> (d) \\ \"e\" 'f'", "Œ\u202f! 🗳", "]]>"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("created", [None, datetime(2026, 11, 24, 8, 30, 5, tzinfo=UTC)])
def test_xmp_says_what_the_information_dictionary_says(title: str, created: datetime | None) -> None:
    """Title, author, producer and dates are equal in both (ISO 19005-2 §6.6.3), whatever characters they hold."""
    layout = compose(one_page('<p at="t.xml:3">x</p>', "TITRE"))
    layout = type(layout)(title, layout.faces, layout.step)
    metadata = Metadata("Section <A> & (B)", created)
    data = Writer(make_writer()._master, metadata).write(layout).data
    with pikepdf.open(BytesIO(data)) as pdf:
        info, xmp = pdf.docinfo, pdf.open_metadata()
        assert xmp["dc:title"] == str(info.Title) == title
        assert xmp["dc:creator"] == [str(info.Author)] == ["Section <A> & (B)"]
        assert (xmp["pdf:Producer"], xmp["xmp:CreatorTool"]) == (str(info.Producer), str(info.Creator))
        assert list(xmp["dc:language"]) == ["fr-FR"] == [str(pdf.Root.Lang)]
        if created:
            assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2026-11-24T08:30:05Z"
            assert str(info.CreationDate) == str(info.ModDate) == "D:20261124083005Z"
        else:
            assert "xmp:CreateDate" not in xmp
            assert "/CreationDate" not in info
    for profile in ("ua1", "2a"):
        assert validation.is_pdf_compliant_bytes(data, profile=profile)


def test_pages_and_links() -> None:
    """Pages print at their size; each link is an annotation with address, description and PDF/A's flag."""
    with pikepdf.open(BytesIO(leaflet_pdf())) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None" and pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Lang == "fr-FR" and pdf.Root.MarkInfo.Marked
        for page in pdf.pages:
            assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.276, 841.89], abs=0.001)
            assert (list(page.TrimBox), page.Tabs) == (list(page.MediaBox), "/S")
    wanted = [
        link.href
        for face in leaflet_layout().faces
        for placed in face.placed
        for link in placed.piece.links
        for _ in link.boxes
    ]
    with pikepdf.open(BytesIO(leaflet_pdf())) as pdf:
        annotations = [a for page in pdf.pages for a in page.get("/Annots", [])]
        assert sorted(str(a.A.URI) for a in annotations) == sorted(wanted)
        assert all(a.F == 4 and str(a.A.URI) in str(a.Contents) for a in annotations)


def test_bulleted_lists_are_not_declared_numbered() -> None:
    """Only lists whose items carry numbers or labels say so (ISO 32000-1 table 347)."""
    item = '<li at="t.xml:4">un</li>'
    content = f'<ul at="t.xml:3">{item}{item}</ul><ol at="t.xml:3">{item}{item}</ol>'
    with pikepdf.open(BytesIO(write(compose(one_page(content))))) as pdf:
        lists = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/L"]
        numbered = ["/Lbl" in {str(kid.S) for kid in found.K[0].K} for found in lists]
        declared = [str(found.get("/A", {}).get("/ListNumbering", "/None")) == "/Decimal" for found in lists]
    assert sorted(numbered) == [False, True] and declared == numbered


def test_order_and_outline() -> None:
    """The structure tree reads front, then back; boxes drawn around blocks are artifacts."""
    text = extract_text(leaflet_pdf())
    places = [
        text.index(word)
        for word in (
            *("Pour voter,", "JEUDI", "Je scanne : le portail", SHORT_NAME, "Il me faut", "J’ouvre le portail"),
            *("Bravo", "Aide-mémoire", "Imprimé par nos soins", "Chacune et chacun", "Je me connecte", "J’y trouve"),
            *("Ça bloque", "Par courriel, SMS ou"),
        )
    ]
    assert places == sorted(places)
    layout = leaflet_layout()
    theme = theme_named("default")
    outlined = Writer(make_writer()._master, Metadata("Section d’essai", None), outline=True).write(layout).data
    assert theme.name == "default"
    assert outlined != leaflet_pdf() and extract_text(outlined) == extract_text(leaflet_pdf())
    assert validation.is_pdf_compliant_bytes(outlined, profile="ua1")


HOSTILE = """
import pathlib
pathlib.Path({marker!r}).write_text("executed")
pageCompression = 0
ttfAsciiReadable = 1
useA85 = 1
invariant = 0
defaultPageSize = (100, 100)
autoConvertEncoding = 1
canvas_basefontname = "Times-Roman"
_FUZZ = 1
"""
PROGRAM = "import hashlib; from tests.support import leaflet_pdf; print(hashlib.sha256(leaflet_pdf()).hexdigest())"
VARIABLES = {
    "RL_pageCompression": "0", "RL_ttfAsciiReadable": "1", "RL_useA85": "1", "RL_invariant": "0",
    "RL_defaultPageSize": "(100,100)", "RL_canvas_basefontname": "Times-Roman", "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "0",
}  # fmt: skip


def test_settings_from_the_air_change_nothing(tmp_path: Path) -> None:
    """A hostile home, settings module, environment, time zone and locale: not run, not read, the same bytes."""
    marker = tmp_path / "executed"
    source = HOSTILE.format(marker=str(marker))
    for name in (".reportlab_settings", "reportlab_settings.py", ".reportlab_mods", "reportlab_mods.py"):
        (tmp_path / name).write_text(source, "utf-8")
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        **VARIABLES,
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == "" and done.stdout.strip() == hashlib.sha256(leaflet_pdf()).hexdigest()
    assert not marker.exists()
