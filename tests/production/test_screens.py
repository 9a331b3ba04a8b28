"""What is read on screens is built, listed and judged: by an HTML parser, axe, and a reader of calendars."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import html5lib
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from msgspec import structs
from PIL import Image
from playwright.sync_api import Browser
from zxingcpp import read_barcodes

from leaflet.api import check, post, print_run
from leaflet.faults import LeafletError
from leaflet.markup.vocabulary import BLOCKS, CONTAINERS, INLINE
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.report.make import ReportOptions, make_report
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.manifest import read_manifest
from leaflet.production.screens.column import LEFT_OUT, SHOWN, TAGS
from tests.campaigns import compare_all
from tests.support import EXAMPLE, change_text, codes_of, snapshot, tables_of

TRIAL = EXAMPLE.parent / "essai-2026"
SCHOOLS = """uai;nom;commune
0370035M;Lycée polyvalent des métiers de l’hôtellerie, de la restauration et du tourisme Jean de l’Exemple;Tours
9740001H;Lycée d’exemple;Saint-Denis
9830001J;Collège <b>d’exemple</b> & fils, "BEGIN:VEVENT";Nouméa
9710001Z;École d’exemple;Basse-Terre
"""
ASKED = """
[[document]]
template = "leaflet-a4"
makes = "html"

[[document]]
template = "vote-dates-a4"
makes = "html"

[[document]]
template = "screen-page"

[[document]]
template = "screen-message"

[[document]]
template = "screen-story"

[[document]]
template = "screen-wide"

[[document]]
template = "calendar"
"""
HERE = {"9740001H": "Indian/Reunion", "9830001J": "Pacific/Noumea", "9710001Z": "America/Guadeloupe"}
DAYS = [date(2026, 11, 1) + timedelta(number) for number in range(40)]


def write(folder: Path, issued_on: date = date(2026, 11, 16)) -> BuildOptions:
    """Write a campaign that makes everything for screens; say where it is built."""
    text = (TRIAL / "campaign.toml").read_text("utf-8").partition("[[document]]")[0]
    text = text.replace("issued_on = 2026-11-16", f"issued_on = {issued_on}").replace("ecoles.csv", "liste.csv")
    path = folder / "campaign.toml"
    path.write_text(text + ASKED, "utf-8")
    (folder / "liste.csv").write_text(SCHOOLS, "utf-8")
    return BuildOptions(campaign=path, out=folder / "out")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[date, dict[str, bytes]]:
    """The files of a campaign of each phase, by its day."""
    found = {}
    for day in (date(2026, 11, 1), date(2026, 11, 25), date(2026, 12, 4), date(2026, 12, 10)):
        options = write(tmp_path_factory.mktemp("phase"), day)
        build(options)
        found[day] = snapshot(options.out)
    return found


def of(files: dict[str, bytes], suffix: str) -> dict[str, str]:
    return {name: data.decode() for name, data in files.items() if name.endswith(suffix)}


class _Words(HTMLParser):
    """A reader of what a page says, and of where it leads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.links, self.tags, self._is_style = "", list[str](), set[str](), False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._is_style = tag == "style"
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._is_style else data


def test_every_word_stands_on_a_screen_or_is_left_out() -> None:
    """A word of templates has its element, is left out, or stands for what is in it."""
    assert (
        LEFT_OUT | SHOWN.keys() | (TAGS.keys() - {"br", "strong", "small", "code"})
        <= BLOCKS.keys() | CONTAINERS.keys()
    )
    inside = {"leaf", "li", "key", "plate", "tile", "item", "case"}
    inside |= {"part", "site", "dialog", "mail", "panel", "img", "hint"}
    assert BLOCKS.keys() - TAGS.keys() - LEFT_OUT - inside == set()
    assert INLINE.keys() - TAGS.keys() == {"a"}


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 25), date(2026, 12, 4), date(2026, 12, 10)])
def test_a_page_is_right_and_asks_for_nothing(built: dict[date, dict[str, bytes]], day: date) -> None:
    pages = of(built[day], ".html")
    assert len(pages) == 12
    for page in pages.values():
        html5lib.HTMLParser(strict=True).parse(page)
        read = _Words(page)
        assert not read.tags & {"script", "img", "link", "iframe", "form", "b"}
        assert all(link.startswith("https://") for link in read.links)
        assert "url(" not in page
        assert '<html lang="fr-FR">' in page
        assert len(page.encode()) < 60_000
        assert "exemple-vote-2026.gouv.fr" in read.words or "vote-dates" in page
    (hostile,) = (page for name, page in pages.items() if "screen-page" in name and "9830001J" in name)
    assert "<b>d’exemple</b> & fils" in _Words(hostile).words.replace("\u00a0", " ")


