"""Staff of other ministries, of universities and abroad vote elsewhere: they never get this campaign's portal."""

import re
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import leaflet
from leaflet.faults import LeafletError, Report
from leaflet.files.resources import program_resources
from leaflet.markup.blanks import BlankField
from leaflet.markup.groups import SchoolGroups, group_of
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions, PrintRunOptions
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import load_inputs
from leaflet.production.print_runs import print_run
from leaflet.production.printed_facts import find_left_out, find_without
from tests.campaigns import campaign_text, compare_all, write_small_campaign
from tests.one_template import INVENTED, renderer_of
from tests.support import school
from tests.tables.test_real_lycees import records

PORTAL = "exemple-vote-2026.gouv.fr"
MINISTRIES = {
    "": None, "MINISTERE DE L'EDUCATION NATIONALE": None,
    "Ministère de l’Éducation nationale, de l’Enseignement supérieur et de la Recherche": None,
    "MINISTERE DE L'AGRICULTURE": "agriculture", "Ministère de l’Enseignement supérieur": "higher",
    "MINISTERE DE L'EUROPE ET DES AFFAIRES ETRANGERES": "abroad", "Ministère des Armées": "other"
}  # fmt: skip
NAMES = {
    "Lycée agricole de Fondettes": "agriculture", "LEGTA Olivier-de-Serres": "agriculture",
    "INSPE d’exemple, site de Fondettes": "higher", "UNIVERSITÉ D’EXEMPLE": "higher", "Lycée Descartes": None,
    "École de l’Université": None, "Collège des Agriculteurs": None, "Rectorat d’exemple": None
}  # fmt: skip
TEMPLATES = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]
LIST = (
    "uai;nom;commune;ministere_tutelle\n0370766G;Collège d’exemple;Tours;MINISTERE DE L'EDUCATION NATIONALE\n"
    "0370781Y;Lycée d’exemple;Fondettes;MINISTERE DE L'AGRICULTURE\n9990123E;Lycée français d’exemple;Londres;\n"
    "0370806A;INSPE d’exemple;Fondettes;\n"
)


@pytest.mark.parametrize(("ministry", "group"), MINISTRIES.items())
def test_a_ministry_tells(ministry: str, group: str | None) -> None:
    name = "Lycée" if not ministry else "Lycée agricole"
    assert group_of(school(name, ministry=ministry)) == group


@pytest.mark.parametrize(("name", "group"), NAMES.items())
def test_a_name_tells_where_no_ministry_does(name: str, group: str | None) -> None:
    assert group_of(school(name)) == group_of(school(name.upper())) == group


def test_schools_of_other_ministries() -> None:
    """Of real lycées those that call themselves agricultural are told, and UAI whose digits are no territory."""
    assert group_of(school("Lycée français", key="9990123E")) == "abroad"
    assert group_of(school("Lycée", key="9830002K")) is None
    found = [name for _uai, name, *_ in records() if group_of(school(name)) is not None]
    agricultural = [name for name in found if re.search("AGRICOLE|LEAP|LEGTP?A|EPLEFPA", name.upper())]
    assert len(agricultural) > 200 and len(found) - len(agricultural) <= 1


def campaign(folder: Path, groups: str = "", documents: str = "leaflet-a4") -> Path:
    """A campaign for 2026 with one school of the Éducation nationale and three of others."""
    tables = "".join(f'[[document]]\ntemplate = "{name}"\n' for name in documents.split())
    text = campaign_text(tables + groups, head=INVENTED["2026"]).replace('"2018"', '"2026"')
    return compare_all(write_small_campaign(folder, text, LIST))


