"""A view is what the build makes; it is made anew when something it is made from has changed, and only then."""

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from leaflet.preview.choose import Wanted
from leaflet.preview.render import draw_pages
from leaflet.preview.shown import View
from leaflet.preview.workshop import Workshop
from leaflet.production.build import build
from leaflet.production.options import BuildOptions
from tests.preview.conftest import BALZAC, DESCARTES, VINCI, ZOLA, Desk, change

PRINTER = '[front]\nx = "1 mm"\ny = "0 mm"\n[back]\nx = "0 mm"\ny = "0 mm"\n'
STAFF = "prenom;nom;uai;adresse_pro\nOndine;Passiflore;0370035M;\nOctave;Quetsche;0370035M;\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nname = "nominatives"\nper = "person"\nsheet = "cards-a4"\n'


# --- what is shown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ["leaflet-a4", "cartes", "leaflet-a4-grey"])
def test_pictures_are_those_of_the_build(desk: Desk, document: str) -> None:
    """Every page of the finished file, pixel for pixel, made from the same bytes."""
    build(BuildOptions(campaign=desk.campaign, out=desk.folder / "out", verify=False))
    (path,) = (desk.folder / "out" / document).glob(f"{VINCI}-*.pdf")
    shown = desk.workshop().show(View(document=document, record=VINCI))
    assert shown.pictures == draw_pages(path.read_bytes(), 110)
    assert (shown.document, shown.pages, shown.errors) == (document, len(shown.pictures), [])


def test_the_size_of_pictures(desk: Desk) -> None:
    """Dots per inch, times the zoom, but never more than 300."""
    workshop = desk.workshop()
    usual, twice = (workshop.show(View(zoom=zoom)) for zoom in (100, 200))
    assert (usual.dpi, twice.dpi) == (110, 220)
    assert usual.pictures[0].width_px == pytest.approx(210 / 25.4 * 110, abs=1)
    assert twice.pictures[0].height_px == pytest.approx(297 / 25.4 * 220, abs=1)
    assert Image.open(BytesIO(twice.pictures[0].data)).size[0] == twice.pictures[0].width_px
    assert desk.workshop(dpi=250).show(View(zoom=200)).dpi == 300


@pytest.mark.parametrize(
    ("options", "record", "uai"),
    [
        ({}, "", DESCARTES),
        ({}, BALZAC, BALZAC),
        ({}, "0370036n", BALZAC),
        ({}, "4", VINCI),
        ({"wanted": Wanted(row=5)}, "", ZOLA),
        ({"wanted": Wanted(pick="longest")}, "", VINCI),
        ({"only": frozenset({ZOLA})}, "", ZOLA),
    ],
)
def test_the_record(desk: Desk, options: dict[str, Any], record: str, uai: str) -> None:
    """What was asked for on the command line, else by UAI or by line."""
    shown = desk.workshop(**options).show(View(record=record))
    assert shown.school is not None
    assert shown.school.uai == uai


def test_what_is_around(desk: Desk) -> None:
    """One leafs through the list in its order, or through the sample if one was asked for."""
    around = desk.workshop().show(View(record=BALZAC)).around
    assert around is not None
    assert (around.position, around.total) == (2, 4)
    assert [s and s.uai for s in (around.previous, around.next)] == [DESCARTES, VINCI]
    assert [s.uai for s in (around.first, around.longest, around.shortest)] == [DESCARTES, VINCI, ZOLA]
    assert around.documents == ("leaflet-a4", "cartes", "leaflet-a4-grey")
    around = desk.workshop(wanted=Wanted(sample=2)).show(View()).around
    assert around is not None
    assert (around.previous, around.next and around.next.uai, around.total) == (None, VINCI, 2)


def test_an_unknown_record(desk: Desk) -> None:
    """It is said, and one can go on from there."""
    shown = desk.workshop().show(View(record="<b>"))
    assert [fault.code for fault in shown.faults] == ["U002"]
    assert shown.around is not None
    assert (shown.around.position, shown.pictures) == (0, ())