@pytest.mark.drill
def test_axe_finds_nothing(built: dict[date, dict[str, bytes]], browser: Browser, tmp_path: Path) -> None:
    """Pages of the longest name and of a hostile one are judged; those in the dark differ in colours alone."""
    axe, context = Axe(), browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    judged = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
    page, asked, looked_at = context.new_page(), list[str](), 0
    page.on("request", lambda request: asked.append(request.url))
    for number, (name, text) in enumerate(of({**built[DAYS[0]], **built[date(2026, 12, 10)]}, ".html").items()):
        path = tmp_path / f"{number}.html"
        path.write_text(text, "utf-8")
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        if not re.search("0370035M|9830001J", name):
            continue
        looked_at += 1
        for scheme, options in judged.items():
            page.emulate_media(color_scheme=scheme)
            found = axe.run(page, options=options).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], scheme
    assert looked_at >= 4
    assert all(url.startswith("file:") for url in asked)
    context.close()


def test_a_picture_is_as_large_as_its_screen_and_its_code_survives_a_message(
    built: dict[date, dict[str, bytes]],
) -> None:
    """Only the picture of a wall has a code; it is read after it was made as small as a message makes pictures."""
    for files in built.values():
        pictures = {name: data for name, data in files.items() if name.endswith(".png")}
        assert len(pictures) == 8
        for name, data in pictures.items():
            picture = Image.open(BytesIO(data)).convert("RGB")
            assert picture.size == ((1080, 1920) if "story" in name else (1920, 1080))
            passed_on = BytesIO()
            picture.save(passed_on, "JPEG", quality=60)
            codes = read_barcodes(np.array(Image.open(passed_on)))
            assert [code.text for code in codes] == ["https://exemple-vote-2026.gouv.fr/"] * ("wide" in name)


def test_a_calendar_is_read_back(built: dict[date, dict[str, bytes]]) -> None:
    """The vote opens and closes at the same moment everywhere; reminders come at hours of the place."""
    for name, text in of(built[date(2026, 11, 25)], ".ics").items():
        opens, closes = Calendar.from_ical(text).walk("VEVENT")
        assert opens["dtstart"].dt == datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
        assert closes["dtend"].dt == datetime(2026, 12, 10, 15, 30, tzinfo=UTC)
        assert closes["dtstart"].dt == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
        zone = ZoneInfo(next((zone for uai, zone in HERE.items() if uai in name), "Europe/Paris"))
        alarms = [alarm["trigger"].dt for alarm in closes.walk("VALARM")]
        assert {"08:00", "18:00"} <= {f"{alarm.astimezone(zone):%H:%M}" for alarm in alarms}
        assert all(7 <= alarm.astimezone(zone).hour < 22 and alarm < closes["dtend"].dt for alarm in alarms)
        assert "https://exemple-vote-2026.gouv.fr/" in closes["description"]
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert opens["uid"] != closes["uid"]
    last = of(built[date(2026, 12, 10)], ".ics")
    assert all(len(Calendar.from_ical(text).walk("VEVENT")) == 1 for text in last.values())


def test_an_entry_keeps_its_name_when_an_hour_changes(tmp_path: Path) -> None:
    """A calendar that has read an older one changes its entries, and gets none twice."""
    options, names = write(tmp_path), list[set[str]]()
    for hour in ("16:30", "17:00"):
        change_text(options.campaign, ('closes_at = "16:30"', f'closes_at = "{hour}"'))
        build(structs.replace(options, campaign=compare_all(options.campaign)))
        texts = of(snapshot(options.out), ".ics").values()
        names.append({str(event["uid"]) for text in texts for event in Calendar.from_ical(text).walk("VEVENT")})
    assert names[0] == names[1]
    assert len(names[0]) == 8


@pytest.mark.parametrize("hour", [True, False])
def test_a_day_without_an_hour_lasts_the_day(tmp_path: Path, hour: bool) -> None:
    options = write(tmp_path)
    if not hour:
        change_text(options.campaign, ('opens_at = "9:30"\n', ""), ('closes_at = "16:30"\n', ""))
    build(structs.replace(options, campaign=compare_all(options.campaign), document="calendar"))
    for text in of(snapshot(options.out), ".ics").values():
        _, closes = Calendar.from_ical(text).walk("VEVENT")
        assert (closes["dtstart"].dt == date(2026, 12, 10)) is not hour


@pytest.mark.drill
def test_nothing_past_is_announced(tmp_path: Path) -> None:
    """Once a week in November, and on every day from then to the closing, texts say what can still be done."""
    for day in (*DAYS[:28:7], *DAYS[28:]):
        options = write(tmp_path, day)
        build(structs.replace(options, document="screen-message"))
        texts = of(snapshot(options.out), ".txt")
        (here,) = (text for name, text in texts.items() if "0370035M" in name)
        is_open, is_last = day >= date(2026, 12, 3), day == date(2026, 12, 10)
        assert ("le vote ouvre" in here or "le vote a lieu" in here) is not is_open
        assert ("le vote est ouvert" in here) is (is_open and not is_last)
        assert ("Dernier jour" in here) is is_last
        assert here.count("https://") == 2