def test_a_name_that_says_perhaps_is_asked_about_and_printed(tmp_path: Path) -> None:
    """Horticulture is taught by both ministries; a département is no ministry, and one in the list decides."""
    doubtful = ("Lycée horticole d’exemple", "LP MARITIME D’EXEMPLE", "Lycée agro-environnemental")
    may_vote_elsewhere = SchoolGroups(has_academies=True, has_portal=True).may_be_elsewhere
    assert all(may_vote_elsewhere(school(name)) and group_of(school(name)) is None for name in doubtful)
    assert not may_vote_elsewhere(school("Lycée de Charente-Maritime"))
    assert not may_vote_elsewhere(school(doubtful[0], ministry="MINISTERE DE L'EDUCATION NATIONALE"))
    path = campaign(tmp_path, documents="leaflet-a5")
    (tmp_path / "ecoles.csv").write_text(LIST + f"0370035M;{doubtful[0]};Tours;\n", "utf-8")
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True))
    told = [fault for fault in result.faults if fault.code == "T338"]
    assert [(fault.place.line, fault.values["value"]) for fault in told] == [(6, doubtful[0])]
    assert result.files == 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_page_of_theirs_has_the_portal(tmp_path: Path, template: str) -> None:
    """A document that prints the portal cannot be made for them; one that can do without has a line, or none."""
    inputs = load_inputs(InputOptions(campaign=campaign(tmp_path), out=tmp_path), Report())
    first, *others = inputs.schools
    has_portal = PORTAL in renderer_of(template).render(inputs.contexts.context(first))
    for other in others:
        try:
            said = renderer_of(template).render(inputs.contexts.context(other))
        except LeafletError as error:
            assert [fault.code for fault in error.faults] == ["L121"] and has_portal
        else:
            assert PORTAL not in said


@pytest.mark.parametrize(
    ("template", "code", "made"), [("leaflet-a4", "L124", 4), ("vote-dates-a4", "L124", 4), ("leaflet-a5", "L121", 1)]
)
def test_all_else_is_made(tmp_path: Path, template: str, code: str, made: int) -> None:
    """A page with a line in the place of the portal, or none, as is said; `check` has nothing against it."""
    path = campaign(tmp_path, documents=template)
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True))
    assert len([*(tmp_path / "out" / template).iterdir()]) == made
    assert [fault for one in leaflet.check(path, out=tmp_path / "out").outputs for fault in one.faults] == []
    told = [fault for fault in result.faults if fault.code == code]
    assert {fault.values["group"] for fault in told} == {"agriculture", "abroad", "higher"}
    assert all("same_portal" in fault.way_out("fr") for fault in told)


def test_a_portal_that_is_theirs_too(tmp_path: Path) -> None:
    groups = "[groups.agriculture]\nsame_portal = true\n[groups.higher]\nsame_portal = true\n"
    path = campaign(tmp_path, groups, "leaflet-a5")
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True))
    assert result.files == 3
    assert {fault.values["group"] for fault in result.faults if fault.code == "L121"} == {"abroad"}


RANKED = """
[groups.tours]
where = ["salle=B"]
notice.how = "de la main à la main"
links.portal = "https://vote.exemple-vote-2026.gouv.fr/b"
[groups.37]
title = "En Touraine"
notice = { how = "dans mon casier", code_place = "en bas" }
[groups.agriculture]
title = "Au lycée agricole"
links.portal = "https://agri.exemple-vote-2026.gouv.fr/"
mailbox.other = "ENSAP"
[groups.agriculture.words.step.vote]
title = "Je vote à l’ENSAP"
[groups.un]
where = ["uai=0370806A", "commune~fond"]
title = "À l’INSPE"
"""


def test_what_is_not_the_same_for_all(tmp_path: Path) -> None:
    """Any fact: the more particular group has the last word, and what it does not say is that of the others."""
    path = campaign(tmp_path, RANKED)
    rows = LIST.replace("\n", ";\n").replace("tutelle;", "tutelle;salle").replace("NATIONALE;", "NATIONALE;B")
    (tmp_path / "ecoles.csv").write_text(rows, "utf-8")
    inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), Report())
    seen = {school.key: inputs.contexts.context(school) for school in inputs.schools}
    found = [values["groups"] for values in seen.values()]
    assert found == [("37", "tours"), ("37", "agriculture"), (), ("37", "un")]
    elections = {uai: values["election"] for uai, values in seen.items()}
    titles = [one["title"] for one in elections.values()]
    assert titles == ["En Touraine", "Au lycée agricole", inputs.campaign.election.title, "À l’INSPE"]
    assert elections["0370766G"]["notice"]["how"] == "de la main à la main"
    assert not {"opens_at", "closes_at"} & {
        name for name, value in elections["0370781Y"]["vote"].items() if not isinstance(value, BlankField)
    }
    assert all(
        isinstance(elections[uai]["notice"]["how"], BlankField) for uai in ("0370781Y", "0370806A")
    )  # of a territory
    assert elections["0370766G"]["notice"]["code_place"] == "en bas"
    portals = {uai: one["links"]["portal"] for uai, one in elections.items()}
    assert portals["0370781Y"] == "https://agri.exemple-vote-2026.gouv.fr/" and portals["0370766G"].endswith("/b")
    assert [uai for uai, one in portals.items() if not isinstance(one, str)] == ["9990123E", "0370806A"]
    assert seen["0370781Y"]["academie"]["mailbox"]["kind"] == "other"  # none of the Éducation nationale


