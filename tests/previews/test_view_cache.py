"""A view is what the build makes; it is made anew when something it is made from has changed, and only then."""

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from leaflet.previews.options import RecordSelection
from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import View, draw_pages
from leaflet.production.build import build
from leaflet.production.options import BuildOptions
from tests.previews.conftest import BALZAC, DESCARTES, VINCI, ZOLA, Project, change

PRINTER = '[front]\nx = "1 mm"\ny = "0 mm"\n[back]\nx = "0 mm"\ny = "0 mm"\n'
ADDRESSES = """[academies.orleans-tours]
webmail = { value = "https://webmail.ac-orleans-tours.fr/", confirmed_on = 2026-11-30 }
"""
STAFF = "prenom;nom;uai;adresse_pro\nOndine;Passiflore;0370035M;\nOctave;Quetsche;0370035M;\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nname = "nominatives"\nper = "person"\nsheet = "cards-a4"\n'


# --- what is shown --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ["leaflet-a4", "cartes", "leaflet-a4-grey"])
def test_pictures_are_those_of_the_build(project: Project, document: str) -> None:
    """Every page of the finished file, pixel for pixel, made from the same bytes."""
    build(BuildOptions(campaign=project.campaign, out=project.folder / "out", verify=False))
    (path,) = (project.folder / "out" / document).glob(f"{VINCI}-*.pdf")
    rendered = project.view_cache().render(View(document=document, record=VINCI))
    assert rendered.pictures == draw_pages(path.read_bytes(), 110)
    assert (rendered.document, rendered.pages, rendered.errors) == (document, len(rendered.pictures), [])


def test_the_size_of_pictures(project: Project) -> None:
    """Dots per inch, times the zoom, but never more than 300."""
    cache = project.view_cache()
    usual, twice = (cache.render(View(zoom=zoom)) for zoom in (100, 200))
    assert (usual.dpi, twice.dpi) == (110, 220)
    assert usual.pictures[0].width_px == pytest.approx(210 / 25.4 * 110, abs=1)
    assert twice.pictures[0].height_px == pytest.approx(297 / 25.4 * 220, abs=1)
    assert Image.open(BytesIO(twice.pictures[0].data)).size[0] == twice.pictures[0].width_px
    assert project.view_cache(dpi=250).render(View(zoom=200)).dpi == 300


@pytest.mark.parametrize(
    ("options", "record", "uai"),
    [
        ({}, "", DESCARTES),
        ({}, BALZAC, BALZAC),
        ({}, "0370036n", BALZAC),
        ({}, "4", VINCI),
        ({"selection": RecordSelection(row=5)}, "", ZOLA),
        ({"selection": RecordSelection(pick="longest")}, "", VINCI),
        ({"only": frozenset({ZOLA})}, "", ZOLA),
    ],
)
def test_the_record(project: Project, options: dict[str, Any], record: str, uai: str) -> None:
    """What was asked for on the command line, else by UAI or by line."""
    rendered = project.view_cache(**options).render(View(record=record))
    assert rendered.school is not None
    assert rendered.school.uai == uai


def test_what_is_around(project: Project) -> None:
    """One leafs through the list in its order, or through the sample if one was asked for."""
    navigation = project.view_cache().render(View(record=BALZAC)).navigation
    assert navigation is not None
    assert (navigation.position, navigation.total) == (2, 4)
    assert [s and s.uai for s in (navigation.previous, navigation.next)] == [DESCARTES, VINCI]
    assert [s.uai for s in (navigation.first, navigation.longest, navigation.shortest)] == [DESCARTES, VINCI, ZOLA]
    assert navigation.documents == ("leaflet-a4", "cartes", "leaflet-a4-grey")
    navigation = project.view_cache(selection=RecordSelection(sample=2)).render(View()).navigation
    assert navigation is not None
    assert (navigation.previous, navigation.next and navigation.next.uai, navigation.total) == (None, VINCI, 2)


def test_an_unknown_record(project: Project) -> None:
    """It is said, and one can go on from there."""
    rendered = project.view_cache().render(View(record="<b>"))
    assert [fault.code for fault in rendered.faults] == ["U002"]
    assert rendered.navigation is not None
    assert (rendered.navigation.position, rendered.pictures) == (0, ())