def test_names_of_people(desk: Desk) -> None:
    """A document with names says so, and shows the sheets of one school."""
    change(desk.campaign, 'schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    desk.campaign.write_text(desk.campaign.read_text("utf-8") + CARDS, "utf-8")
    (desk.folder / "personnels.csv").write_text(STAFF, "utf-8")
    workshop = desk.workshop()
    shown = workshop.show(View(document="nominatives"))
    assert (shown.is_personal, shown.pages) == (True, 2)
    assert [f.code for f in workshop.show(View(document="nominatives", record=ZOLA)).faults] == ["F202"]


def test_pages_beyond_the_most(desk: Desk) -> None:
    """The first ones are drawn, all are counted."""
    workshop = Workshop(desk.options(), lambda: 0.0, most=1)
    shown = workshop.show(View())
    assert (len(shown.pictures), shown.pages) == (1, 2)


# --- what changes ---------------------------------------------------------------------------------------------

Change = Callable[[Desk], object]


def _logo(desk: Desk) -> None:
    Image.new("RGB", (320, 160), "#c8102e").save(desk.folder / "logo.png")


def long_text(words: int) -> str:
    """A paragraph at the end of a page."""
    return f"<p>{'mot ' * words}</p></page>"


NOTICE = "<notice><p>Essai</p></notice></page>"
CHANGES: dict[str, tuple[Change, tuple[str, ...], str]] = {
    "template": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", NOTICE), ("template",), ""),
    "shared step": (
        lambda d: change(d.templates / "_shared" / "steps" / "open-portal.xml", "J'ouvre", "Ouvrir"),
        ("template",),
        "",
    ),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#14213d", "#1b4332"), ("theme",), ""),
    "theme below": (
        lambda d: change(d.assets / "themes" / "default.toml", 'gutter = "8mm"', 'gutter = "12mm"'),
        ("theme",),
        "leaflet-a4-grey",
    ),
    "format": (
        lambda d: change(d.assets / "formats" / "card.toml", "title = { size = 10.5", "title = { size = 11"),
        ("theme",),
        "cartes",
    ),
    "campaign": (lambda d: change(d.campaign, "Section d’essai", "Autre section"), ("inputs",), ""),
    "table": (lambda d: change(d.list, "Lycée Descartes", "Lycée René Descartes"), ("inputs",), ""),
    "logo": (_logo, ("inputs",), ""),
    "printer": (lambda d: (d.folder / "printer.toml").write_text(PRINTER), ("inputs",), "cartes"),
    "profile": (lambda d: change(d.assets / "elections" / "2018.toml", "2018-12-06", "2018-12-07"), ("inputs",), ""),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_shown(desk: Desk, kind: str) -> None:
    """Each kind of file: other pictures, once, and it is known what had changed."""
    act, changed, document = CHANGES[kind]
    workshop, view = desk.workshop(), View(document=document)
    before = workshop.show(view)
    assert workshop.is_current(view)
    act(desk)
    assert not workshop.is_current(view)
    after = workshop.show(view)
    assert after.errors == []
    assert after.pictures != before.pictures
    assert (after.changed, after.number, after.seconds) == (changed, before.number + 1, 0.5)
    assert workshop.is_current(view)
    assert workshop.show(view) is after
    assert after.pictures == desk.workshop().show(view).pictures, "it is what a new workshop makes"


UNCHANGED: dict[str, Change] = {
    "saved again": lambda d: d.list.write_text(d.list.read_text("utf-8"), "utf-8"),
    "touched": lambda d: os.utime(d.templates / "leaflet-a4" / "leaflet.xml"),
    "another template": lambda d: change(d.templates / "leaflet-a5" / "leaflet.xml", "</page>", "<p>x</p></page>"),
    "another theme": lambda d: change(d.assets / "themes" / "grey.toml", "description", "# description"),
    "another format": lambda d: (d.assets / "formats" / "a5.toml").unlink(),
    "another profile": lambda d: (d.assets / "elections" / "2014.toml").unlink(),
    "what an editor leaves": lambda d: (d.templates / "leaflet-a4" / ".leaflet.xml.swp").write_text("x"),
    "a file beside": lambda d: (d.folder / "notes.txt").write_text("x"),
}


@pytest.mark.parametrize("kind", UNCHANGED)
def test_nothing_has_changed(desk: Desk, kind: str) -> None:
    """What is saved without a change, and what the view is not made from, make nothing anew."""
    workshop = desk.workshop()
    before = workshop.show(View())
    UNCHANGED[kind](desk)
    assert workshop.is_current(View())
    assert workshop.show(View()) is before


def test_what_has_not_changed_is_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts once, the list with the list, the template with the template."""
    calls: list[str] = []

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **values: Any) -> Any:
            calls.append(name)
            return function(*args, **values)

        return call

    for place in (
        "production.inputs.load_schools",
        "production.inputs.load_fontbook",
        "production.inputs.load_campaign",
    ):
        _count(monkeypatch, f"leaflet.{place}", counting)
    _count(monkeypatch, "leaflet.preview.workshop.load_renderer", counting)
    workshop = desk.workshop()
    read: dict[str, list[str]] = {}
    acts: dict[str, Change] = {
        "first": lambda _: None,
        **{kind: act for kind, (act, _, document) in CHANGES.items() if not document},
    }
    for kind, act in acts.items():
        calls.clear()
        act(desk)
        workshop.show(View())
        read[kind] = sorted(calls)
    assert read["first"] == ["load_campaign", "load_fontbook", "load_renderer", "load_schools"]
    assert read["template"] == read["shared step"] == ["load_renderer"]
    assert read["theme"] == []
    assert read["campaign"] == read["logo"] == read["profile"] == ["load_campaign"]
    assert read["table"] == ["load_campaign", "load_schools"]


def _count(monkeypatch: pytest.MonkeyPatch, place: str, counting: Callable[..., Any]) -> None:
    module, _, name = place.rpartition(".")
    original = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(place, counting(name, original))


def test_only_what_is_looked_at_is_made(desk: Desk) -> None:
    """Pages of other records wait until somebody asks for them."""
    workshop = desk.workshop()
    first, second = View(), View(record=BALZAC)
    workshop.show(first)
    other = workshop.show(second)
    change(desk.templates / "leaflet-a4" / "leaflet.xml", "</page>", "<notice><p>Essai</p></notice></page>")
    workshop.show(first)
    assert not workshop.is_current(second)
    assert workshop.show(second).pictures != other.pictures


# --- what goes wrong ------------------------------------------------------------------------------------------


def test_a_template_error_and_its_correction(desk: Desk) -> None:
    """File, line and the line itself; the last good pages stay, marked; then they are as new."""
    workshop, path = desk.workshop(), desk.templates / "leaflet-a4" / "leaflet.xml"
    good = workshop.show(View())
    text = path.read_text("utf-8")
    line = 1 + text[: text.index("<page>")].count("\n")
    change(path, "<page>", "<page><blink>x</blink>")
    bad = workshop.show(View())
    (fault,) = bad.faults
    assert (fault.code, fault.place.file, fault.place.line) == ("M101", "leaflet-a4/leaflet.xml", line)
    assert "<blink>" in (fault.place.source or "")
    assert (bad.pictures, bad.is_outdated, good.is_outdated) == (good.pictures, True, False)
    path.write_text(text.replace("<page>", "<page>{% if %}", 1), "utf-8")
    (fault,) = workshop.show(View()).faults
    assert (fault.code, fault.place.line) == ("M002", line)
    path.write_text(text, "utf-8")
    again = workshop.show(View())
    assert (again.pictures, again.faults, again.is_outdated) == (good.pictures, good.faults, False)


FAULTY: dict[str, tuple[Change, str]] = {
    "campaign": (lambda d: change(d.campaign, 'election = "2018"', 'election = "'), "C103"),
    "list gone": (lambda d: d.list.unlink(), "C130"),
    "list empty": (lambda d: d.list.write_text(""), "T104"),
    "its rows": (lambda d: d.list.write_text("uai;nom;commune;code_postal\n0370035X;Lycée;Tours;37000\n"), "T304"),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#14213d", "navy"), "M302"),
    "template gone": (lambda d: shutil.rmtree(d.templates / "leaflet-a4"), "M001"),
    "too long": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(4000)), "F101"),
    "no glyph": (lambda d: change(d.list, "Lycée Descartes", "Lycée 学"), "G101"),
    "logo": (lambda d: (d.folder / "logo.png").write_bytes(b"x"), "C137"),
    "printer": (lambda d: (d.folder / "printer.toml").write_text("x"), "P202"),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_whatever_is_wrong_is_said_and_can_be_corrected(desk: Desk, tmp_path: Path, kind: str) -> None:
    """From the first page on: the workshop goes on when the file is as it was."""
    workshop = desk.workshop()
    good = workshop.show(View())
    for name in ("campagne", "templates", "assets"):
        shutil.copytree(tmp_path / name, tmp_path / "kept" / name)
    FAULTY[kind][0](desk)
    bad = workshop.show(View())
    assert FAULTY[kind][1] in {fault.code for fault in bad.errors}
    assert (bad.pictures, bad.is_outdated, bad.around is not None) == (good.pictures, True, True)
    assert {f.code for f in desk.show().errors} == {f.code for f in bad.errors}, "a new workshop says the same"
    (desk.folder / "printer.toml").unlink(missing_ok=True)
    for name in ("campagne", "templates", "assets"):
        shutil.copytree(tmp_path / "kept" / name, tmp_path / name, dirs_exist_ok=True)
    assert workshop.show(View()).errors == []


def test_a_mistake_of_the_program(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a message that repeats no value, and the next change is tried as if nothing had been."""
    workshop = desk.workshop()
    good = workshop.show(View())
    with monkeypatch.context() as patch:
        patch.setattr("leaflet.production.document.parse_flow", lambda _: {}["Passiflore"])
        change(desk.list, "Lycée Descartes", "Lycée René Descartes")
        bad = workshop.show(View())
    (fault,) = bad.faults
    assert (fault.code, bad.pictures) == ("W120", good.pictures)
    assert fault.values["problem"].startswith("KeyError, test_workshop.py:")
    change(desk.list, "Lycée René Descartes", "Lycée Descartes")
    assert workshop.show(View()).pictures == good.pictures


def test_other_rows_do_not_matter(desk: Desk) -> None:
    """A faulty row stops its own page only; of the others there is a count."""
    desk.list.write_text(desk.list.read_text("utf-8") + "0370041X;Lycée Hugo;Tours;37000;\n", "utf-8")
    shown = desk.show()
    assert (shown.errors, shown.others, len(shown.pictures)) == ([], 1, 2)
    bad = desk.show(wanted=Wanted(row=6))
    assert [fault.code for fault in bad.faults] == ["T304"]


def test_a_note_about_tight_type(desk: Desk) -> None:
    """Much text is set smaller, which is worth a look and no error."""
    change(desk.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(60))
    shown = desk.show()
    assert [(fault.code, fault.severity) for fault in shown.faults] == [("F201", "note")]


def test_views_kept_are_bounded(desk: Desk) -> None:
    """Leafing through a long list keeps the pages of the last dozen."""
    workshop = desk.workshop(document="cartes", dpi=36)
    views = [View(document="cartes", record=uai, zoom=zoom) for uai in (DESCARTES, BALZAC) for zoom in range(50, 58)]
    for view in views:
        workshop.show(view)
    assert [workshop.number(view) > 0 for view in views] == [False] * 4 + [True] * 12
