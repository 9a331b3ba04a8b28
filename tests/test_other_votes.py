"""Other votes by data alone: the two examples that bring their own template, election, theme and keys."""

import re
import shutil
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pypdfium2
import pytest

from leaflet.faults import Report
from leaflet.files.resources import program_resources
from leaflet.markup.flow import parse_flow
from leaflet.markup.page_words import load_page_words
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, InputOptions, PrintRunOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.delivery import KINDS, post
from leaflet.production.delivery.letters import PostOptions
from leaflet.production.inputs import load_inputs
from leaflet.production.print_runs import print_run
from tests.campaigns import LEAFLET, campaign_text, write_small_campaign
from tests.one_template import INVENTED, layouter_of, renderer_of
from tests.support import EXAMPLE, THEMES, check_structure, tables_of
from tests.support import text_of as layout_text

EXAMPLES = EXAMPLE.parent
VOTES = {"parents-2027": 25, "hopital-2026": 6}
DATA = tables_of(__file__)


@pytest.fixture(scope="module", params=VOTES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    out = tmp_path_factory.mktemp(request.param) / request.param
    return build(BuildOptions(campaign=EXAMPLES / request.param / "campaign.toml", out=out))


def text_of(out: Path, key: str) -> str:
    """Return what the pages of an establishment say, in the first of its files."""
    return words_in(min(out.rglob(f"{key}-*.pdf")))


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
    for key, words in DATA["days"][built.out.name].items():
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
    for lang, day in DATA["languages"].items():
        (path,) = (built.out / f"parents-a4-parents-{lang}").glob("0370001A-*.pdf")
        assert day in words_in(path) and not re.search("[Vv]otez|octobre|vendredi", words_in(path))
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == lang


@pytest.mark.parametrize(("name", "codes"), [("hopital-2026", {"F201"}), ("parents-2027", set())])
def test_a_check_misses_nothing_that_other_votes_do_not_have(name: str, codes: set[str]) -> None:
    """No académie, no mailbox: that of parents is one of schools, and their mailboxes are none of its business."""
    result = check_campaign(InputOptions(campaign=EXAMPLES / name / "campaign.toml", out=Path()))
    assert {fault.code for fault in result.faults if fault.severity != "note"} <= codes
    assert [one.values["value"] for one in result.faults if one.code == "M217"] == ["en", "pt", "tr"] or codes
    assert result.counts is not None and result.counts.without_mailbox == 0


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


def written(folder: Path, vote: str) -> dict[str, Any]:
    """Write the files of a vote of the data, and return what its campaign is made with."""
    for name, text in DATA[vote].items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return {"campaign": folder / "campaign.toml", "out": folder / "out"}


def said_in(path: Path) -> str:
    text = words_in(path) if path.suffix == ".pdf" else path.read_text("utf-8").partition("application/pdf")[0]
    text = text.replace("=\n", "") if path.suffix == ".eml" else text.replace("\r\n ", "")
    return " ".join(re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL).split())


def test_a_vote_by_paper(tmp_path: Path) -> None:
    """Pages, screens and mails say who votes, the hours of each day and the round to come, and nothing of portals."""
    asked = written(tmp_path, "paper")
    assert build(BuildOptions(**asked)).files == 8
    post("drafts", PostOptions(**asked))
    made = [path for path in (tmp_path / "out").rglob("A-*") if path.suffix != ".png"]
    said = {path.parent.name + path.suffix: said_in(path) for path in made}
    assert len(said) == 8
    for name, text in said.items():
        assert not re.search(r"(?i)portail|mot de passe|codes?\b|personnel|secrétariat|messagerie", text), name
        assert "salle Balzac" in text and re.search(r"second tour", text, re.IGNORECASE), name
    for name in ("leaflet-a4.pdf", "vote-dates-a4.pdf", "screen-page.html"):
        assert said[name].count("de 9 h à 17 h") == 2 and "Étudiants de" in said[name], name
        assert "conseil d’exemple" in said[name]
    assert "(étudiants) : 30 mars 2027, Second tour (doctorants) : 31 mars" in said["screen-message.txt"]


WORD = re.compile(r"[a-zà-ÿ]{3,}")


def test_an_english_vote_prints_no_french(tmp_path: Path) -> None:
    """No French word stands in anything that is made without words of one's own, drafts and mails too."""
    asked = written(tmp_path, "english")
    build(BuildOptions(**asked))
    print_run(PrintRunOptions(**asked, document="leaflet-a4-en"))
    for kind in KINDS:
        post(kind, PostOptions(**asked))
    known = re.sub(r"compared = .*?]\n(?=\[vote)", "", DATA["english"]["campaign.toml"], flags=re.DOTALL)
    asked["campaign"].write_text(known, "utf-8")
    build(BuildOptions(**{**asked, "out": tmp_path / "drafts"}, document="leaflet-a4-en", draft=True))
    said = [" ".join(load_page_words(program_resources(), lang).texts.values()).lower() for lang in ("fr", "en")]
    french = {*WORD.findall(said[0])}.difference(WORD.findall(said[1]))
    made = [path for path in tmp_path.rglob("*-*") if path.suffix in (".pdf", ".html", ".txt", ".ics", ".eml")]
    assert len(made) == 32
    for path in made:
        assert {*WORD.findall(said_in(path).lower())} & french <= {"identifiant"}, (
            path
        )  # a word of notices, in drafts


OF_ACADEMIES = re.compile(r"acad[ée]mi|NUMEN|\bac-|jlabert|DSDEN|I-Prof|minist[èe]r(?!e/)|éducation", re.IGNORECASE)
LEAFLETS = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]


@pytest.mark.parametrize("key", DATA["keys"])
@pytest.mark.parametrize("template", LEAFLETS)
def test_no_word_of_an_academie(tmp_path: Path, template: str, key: str) -> None:
    """A list of other keys gets no mailbox, number or name of the Éducation nationale, and no warning about one."""
    how = 'reissue.how = "avec question défi et NUMEN ; le code arrive par SMS"\n'  # as in 2022
    facts = f'scope = "Comité d’exemple"\n{how}{INVENTED["2026"]}'
    text = campaign_text(f'key = "{key}"\n{LEAFLET}', head=facts).replace('"2018"', '"2026"')
    path = write_small_campaign(tmp_path, text, f"{key};nom;code_postal;commune\n{DATA['keys'][key]}\n")
    report = Report()
    inputs = load_inputs(InputOptions(campaign=path, out=tmp_path), report)
    (school,) = inputs.schools
    themes = THEMES if template not in ("leaflet-trifold", "memo-card-two-codes") else THEMES[:-1]  # too small for it
    themes = {"finess": themes[:1], "code": themes[-1:]}.get(key, themes)  # all of them for one key
    markup = renderer_of(template).render(inputs.contexts.context(school))
    pages = [layouter_of(template, theme).lay_out(parse_flow(markup)) for theme in themes]
    assert [OF_ACADEMIES.findall(text) for text in (markup, *map(layout_text, pages))] == [[]] * (1 + len(themes))
    assert inputs.contexts.count_without_mailbox(inputs.schools) == 0
    assert not [*report]
