"""The publisher's own message is printed in each leaflet; where it cannot be, that is said once, with a way out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import pytest

from leaflet.faults import Fault
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions, PrintRunOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.print_runs import print_run
from tests.campaigns import write_small_campaign
from tests.groups import with_drills
from tests.one_template import INVENTED
from tests.support import LONG_NAME, SHORT_NAME, THEMES, opened, page_texts
from tests.tables.test_real_lycees import records

MESSAGE = "Nos voix comptent : votons, et faisons voter nos collègues dès le premier jour."
LONG, LONGER = f"{MESSAGE} " * 16, f"{MESSAGE} " * 22
ROWS = {"0370036N": SHORT_NAME, "9710001Z": LONG_NAME, "9830002K": SHORT_NAME}
LEAFLETS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "leaflet-a4-simple")
CARDS = ("memo-card", "memo-label", "memo-a6")
OWN = '<leaflet title="T"><page><h1>{{ school.name }}</h1>%s</page></leaflet>'
WHERE = '{% include "_shared/message.xml" %}'


def campaign(
    folder: Path, documents: Sequence[tuple[str, str]], message: str = MESSAGE, election: str = "2018", head: str = ""
) -> Path:
    document = '[[document]]\ntemplate = "{}"\ntheme = "{}"\nper = "school"\n'
    made = "".join(document.format(*one) for one in documents)
    said = f'[publisher.message]\ntitle = "Ensemble"\ntext = "{message.strip()}"\n' if message else ""
    publisher = f'[publisher]\nname = "Section d’essai"\naddress = "1 rue de l’Exemple, 37000 Tours"\n{said}'
    rows = "".join(f"{uai};{name};Exemple\n" for uai, name in ROWS.items())
    text = f'election = "{election}"\n{head}{INVENTED[election]}\n{publisher}[data]\nschools = "ecoles.csv"\n{made}'
    return write_small_campaign(folder, text, f"uai;nom;commune\n{rows}")


def of_message(faults: Sequence[Fault]) -> list[Fault]:
    return [fault for fault in faults if fault.code in ("F203", "F204")]


def checked(path: Path) -> list[Fault]:
    return of_message(check_campaign(InputOptions(campaign=path, out=Path())).faults)


def themed(templates: Sequence[str]) -> Iterator[tuple[str, str]]:
    return (one for one in product(templates, THEMES) if one != ("leaflet-trifold", "large-print"))


@pytest.mark.parametrize("election", with_drills(["2022"], ["2018"]))
def test_a_leaflet_has_a_place_for_it(tmp_path: Path, election: str) -> None:
    """In every theme; the poster of 2022 has not, beside an address of two lines, and says so once a theme."""
    faults = checked(campaign(tmp_path, [*themed(LEAFLETS)], election=election))
    posters = ["poster-a3", *(f"poster-a3-{theme}" for theme in THEMES[1:])]
    without = {"2018": [], "2022": posters}[election]
    assert [(fault.code, fault.place.file) for fault in faults] == [("F203", name) for name in without]


def test_the_sheet_of_the_dates_has_a_place_for_it(tmp_path: Path) -> None:
    """As long as nothing else is known, which is when it is printed."""
    path = campaign(tmp_path, [("vote-dates-a4", theme) for theme in THEMES])
    path.write_text(path.read_text("utf-8").replace('election = "2018"', 'election = "2026"'), "utf-8")
    assert checked(path) == []
    assert of_message(build(BuildOptions(campaign=path, out=tmp_path / "out")).faults) == []
    assert len([*(tmp_path / "out").rglob("*.pdf")]) == 4 * len(ROWS)


def test_lines_of_a_message_stay_apart(tmp_path: Path) -> None:
    """A message keeps its lines as they were typed, also on the poster, where the title stands before them."""
    path = campaign(tmp_path, [(name, "default") for name in ("leaflet-a4", "poster-a3")], "Appelez-nous\\nou venez")
    assert of_message(build(BuildOptions(campaign=path, out=tmp_path / "out")).faults) == []
    for file in (tmp_path / "out").rglob("0370036N*.pdf"):
        with opened(file.read_bytes()) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        assert re.search(r"Appelez-nous ?\r\nou venez", "".join(texts))


def test_what_has_no_room_is_said_once_a_document(tmp_path: Path) -> None:
    """By a build, also of files that it keeps, by a check and by a print run: how many, which, and what to do."""
    path = campaign(tmp_path, [("leaflet-a4", "default"), ("leaflet-a4", "large-print")], LONGER)
    options = BuildOptions(campaign=path, out=tmp_path / "out")
    (fault,) = of_message(build(options).faults)
    assert (fault.code, fault.severity, fault.place.file) == ("F203", "warning", "leaflet-a4")
    assert "dans 3 fichiers sur 3 (0370036N, 9710001Z, 9830002K)" in fault.reason("fr")
    assert f"{len(LONGER.strip()) + len('Ensemble')} caractères" in fault.way_out("fr")
    again = build(options)
    assert (again.made, of_message(again.faults), checked(path)) == (0, [fault], [fault])
    run = print_run(PrintRunOptions(campaign=path, out=tmp_path / "run", document="leaflet-a4"))
    assert [(one.code, one.place) for one in of_message(run.faults)] == [(fault.code, fault.place)]


def test_some_schools_alone_are_named(tmp_path: Path) -> None:
    """Those whose page is fuller than that of others; processes of their own say the same."""
    path = campaign(tmp_path, [("leaflet-a4", "default")], LONG)
    (fault,) = checked(path)
    assert "in 2 files of 3 (0370036N, 9710001Z)" in fault.reason("en")
    for jobs in (1, 2):
        assert of_message(build(BuildOptions(campaign=path, out=tmp_path / str(jobs), jobs=jobs)).faults) == [fault]


@pytest.mark.parametrize("others", [(), ("leaflet-a4",)])
def test_cards_have_no_place_for_it(tmp_path: Path, others: tuple[str, ...]) -> None:
    """That is said only if no document of the campaign prints it, also if the cards alone are made."""
    path = campaign(tmp_path, [(name, "default") for name in (*CARDS, *others)])
    faults = of_message(build(BuildOptions(campaign=path, out=tmp_path / "out", document="memo-card")).faults)
    assert checked(path)[:1] == ([] if others else checked(path))
    assert [fault.code for fault in faults] == ([] if others else ["F204"])
    if not others:
        assert "memo-card, memo-label, memo-a6" in checked(path)[0].reason("fr")
        assert checked(path)[0].place.field == "publisher.message.text"


@pytest.mark.parametrize(
    ("place", "codes"), [("", ["F204"]), (WHERE, []), ("<p>{{ publisher.message.text }}</p>", [])]
)
def test_a_template_of_one_s_own(tmp_path: Path, place: str, codes: list[str]) -> None:
    """Without a place for it, that is said; a place is one in whatever block, and what is printed there is found."""
    folder = tmp_path / "templates" / "own"
    folder.mkdir(parents=True)
    (folder / "leaflet.xml").write_text(OWN % place, "utf-8")
    path = campaign(tmp_path, [("leaflet-a4", "default"), ("own", "default")], "Le 1er : « votons » !")
    assert [fault.code for fault in checked(path)] == codes


def test_no_message_no_word(tmp_path: Path) -> None:
    assert checked(campaign(tmp_path, [("memo-card", "default"), ("leaflet-a4", "default")], "")) == []


@pytest.mark.drill
@pytest.mark.parametrize("election", ["2018", "2022"])
def test_real_schools(tmp_path: Path, election: str) -> None:
    """On leaflets of thirty lycées, of all lengths of names: what is said of them is what their files are."""
    path = campaign(tmp_path, [(name, "default") for name in LEAFLETS[:3]], election=election)
    named = sorted(records()[1:], key=lambda row: len(row[1]))
    rows = [f'{row[0]};"{row[1]}";{row[5]}' for row in named[:: len(named) // 30]]
    (path.parent / "ecoles.csv").write_text("\n".join(("uai;nom;commune", *rows)), "utf-8")
    out = tmp_path / "out"
    faults = of_message(build(BuildOptions(campaign=path, out=out, keep_going=True)).faults)
    message = "".join(MESSAGE.split())
    files = [(file, "".join(" ".join(page_texts(file)).split())) for file in out.rglob("*.pdf")]
    without = Counter(file.parent.name for file, text in files if message not in text)
    assert [fault.place.file for fault in faults] == [*without]
    for fault in faults:
        count = without[str(fault.place.file)]
        assert f"in {count} file{'s' if count > 1 else ''} of" in fault.reason("en")
    elsewhere = {row[0] for row in named if "AGRICOLE" in row[1].upper()}  # whose page has lines of its own
    assert {file.name[:8] for file, text in files if message not in text} <= elsewhere
