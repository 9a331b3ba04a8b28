"""A file of thousands of cards is made sheet by sheet: the same bytes, the same faults, little memory."""

import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import Place, RenderError, TemplateError, fail
from leaflet.pdf import verify_file
from leaflet.production import document, folder_store, staging, worker
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.staging import FolderSink, open_new
from tests.groups import with_drills
from tests.production.build_processes import listing
from tests.production.test_cards import BALZAC, DESCARTES, campaign
from tests.production.test_cards import document as cards
from tests.support import codes_of, faults_of, peak_of

LongFrom: TypeAlias = Callable[[int], None]
PEOPLE = tuple(f"Camille;Cerisier-{chr(97 + n // 26)}{chr(97 + n % 26)};{DESCARTES};" for n in range(234))
FEW = tuple(f"Dominique;Noisetier-{letter};{BALZAC};" for letter in "abc")
TOO_LONG = "Marie;" + "Aubépinchâtaignierframboisier" * 3
MOST = 6_000  # bytes a person: their row, and what says where their card is; the card alone has 7,700 in the file


def made(path: Path, out: str = "out", **options: Any) -> BuildResult:
    return build(BuildOptions(campaign=path, out=path.parent / out, jobs=1, **options))


def pdfs(out: Path) -> list[str]:
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*.pdf"))


@pytest.fixture
def long_from(monkeypatch: pytest.MonkeyPatch) -> LongFrom:
    """Say from how many cards on a file is long."""

    def say(most: int) -> None:
        monkeypatch.setattr(document, "LONG", most)
        monkeypatch.setattr(worker, "LONG", most)

    return say


@pytest.mark.parametrize(
    ("more", "template", "per", "sheet", "start"),
    with_drills(
        [('order = "stack"', "memo-card", "person", "avery-c32011", 4), ("", "memo-card", "school", "cards-a4", 2)],
        [
            ("", "memo-card", "person", "cards-a4", 1),
            ('flip = "short-edge"', "memo-card-two-codes", "person", "cards-a4", 1),
            ("", "memo-label", "person", "avery-l7163", 3),
        ],
    ),
)
def test_the_bytes_are_those_of_an_ordinary_file(
    tmp_path: Path, long_from: LongFrom, more: str, template: str, per: str, sheet: str, start: int
) -> None:
    """Whatever the order, the stock and the first place; with names and without; files beside it stay ordinary."""
    schools = (f"{DESCARTES};Lycée Descartes;Tours;431", f"{BALZAC};Lycée Balzac;Tours;3")
    texts = cards(more, template=template, per=per, sheet=sheet)
    path = campaign(tmp_path, texts, people=(*PEOPLE, *FEW), schools=schools)
    long_from(10_000)
    made(path, "ordinary", start=start)
    long_from(5)
    long = made(path, "long", start=start)
    assert (listing(tmp_path / "long"), long.made, long.faults) == (listing(tmp_path / "ordinary"), 2, ())
    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "long").rglob("*.pdf")}
    assert per == "school" or modes == {0o600}


def test_in_an_archive(tmp_path: Path, long_from: LongFrom) -> None:
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=(*PEOPLE, *FEW))
    long_from(5)
    made(path)
    wanted = listing(tmp_path / "out")
    made(path, "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: (tmp_path / "out" / name).read_bytes() for name in wanted
        }


@pytest.mark.drill
def test_a_person_more_takes_little_memory(tmp_path: Path, long_from: LongFrom) -> None:
    """Neither cards nor the file are kept: measured between some hundred people and twice as many."""
    long_from(100)
    peaks = []
    for count in (26, 117, 234):  # the first one fills what is remembered
        path = campaign(tmp_path / f"{count}", cards(sheet="cards-a4"), people=PEOPLE[:count])
        peaks.append(peak_of(made, path)[0])
    assert (peaks[2] - peaks[1]) / 117 < MOST


@pytest.mark.parametrize("verify", [True, False])
def test_a_card_that_is_too_full_leaves_its_school_out(tmp_path: Path, long_from: LongFrom, verify: bool) -> None:
    """In the middle of the list: the fault is that of an ordinary file, and says who it is about."""
    people = (*PEOPLE[:30], f"{TOO_LONG};{DESCARTES};", *PEOPLE[30:60], *FEW)
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=people)
    faults = []
    for most in (10_000, 5):
        long_from(most)
        result = made(path, f"{most}", verify=verify)
        assert [BALZAC in name for name in pdfs(tmp_path / f"{most}")] == [True]
        faults.append([(fault.code, fault.place) for fault in result.faults])
    assert faults[0] == faults[1] != []