def test_files_are_built_like_all_others(tmp_path: Path) -> None:
    """Two processes give the same bytes; a second build makes nothing; a check finds what was changed alone."""
    options = write(tmp_path)
    assert build(options).made == 28
    assert build(options).made == 0
    files = snapshot(options.out)
    manifest = read_manifest(options.out)
    assert manifest is not None
    assert {entry.file for entry in manifest.entries} == files.keys() - {"manifest.json"}
    build(structs.replace(options, out=tmp_path / "two", jobs=2))
    assert snapshot(tmp_path / "two") == files
    assert [one.fault for one in check(options.campaign).located() if one.fault.severity == "error"] == []
    (page,) = options.out.glob("screen-page/0370035M-*")
    page.write_text(page.read_text("utf-8").replace("exemple-vote", "exemp1e-vote"), "utf-8")
    found = check(options.campaign, out=options.out).located()
    assert [one.fault.code for one in found if one.fault.severity == "error"] == ["K903"]
    change_text(options.campaign, ('version = "exemple"', 'version = "neu"'))
    assert build(options).made == 28


@pytest.mark.drill
def test_what_judges_pages_leaves_other_files_alone(tmp_path: Path) -> None:
    """A report judges the pages beside them; a comparison says which changed; no mail and no print run takes them."""
    options = write(tmp_path)
    with options.campaign.open("a", encoding="utf-8") as file:
        file.write('\n[[document]]\ntemplate = "poster-a3"\n')
    build(options)
    asked = ReportOptions(
        out=options.out, campaign=options.campaign, day=date(2026, 11, 20), baseline=None, summary=None, lang="fr",
        html=tmp_path / "report.html",
    )  # fmt: skip
    report = make_report(asked)
    assert [fault for fault in report.faults if fault.severity == "error"] == []
    assert len(report.judged.files) == 4
    before = options.out.rename(tmp_path / "before")
    change_text(options.campaign, ('version = "exemple"', 'version = "neu"'))
    build(options)
    changed = {one.document for one in compare_paths(before, options.out).records if one.status == "changed"}
    assert changed == {"screen-page", "leaflet-a4-html", "vote-dates-a4-html", "poster-a3"}
    for command in (partial(post, "drafts"), print_run):
        assert codes_of(partial(command, options.campaign, options.out, document="calendar")) in (["U006"], ["P406"])


def test_a_file_for_screens_is_never_a_draft(tmp_path: Path) -> None:
    options = write(tmp_path)
    change_text(options.campaign, ('closes_at = "16:30"', 'closes_at = "17:00"'))
    assert codes_of(lambda: build(options)) == ["C183"]
    assert codes_of(lambda: build(structs.replace(options, draft=True))) == ["C183"]
    with options.campaign.open("a", encoding="utf-8") as file:
        file.write('\n[[document]]\ntemplate = "leaflet-a4"\n')
    result = build(structs.replace(options, draft=True))
    assert result.files == 4
    assert [fault.code for fault in result.faults if fault.code == "C248"] == ["C248"] * 7


def test_a_template_says_what_it_makes(tmp_path: Path) -> None:
    options = write(tmp_path)
    change_text(options.campaign, ('template = "calendar"', 'template = "calendar"\nmakes = "html"'))
    assert codes_of(lambda: build(options)) == ["M006"]


@pytest.mark.parametrize("attributes", tables_of(__file__)["moments"])
def test_an_event_says_when(tmp_path: Path, attributes: str) -> None:
    """A wrong moment is told at its line of the template."""
    options = write(tmp_path)
    folder = tmp_path / "templates" / "agenda"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text('description = "Agenda"\nmakes = ["ics"]\n', "utf-8")
    event = f"<event {attributes}><h3>{{{{ school.name }}}}</h3></event>"
    (folder / "leaflet.xml").write_text(f'<leaflet title="T">\n<page>\n{event}\n</page>\n</leaflet>', "utf-8")
    change_text(options.campaign, ('template = "calendar"', 'template = "agenda"'))
    with pytest.raises(LeafletError) as error:
        build(structs.replace(options, document="agenda"))
    told = {(fault.code, fault.place.file, fault.place.line) for fault in error.value.faults}
    assert told == {("M107" if attributes else "M104", "agenda/leaflet.xml", 3)}


def test_an_address_stands_whole_in_a_text(built: dict[date, dict[str, bytes]]) -> None:
    for text in of(built[date(2026, 12, 4)], ".txt").values():
        assert re.findall(r"https://\S+", text) == ["https://exemple-vote-2026.gouv.fr/"] * 2
        assert "&amp;" not in text
