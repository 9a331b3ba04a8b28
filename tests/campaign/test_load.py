"""Loading a campaign: what comes out, and rules that no single fault code shows."""

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from leaflet.campaign import Campaign, load_campaign
from leaflet.campaign.source import index_lines
from leaflet.faults import DataError, LeafletError, Report
from tests.campaign.fault_cases import BODY, HEAD, write_campaign
from tests.support import codes_of, tables_of

TABLES = tables_of(__file__)


def load(folder: Path, text: str) -> tuple[Campaign, list[str]]:
    """A campaign that must load, and the codes of its warnings and notes."""
    report = Report()
    return load_campaign(write_campaign(folder, text), report), [fault.code for fault in report]


def test_smallest_campaign(tmp_path: Path) -> None:
    campaign, codes = load(tmp_path, HEAD + BODY)
    assert codes == [] and campaign.schools == tmp_path / "ecoles.csv"
    assert campaign.version == "v1" and campaign.issued_on is None and campaign.logo is None
    assert campaign.publisher.imprint is None and campaign.lang == "fr"
    (made,) = campaign.documents
    assert (made.name, made.theme, made.per, made.file_name) == ("leaflet-a4", "default", "school", "{uai}-{slug}")


def test_full_campaign(tmp_path: Path) -> None:
    Image.new("RGB", (20, 20)).save(tmp_path / "logo.jpg")
    top = 'version = "v3"\nissued_on = 2018-11-01\n'
    body = BODY.replace("[data]", 'logo = "logo.jpg"\nimprint = ""\n[data]\nencoding = "CP1252"')
    more = (
        'theme = "grey"\n[vote]\nopens_at = "9:00"\n'
        '[academies."Orléans-Tours"]\nwebmail = "https://courriel.ac-orleans-tours.fr"\n'
        '[departements.37]\nsite = "https://www.ac-orleans-tours.fr/dsden37/"\n'
    )
    campaign, codes = load(tmp_path, HEAD + top + body + more)
    assert codes == []
    assert (campaign.version, campaign.issued_on) == ("v3", date(2018, 11, 1))
    assert campaign.logo == tmp_path / "logo.jpg" and campaign.data.encoding == "cp1252"
    assert campaign.publisher.imprint == "" and campaign.documents[0].name == "leaflet-a4-grey"
    assert list(campaign.academies) == ["orleans-tours"]
    lines = (HEAD + top + body + more).splitlines()
    assert lines[(campaign.place("document", 0, "theme").line or 0) - 1] == 'theme = "grey"'
    assert campaign.departements["37"].site == "https://www.ac-orleans-tours.fr/dsden37/"


def test_absolute_list_and_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    liste = tmp_path / "x" / "liste.csv"
    liste.write_text("uai\n", "utf-8")
    campaign, _ = load(tmp_path, "\ufeff" + (HEAD + BODY).replace("ecoles.csv", liste.as_posix()))
    assert campaign.schools == liste


def test_notes_and_sites(tmp_path: Path) -> None:
    """A rule set aside leaves one note for its address; the publisher's site is not the administration's."""
    allow = '[links]\nportal = "https://exemple.fr/"\n[[allow]]\nrule = "host"\nreason = "oui"\n'
    campaign, codes = load(tmp_path, f'{HEAD}{BODY}{allow}url = "https://exemple.fr/"\n')
    assert codes == ["L120"] and campaign.election.links.portal == "https://exemple.fr/"
    _, codes = load(tmp_path, HEAD + BODY.replace("[data]", 'contact = "https://exemple.fr"\n[data]'))
    assert codes == []


@pytest.mark.parametrize(("lines", "code"), TABLES["links"])
def test_links_belong_to_their_owner(tmp_path: Path, lines: str, code: str) -> None:
    """An académie's address is under its own domain, the portal under gouv.fr; texts are searched too."""
    assert codes_of(lambda: load(tmp_path, f"{HEAD}{BODY}{lines}\n"), DataError) == [code]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_logo_may_not_lead_outside(tmp_path: Path) -> None:
    Image.new("1", (2, 2)).save(tmp_path / "logo.png")
    folder = tmp_path / "campagne"
    folder.mkdir()
    (folder / "logo.png").symlink_to(tmp_path / "logo.png")
    with pytest.raises(DataError) as caught:
        load(folder, HEAD + BODY.replace("[data]", 'logo = "logo.png"\n[data]'))
    assert [fault.code for fault in caught.value.faults] == ["C136"]


def test_same_day_hours_are_ordered(tmp_path: Path) -> None:
    one_day = "[vote]\nopens_on = 2018-12-06\n"
    assert load(tmp_path, HEAD + BODY + one_day)[1] == []
    for opens, wrong in ((one_day, "closes_at"), (one_day.replace("06", "07"), "opens_on")):
        with pytest.raises(DataError) as caught:
            load(tmp_path, f'{HEAD}{BODY}{opens}closes_at = "9:00"\n')
        assert [(f.code, f.place.field) for f in caught.value.faults] == [("C113", f"vote.{wrong}")]


@pytest.mark.parametrize("text", ["a" + ".a" * 5000 + " = 1", "a = " + "[" * 240 + "]" * 240, "a = " + "[" * 5000])
def test_deep_nesting_is_a_fault(tmp_path: Path, text: str) -> None:
    assert codes_of(lambda: load(tmp_path, f"{text}\n"), DataError) == ["C103"]


def test_lines_are_those_of_toml() -> None:
    """Through quoted and dotted keys, lists of tables, long texts; U+0085 and U+2028 end none."""
    text = 'a = 1\nb = """\n[c]\nd = 2\n"""\n[e."f g"]\nh.i = 3\n[[j]]\nk = 4\n[[j]]\nk = 5\n[j.l]\nm = 6\n'
    lines = index_lines(text)
    listed = {("j", 0, "k"): 9, ("j", 1, "k"): 11, ("j", 1, "l", "m"): 13}
    found = {path: line for path, line in lines.items() if path[-1] in tuple("abdikm")}
    assert found == {("a",): 1, ("b",): 2, ("e", "f g", "h", "i"): 7, **listed}
    assert index_lines('# a\x85b\r\nx = "c\u2028d"\ny = 1\n') == {("x",): 2, ("y",): 3}


def test_a_step_without_a_text_is_told_where_it_is_named(tmp_path: Path) -> None:
    with pytest.raises(LeafletError) as caught:
        load(tmp_path, f'{HEAD}steps = ["vote", "ouvrir"]\n{BODY}')
    assert [(fault.code, fault.place.field) for fault in caught.value.faults] == [("M205", "steps[2]")]


def test_staff_list_and_documents_for_persons(tmp_path: Path) -> None:
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\n", "utf-8")
    body = BODY.replace("[data]", '[data]\nstaff = "personnels.csv"')
    campaign, codes = load(tmp_path, f'{HEAD}{body}per = "person"\n')
    assert (codes, campaign.staff) == ([], tmp_path / "personnels.csv") and campaign.documents[0].per == "person"
    assert load(tmp_path, HEAD + BODY)[0].staff is None


@pytest.mark.parametrize(("data", "lines", "code", "field"), TABLES["personal"])
def test_faults_of_personal_documents(tmp_path: Path, data: str, lines: str, code: str, field: str) -> None:
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path, f"{HEAD}{BODY.replace('[data]', f'[data]{chr(10)}{data}')}{lines}\n")
    assert [(fault.code, fault.place.field) for fault in caught.value.faults] == [(code, field)]
