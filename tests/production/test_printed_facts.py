"""Facts that documents print are told at once: those that are missing, and those that nobody compared."""

from collections.abc import Callable
from pathlib import Path

import pytest

from leaflet.faults import DataError, Fault
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions, PrintRunOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.preview import PreviewOptions, preview
from leaflet.production.print_runs import print_run
from tests.campaigns import LEAFLET, campaign_text, list_of, write_small_campaign
from tests.groups import with_drills
from tests.support import faults_of, tables_of

CAMPAIGN = campaign_text(f"[vote]\n{LEAFLET}").replace('"2018"', '"2026"')
SCHOOLS = "uai;nom;commune\n0370001A;Lycée Léonard de Vinci;Amboise\n"


def campaign(folder: Path, more: str = "") -> Path:
    return write_small_campaign(folder, CAMPAIGN + more, SCHOOLS)


def raised(command: Callable[[], object]) -> list[Fault]:
    return faults_of(command, DataError)


def missing(faults: list[Fault]) -> list[str | None]:
    return [fault.place.field for fault in faults if fault.code == "C182"]


def test_every_command_lists_the_same(tmp_path: Path) -> None:
    """Build, print run, check and preview: each field once, in the order of the model, no line of a template."""
    path, out = campaign(tmp_path), tmp_path / "out"
    built = raised(lambda: build(BuildOptions(campaign=path, out=out)))
    fields = missing(built)
    assert fields[0] == "links.portal" and fields[-1] == "steps" and len(fields) == len(set(fields)) > 5
    assert all(fault.code == "C182" and fault.place.file == "campaign.toml" for fault in built)
    assert missing(raised(lambda: print_run(PrintRunOptions(campaign=path, out=out)))) == fields
    assert missing(list(check_campaign(InputOptions(campaign=path, out=out)).faults)) == fields
    assert missing(raised(lambda: preview(PreviewOptions(campaign=path, out=out)))) == fields
    assert not out.exists()


def test_what_the_dates_suffice_for_is_named(tmp_path: Path) -> None:
    """The last way out names the template that can be printed at once; it is built from the dates alone."""
    path, out = campaign(tmp_path), tmp_path / "out"
    for lang in ("en", "fr"):
        faults = raised(lambda: build(BuildOptions(campaign=path, out=out)))
        told = ["vote-dates-a4" in fault.way_out(lang) for fault in faults]
        assert told == [*[False] * (len(told) - 1), True]
    path.write_text(CAMPAIGN.replace("leaflet-a4", "vote-dates-a4"), "utf-8")
    assert build(BuildOptions(campaign=path, out=out)).files


def test_each_document_is_named(tmp_path: Path) -> None:
    path = campaign(tmp_path, '[[document]]\ntemplate = "poster-a3"\n')
    faults = raised(lambda: build(BuildOptions(campaign=path, out=tmp_path)))
    known = {fault.place.field: fault.values["known"] for fault in faults}
    assert (known["links.portal"], known["memo.lines"]) == ("leaflet-a4, poster-a3", "leaflet-a4")


def test_what_is_unfinished_is_told_with_it(tmp_path: Path) -> None:
    path = campaign(tmp_path, '[links]\nportal = "https://exemple-vote-2026.gouv.fr/"\n')
    path.write_text(path.read_text("utf-8").replace("Section d’essai", "Nom de votre organisation"), "utf-8")
    faults = raised(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True)))
    assert {fault.code for fault in faults} == {"C142", "C182", "C183"}
    assert "links.portal" not in missing(faults)


def of_2022(folder: Path, *, head: str = "", tables: str = "", template: str = "leaflet-a4") -> Path:
    text = campaign_text(f'{tables}\n[[document]]\ntemplate = "{template}"\n', head=head)
    rows = ("0370001A;Lycée Léonard de Vinci;Amboise", "9710003B;Lycée d’exemple;Basse-Terre")
    return write_small_campaign(folder, text.replace('"2018"', '"2022"'), list_of("uai;nom;commune", rows))


def not_compared(path: Path) -> list[str]:
    faults = check_campaign(InputOptions(campaign=path, out=path.parent)).faults
    return [name for f in faults if f.code == "C183" for name in str(f.values["known"]).split(", ")]


def test_what_the_profile_of_this_election_holds_is_compared(tmp_path: Path) -> None:
    """A value with an official source need not be compared, also where the campaign repeats it; another one does."""
    assert not_compared(of_2022(tmp_path)) == []
    assert not_compared(of_2022(tmp_path, tables='[vote]\ncloses_at = "17:00"\n')) == []
    assert not_compared(of_2022(tmp_path, tables='[vote]\ncloses_at = "16:00"\n')) == ["vote.closes_at"]


COMPARED = [tuple(one) for one in tables_of(__file__)["compared"]]


@pytest.mark.parametrize(("field", "table", "value", "other"), with_drills(COMPARED[:2], COMPARED[2:]))
def test_a_comparison_is_of_one_value(tmp_path: Path, field: str, table: str, value: str, other: str) -> None:
    """A fact that somebody compared is compared until its value changes, whoever changes it."""
    written = value.partition(" = ")[2]

    def left(seen: str | None) -> list[str]:
        rows = f'compared = [{{ field = "{field}", value = {seen}, on = 2022-11-20 }}]\n' if seen else ""
        top = "" if table else f"{value}\n"
        return not_compared(of_2022(tmp_path, head=rows + top, tables=f"{table}\n{value}\n" if table else ""))

    assert (left(None), left(written), left(other)) == ([field], [], [field])


def test_only_what_a_chosen_document_prints_is_told(tmp_path: Path) -> None:
    """The poster does not say where a code stands; an area without schools of the list prints nothing."""
    tables = '[notice]\ncode_place = "en haut"\n[groups.974.vote]\nopens_at = "9:00"\n'
    assert not_compared(of_2022(tmp_path, tables=tables)) == ["notice.code_place"]
    assert not_compared(of_2022(tmp_path, tables=tables, template="poster-a3")) == []