def test_names_of_people(project: Project) -> None:
    """A document with names says so, and shows the sheets of one school."""
    change(project.campaign, 'schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    project.campaign.write_text(project.campaign.read_text("utf-8") + CARDS, "utf-8")
    (project.folder / "personnels.csv").write_text(STAFF, "utf-8")
    cache = project.view_cache()
    rendered = cache.render(View(document="nominatives"))
    assert (rendered.is_personal, rendered.pages) == (True, 2)
    assert [f.code for f in cache.render(View(document="nominatives", record=ZOLA)).faults] == ["F202"]


def test_pages_beyond_the_most(project: Project) -> None:
    """The first ones are drawn, all are counted."""
    cache = ViewCache(project.options(), lambda: 0.0, most=1)
    rendered = cache.render(View())
    assert (len(rendered.pictures), rendered.pages) == (1, 2)


# --- what changes ---------------------------------------------------------------------------------------------

Change = Callable[[Project], object]


def _logo(project: Project) -> None:
    Image.new("RGB", (320, 160), "#c8102e").save(project.folder / "logo.png")


def long_text(words: int) -> str:
    """A paragraph at the end of a page."""
    return "<p>" + "mot\n" * words + "</p></page>"


NOTICE = "<notice><p>Essai</p></notice></page>"
CHANGES: dict[str, tuple[Change, tuple[str, ...], str]] = {
    "template": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", NOTICE), ("template",), ""),
    "shared step": (
        lambda d: change(d.templates / "_shared" / "steps" / "open-portal.xml", "J'ouvre", "Ouvrir"),
        ("template",),
        "",
    ),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#1f3a93", "#1b4332"), ("theme",), ""),
    "theme below": (
        lambda d: change(d.assets / "themes" / "default.toml", 'gutter = "6.75mm"', 'gutter = "7mm"'),
        ("theme",),
        "leaflet-a4-grey",
    ),
    "format": (
        lambda d: change(d.assets / "formats" / "card.toml", "title = { size = 12,", "title = { size = 11.5,"),
        ("theme",),
        "cartes",
    ),
    "campaign": (lambda d: change(d.campaign, "Section d’essai", "Autre section"), ("inputs",), ""),
    "table": (lambda d: change(d.list, "Lycée Descartes", "Lycée René Descartes"), ("inputs",), ""),
    "logo": (_logo, ("inputs",), ""),
    "printer": (lambda d: (d.folder / "printer.toml").write_text(PRINTER), ("inputs",), "cartes"),
    "addresses": (lambda d: (d.folder / "addresses.toml").write_text(ADDRESSES, "utf-8"), ("inputs",), ""),
    "profile": (lambda d: change(d.assets / "elections" / "2018.toml", "2018-12-06", "2018-12-07"), ("inputs",), ""),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_shown(project: Project, kind: str) -> None:
    """Each kind of file: other pictures, once, and it is known what had changed."""
    act, changed, document = CHANGES[kind]
    cache, view = project.view_cache(), View(document=document)
    before = cache.render(view)
    assert cache.is_current(view)
    act(project)
    assert not cache.is_current(view)
    after = cache.render(view)
    assert after.errors == []
    assert after.pictures != before.pictures
    assert (after.changed, after.number, after.seconds) == (changed, before.number + 1, 0.5)
    assert cache.is_current(view)
    assert cache.render(view) is after
    assert after.pictures == project.view_cache().render(view).pictures, "it is what a new cache makes"


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
def test_nothing_has_changed(project: Project, kind: str) -> None:
    """What is saved without a change, and what the view is not made from, make nothing anew."""
    cache = project.view_cache()
    before = cache.render(View())
    UNCHANGED[kind](project)
    assert cache.is_current(View())
    assert cache.render(View()) is before


def test_what_has_not_changed_is_not_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
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
    _count(monkeypatch, "leaflet.previews.view_cache.load_renderer", counting)
    cache = project.view_cache()
    read: dict[str, list[str]] = {}
    acts: dict[str, Change] = {
        "first": lambda _: None,
        **{kind: act for kind, (act, _, document) in CHANGES.items() if not document},
    }
    for kind, act in acts.items():
        calls.clear()
        act(project)
        cache.render(View())
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


def test_only_what_is_looked_at_is_made(project: Project) -> None:
    """Pages of other records wait until somebody asks for them."""
    cache = project.view_cache()
    first, second = View(), View(record=BALZAC)
    cache.render(first)
    other = cache.render(second)
    change(project.templates / "leaflet-a4" / "leaflet.xml", "</page>", "<notice><p>Essai</p></notice></page>")
    cache.render(first)
    assert not cache.is_current(second)
    assert cache.render(second).pictures != other.pictures


# --- what goes wrong ------------------------------------------------------------------------------------------


def test_a_template_error_and_its_correction(project: Project) -> None:
    """File, line and the line itself; the last good pages stay, marked; then they are as new."""
    cache, path = project.view_cache(), project.templates / "leaflet-a4" / "leaflet.xml"
    good = cache.render(View())
    text = path.read_text("utf-8")
    line = 1 + text[: text.index("<page>")].count("\n")
    change(path, "<page>", "<page><blink>x</blink>")
    bad = cache.render(View())
    (fault,) = bad.faults
    assert (fault.code, fault.place.file, fault.place.line) == ("M101", "leaflet-a4/leaflet.xml", line)
    assert "<blink>" in (fault.place.source or "")
    assert (bad.pictures, bad.is_outdated, good.is_outdated) == (good.pictures, True, False)
    path.write_text(text.replace("<page>", "<page>{% if %}", 1), "utf-8")
    (fault,) = cache.render(View()).faults
    assert (fault.code, fault.place.line) == ("M002", line)
    path.write_text(text, "utf-8")
    again = cache.render(View())
    assert (again.pictures, again.faults, again.is_outdated) == (good.pictures, good.faults, False)


FAULTY: dict[str, tuple[Change, str]] = {
    "campaign": (lambda d: change(d.campaign, 'election = "2018"', 'election = "'), "C103"),
    "list gone": (lambda d: d.list.unlink(), "C130"),
    "list empty": (lambda d: d.list.write_text(""), "T104"),
    "its rows": (lambda d: d.list.write_text("uai;nom;commune;code_postal\n0370035X;Lycée;Tours;37000\n"), "T304"),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#1f3a93", "navy"), "M302"),
    "template gone": (lambda d: shutil.rmtree(d.templates / "leaflet-a4"), "M001"),
    "too long": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(4000)), "F101"),
    "no glyph": (lambda d: change(d.list, "Lycée Descartes", "Lycée 学"), "G101"),
    "logo": (lambda d: (d.folder / "logo.png").write_bytes(b"x"), "C137"),
    "printer": (lambda d: (d.folder / "printer.toml").write_text("x"), "P202"),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_whatever_is_wrong_is_said_and_can_be_corrected(project: Project, tmp_path: Path, kind: str) -> None:
    """From the first page on; the cache goes on when the file is as it was."""
    cache = project.view_cache()
    good = cache.render(View())
    for name in ("campagne", "templates", "assets"):
        shutil.copytree(tmp_path / name, tmp_path / "kept" / name)
    FAULTY[kind][0](project)
    bad = cache.render(View())
    assert FAULTY[kind][1] in {fault.code for fault in bad.errors}
    assert (bad.pictures, bad.is_outdated, bad.navigation is not None) == (good.pictures, True, True)
    assert {f.code for f in project.render().errors} == {f.code for f in bad.errors}, "a new cache says the same"
    (project.folder / "printer.toml").unlink(missing_ok=True)
    for name in ("campagne", "templates", "assets"):
        shutil.copytree(tmp_path / "kept" / name, tmp_path / name, dirs_exist_ok=True)
    assert cache.render(View()).errors == []


def test_a_mistake_of_the_program(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a message that repeats no value, and the next change is tried as if nothing had been."""
    cache = project.view_cache()
    good = cache.render(View())
    with monkeypatch.context() as patch:
        patch.setattr("leaflet.production.document.parse_flow", lambda _: {}["Passiflore"])
        change(project.list, "Lycée Descartes", "Lycée René Descartes")
        bad = cache.render(View())
    (fault,) = bad.faults
    assert (fault.code, bad.pictures) == ("W120", good.pictures)
    assert fault.values["problem"].startswith("KeyError, test_view_cache.py:")
    change(project.list, "Lycée René Descartes", "Lycée Descartes")
    assert cache.render(View()).pictures == good.pictures


def test_other_rows_do_not_matter(project: Project) -> None:
    """A faulty row stops its own page only; of the others there is a count."""
    project.list.write_text(project.list.read_text("utf-8") + "0370041X;Lycée Hugo;Tours;37000;\n", "utf-8")
    rendered = project.render()
    assert (rendered.errors, rendered.other_faults, len(rendered.pictures)) == ([], 1, 2)
    bad = project.render(selection=RecordSelection(row=6))
    assert [fault.code for fault in bad.faults] == ["T304"]


def test_a_note_about_tight_type(project: Project) -> None:
    """Much text is set smaller, which is worth a look and no error."""
    change(project.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(60))
    rendered = project.render()
    assert [(fault.code, fault.severity) for fault in rendered.faults] == [("F201", "note")]


def test_views_kept_are_bounded(project: Project) -> None:
    """Leafing through a long list keeps the pages of the last dozen."""
    cache = project.view_cache(document="cartes", dpi=36)
    views = [View(document="cartes", record=uai, zoom=zoom) for uai in (DESCARTES, BALZAC) for zoom in range(50, 58)]
    for view in views:
        cache.render(view)
    assert [cache.number(view) > 0 for view in views] == [False] * 4 + [True] * 12
