"""Other votes by data alone: the two examples that bring their own template, election, theme and keys."""

import re
import shutil
from pathlib import Path

import page as validator
import pikepdf
import pypdfium2
import pytest

from leaflet.faults import Report
from leaflet.files.resources import program_resources
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.inputs import load_inputs
from tests.campaigns import LEAFLET, campaign_text, write_small_campaign
from tests.one_template import INVENTED, renderer_of
from tests.support import EXAMPLE, check_structure

EXAMPLES = EXAMPLE.parent
VOTES = {"parents-2027": 25, "hopital-2026": 6}


@pytest.fixture(scope="module", params=VOTES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    out = tmp_path_factory.mktemp(request.param) / request.param
    return build(BuildOptions(campaign=EXAMPLES / request.param / "campaign.toml", out=out))


def text_of(out: Path, key: str) -> str:
    """Return what the pages of an establishment say, in the first of its files."""
    (path, *_) = sorted(out.rglob(f"{key}-*.pdf"))
    return words_in(path)


def words_in(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_an_example_is_data_and_conforms(built: BuildResult) -> None:
    """Every file was made, and is PDF/UA-1 and PDF/A-2a for an outside validator."""
    folder = EXAMPLES / built.out.name
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".toml", ".xml", ".csv", ".md"}
    assert built.files == VOTES[built.out.name]
    assert not [fault for fault in built.faults if fault.severity == "error"]
    for path in built.out.rglob("*.pdf"):
        for profile in ("ua1", "2a"):
            verdict = validator.validate_pdf(str(path), profile=profile)
            assert verdict.is_compliant, [(failure.rule_id, failure.message) for failure in verdict.failures]
        assert check_structure(path.read_bytes()) == []


def test_days_and_words_of_the_vote(built: BuildResult) -> None:
    """Days are those of the département or its group; a hospital hears nothing of académies and mailboxes."""
    expected = {
        "parents-2027": {
            "0370001A": "VENDREDI 8 octobre",
            "9741051Z": "VENDREDI 1 er octobre",
            "9760316P": "VENDREDI 1 er octobre",
        },
        "hopital-2026": {"990000010": "JEUDI 3 décembre", "990000036": "SAMEDI 5 décembre"},
    }
    for key, words in expected[built.out.name].items():
        assert words in text_of(built.out, key)
    if built.out.name == "hopital-2026":
        text = text_of(built.out, "990000010")
        assert "l’hôpital tient un poste" in text and "FINESS 990000010" in text
        for word in ("cadémie", "UAI", "NUMEN", "I-Prof"):
            assert word not in text


def test_the_page_for_parents_is_in_their_language(built: BuildResult) -> None:
    """Text, day and hours, and the language that the file claims; nothing of French but names and legal lines."""
    if built.out.name != "parents-2027":
        return
    said = {
        "en": "FRIDAY 8 October 8:00 to 12:00",
        "pt": "SEXTA-FEIRA 8 outubro das 8h00 às 12h00",
        "tr": "CUMA 8 Ekim 08.00–12.00",
    }
    for lang, day in said.items():
        (path,) = (built.out / f"parents-a4-parents-{lang}").glob("0370001A-*.pdf")
        assert day in words_in(path) and not re.search("[Vv]otez|octobre|vendredi", words_in(path))
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == lang


def test_a_check_says_nothing_of_a_hospital() -> None:
    """No académie, no mailbox: what other votes do not have is not missed."""
    campaign = EXAMPLES / "hopital-2026" / "campaign.toml"
    result = check_campaign(InputOptions(campaign=campaign, out=Path()))
    assert {fault.code for fault in result.faults if fault.severity != "note"} <= {"F201"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_keys_tell_hospitals_apart(tmp_path: Path, jobs: int) -> None:
    """In names of files, in choices, in shards; a changed row makes one file anew."""
    folder = tmp_path / "c"
    shutil.copytree(EXAMPLES / "hopital-2026", folder)
    options = {"campaign": folder / "campaign.toml", "out": tmp_path / "out", "document": "hopital-a4", "jobs": jobs}
    assert build(BuildOptions(**options)).made == 3
    table = folder / "etablissements.csv"
    table.write_text(table.read_text("utf-8").replace("Amboise", "Chinon"), "utf-8")
    assert build(BuildOptions(**options)).reasons == {"row": 1}
    assert build(BuildOptions(**{**options, "out": tmp_path / "one", "only": frozenset({"990000028"})})).made == 1
    for part in (1, 2):
        build(BuildOptions(**{**options, "out": tmp_path / "parts", "shard": (part, 2)}))
    assert len([*(tmp_path / "parts").rglob("*.pdf")]) == 3


OF_ACADEMIES = re.compile(r"acad[ée]mi|NUMEN|\bac-|jlabert|DSDEN|I-Prof|minist[èe]r(?!e/)|éducation", re.IGNORECASE)
LISTS = {
    "siret": ("siret;nom;code_postal;commune\n", "73282932000074;Usine d’exemple;37000;Tours\n"),
    "finess": ("finess;nom;code_postal;commune\n", "990000010;Centre hospitalier d’exemple;97100;Basse-Terre\n"),
    "code": ("code;nom;code_postal;commune\n", "SECTION-1;Section d’exemple;13000;Marseille\n"),
}
LEAFLETS = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("template", LEAFLETS)
def test_no_word_of_an_academie(tmp_path: Path, template: str, key: str) -> None:
    """A list of other keys gets no mailbox, number or name of the Éducation nationale, and no warning about one."""
    how = 'reissue.how = "avec question défi et NUMEN ; le code arrive par SMS"\n'  # as in 2022
    facts = f'scope = "Comité d’exemple"\n{how}{INVENTED["2026"]}'
    text = campaign_text(f'key = "{key}"\n{LEAFLET}', head=facts).replace('"2018"', '"2026"')
    path = write_small_campaign(tmp_path, text, "".join(LISTS[key]))
    report = Report()
    inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), report)
    (school,) = inputs.schools
    assert OF_ACADEMIES.findall(renderer_of(template).render(inputs.contexts.context(school))) == []
    assert inputs.contexts.count_without_mailbox(inputs.schools) == 0
    assert not [*report]


def test_parents_hear_nothing_of_mailboxes() -> None:
    """A vote of parents is one of schools, and their mailboxes are none of its business."""
    campaign = EXAMPLES / "parents-2027" / "campaign.toml"
    result = check_campaign(InputOptions(campaign=campaign, out=Path()))
    assert {fault.code for fault in result.faults if fault.severity != "note"} == set()
    assert [fault.values["value"] for fault in result.faults if fault.code == "M217"] == ["en", "pt", "tr"]
    assert result.counts is not None and result.counts.without_mailbox == 0