def test_a_fault_of_a_template_ends_the_build(tmp_path: Path, long_from: LongFrom) -> None:
    path = campaign(tmp_path, cards(template="own", sheet="cards-a4"), people=(*PEOPLE, *FEW))
    own = tmp_path / "templates" / "own"
    own.mkdir(parents=True)
    (own / "template.toml").write_text('per = ["person"]\nformat = "card"\n', "utf-8")
    (own / "leaflet.xml").write_text('<leaflet title="A"><page><p>{{ nothing.at.all }}</p></page></leaflet>', "utf-8")
    long_from(5)
    assert len(faults_of(lambda: made(path, keep_going=True), TemplateError)) == 1
    assert not (tmp_path / "out").exists()


@contextmanager
def cut_short(sink: FolderSink, name: str) -> Iterator[BinaryIO]:
    path = sink.folder / name
    path.write_bytes(path.read_bytes()[:-1])
    with path.open("rb") as file:
        yield file


def test_a_file_found_wrong_gets_no_name(
    tmp_path: Path, long_from: LongFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not hold what was written, or a code cannot be read: the other school's file is made."""
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=(*PEOPLE[:20], *FEW))
    long_from(5)
    with monkeypatch.context() as patched:
        patched.setattr(FolderSink, "open_stored", cut_short)
        assert [fault.code for fault in made(path, "cut", keep_going=True).faults] == ["V101"]

    def refuse(_picture: object, _href: str, page: int, place: Place) -> None:
        if place.record == DESCARTES and page == 3:
            raise fail("V103", place, page=page)

    monkeypatch.setattr(verify_file, "check_code", refuse)
    assert [fault.code for fault in made(path, "dark", keep_going=True).faults] == ["V103"]
    for out in ("cut", "dark"):
        assert [BALZAC in name for name in pdfs(tmp_path / out)] == [True]


def test_every_card_is_looked_at(tmp_path: Path, long_from: LongFrom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each code with a name beside it, on its own page; what all cards share in each place of a sheet once."""
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=PEOPLE[:45])
    seen: list[tuple[int, str]] = []

    def look(_picture: object, href: str, page: int, _place: Place) -> None:
        seen.append((page, href))

    monkeypatch.setattr(verify_file, "check_code", look)
    long_from(5)
    made(path)
    fronts = [page for page, _ in seen if page % 2]
    assert {page: fronts.count(page) for page in fronts} == {1: 10, 3: 10, 5: 10, 7: 10, 9: 5}
    assert len(seen) - len(fronts) <= 10


def test_a_full_disk_ends_the_build(tmp_path: Path, long_from: LongFrom, monkeypatch: pytest.MonkeyPatch) -> None:
    """W101, as for an ordinary file, and no part of a file with names is left."""

    def open_full(path: str, *, private: bool) -> BinaryIO:
        open_new(path, private=private).close()
        return Path("/dev/full").open("wb")

    monkeypatch.setattr(staging, "open_new", open_full)
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=PEOPLE[:20])
    long_from(5)
    assert codes_of(lambda: made(path, keep_going=True), RenderError) == ["W101"]
    assert not (tmp_path / "out").exists()


def test_a_long_file_that_was_changed_is_made_again(
    tmp_path: Path, long_from: LongFrom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_store, "_MOST_READ", 1000)
    path = campaign(tmp_path, cards(sheet="cards-a4"), people=PEOPLE[:20])
    long_from(5)
    made(path)
    (name,) = pdfs(tmp_path / "out")
    data = (tmp_path / "out" / name).read_bytes()
    assert made(path).made == 0
    changed = bytearray(data)
    changed[len(data) // 2] ^= 1
    (tmp_path / "out" / name).write_bytes(changed)
    assert (made(path).made, (tmp_path / "out" / name).read_bytes()) == (1, data)


class Counted:
    """A maker that knows how many cards a school has: the school itself says so."""

    def cards(self, school: int) -> int:
        return school


@given(st.lists(st.integers(0, 30) | st.integers(900, 1200), max_size=60))
def test_schools_are_laid_out_together_while_they_have_few_cards(schools: list[int]) -> None:
    """In their order, sixteen at most, not more than a thousand cards; a school with more stands alone."""
    groups = list(worker._laid_out_together(cast(Any, Counted()), cast(Any, schools)))
    assert [school for group in groups for school in group] == schools
    for group, after in zip(groups, [*groups[1:], [2000]], strict=False):
        assert len(group) == 1 or (len(group) <= worker.LAID_OUT_TOGETHER and sum(group) <= worker.LONG)
        assert len(group) == worker.LAID_OUT_TOGETHER or sum(group) + after[0] > worker.LONG