def test_groups_that_need_no_condition(tmp_path: Path) -> None:
    """Private schools and those overseas are told by the list and by the UAI; a département is more particular."""
    groups = "".join(f"[groups.{name}]\ntitle = '{name}'\n" for name in ("private", "overseas", "974"))
    path = campaign(tmp_path, groups)
    rows = "0370035M;Lycée A;Tours;Privé\n9740001H;Lycée B;Tours;Privé\n9710123G;Lycée C;Tours;Public\n"
    (tmp_path / "ecoles.csv").write_text(f"uai;nom;commune;statut_public_prive\n{rows}", "utf-8")
    inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), Report())
    found = {school.key[:3]: inputs.contexts.shared_by(school)["groups"] for school in inputs.schools}
    assert found == {"037": ("private",), "974": ("overseas", "974", "private"), "971": ("overseas",)}


def test_a_portal_of_an_area_is_nobody_else_s(tmp_path: Path) -> None:
    """Nor is that of a sector: where others vote, only their ministry tells, a column of one's own, or the school."""
    rows = LIST.replace("\n", ";Public\n").replace("tutelle;Public", "tutelle;secteur")
    for where in (
        "[groups.37]",
        '[groups.p]\nwhere = ["commune=Fondettes"]',
        '[groups.p]\nwhere = ["secteur=Public"]',
    ):
        path = campaign(tmp_path, f'{where}\nlinks.portal = "https://ici.exemple-vote-2026.gouv.fr/"\n')
        (tmp_path / "ecoles.csv").write_text(rows, "utf-8")
        inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), Report())
        assert len([school for school in inputs.schools if inputs.contexts.groups.elsewhere(school)]) == 3


def test_leaflets_of_one_page_begin_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    """They get a white back in a run of leaflets that have two pages."""
    result = print_run(PrintRunOptions(campaign=campaign(tmp_path), out=tmp_path / "run", bare=True, copies=1))
    (file,) = (tmp_path / "run").glob("print-run*.pdf")
    assert [bool(page.get_textpage().get_text_range()) for page in PdfDocument(file)] == [True, False] * 3 + [
        True,
        True,
    ]
    assert {fault.code for fault in result.faults} >= {"L124"}


def test_others_of_a_batch_are_laid_out_from_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be made of one is found out for it alone, which takes longer; who votes elsewhere is not tried."""
    alone: list[str] = []
    lay_out = DocumentMaker._lay_out_record
    told = lambda maker, school, record: alone.append(school.key) or lay_out(maker, school, record)  # noqa: E731
    monkeypatch.setattr(DocumentMaker, "_lay_out_record", told)
    path = campaign(tmp_path)
    (tmp_path / "ecoles.csv").write_text(LIST + "0370035M;Lycée Ⰰ;Tours;\n", "utf-8")
    build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True))
    assert alone == ["0370035M"]


def test_who_is_left_out_is_known_before_anything_is_made(tmp_path: Path) -> None:
    """Of a document with the portal, not of one that can do without: these schools have one document then."""
    path = campaign(tmp_path, documents="leaflet-a5 vote-dates-a4")
    inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), Report())
    with_portal, dates = inputs.campaign.documents
    left = find_left_out(with_portal, inputs, inputs.schools)
    assert left == {school.key for school in inputs.schools} - {"0370766G"}
    assert find_left_out(dates, inputs, inputs.schools) == set()
    assert find_without(inputs, [with_portal], inputs.schools) == left
    assert find_without(inputs, [with_portal, dates], inputs.schools) == set()
