"""The command line as a user meets it: what it prints, where, in which language, and how it ends."""

import json
import re
from pathlib import Path

import pytest

from leaflet.cli.command import locale_language
from leaflet.cli.language import message
from leaflet.program import __version__
from tests.campaigns import LEAFLET, TIGHT_STEP, campaign_text, compared, write_small_campaign
from tests.support import EXAMPLE, commands

CAMPAIGN = campaign_text(f'{LEAFLET}theme = "default"\n', head='version = "v1"\n')
ROWS = "uai;nom;commune;code_postal\n0370035M;Lycée Descartes;Tours;37010\n0370036N;Lycée Balzac;Tours;37013\n"


def campaign(folder: Path, text: str = CAMPAIGN, rows: str | bytes = ROWS) -> Path:
    """A campaign file with its list."""
    return write_small_campaign(folder, text, rows)


def swapped(old: str, new: str) -> tuple[str, str]:
    """A campaign with one text replaced, and the good list."""
    assert old in CAMPAIGN
    return CAMPAIGN.replace(old, new), ROWS


def head(line: str) -> tuple[str, str]:
    """A campaign with one more line before its first table."""
    return swapped('version = "v1"', f'version = "v1"\n{line}')


TIGHT = CAMPAIGN.replace("[publisher]", f"{TIGHT_STEP}[publisher]", 1)
HEADER = "uai;nom;commune;code_postal\n"
LONG_STEP = '{title = "T", text = "' + "mot " * 450 + '"},'
BAD: dict[str, tuple[int, tuple[str, str | bytes]]] = {  # one for each stage at which something is found
    "no toml": (1, ("election = ", ROWS)), "empty": (1, ("", ROWS)), "a key": (1, swapped("version", "verzion")),
    "a value": (1, head('vote.closes_on = 2018-11-01')), "a file": (1, swapped("ecoles.csv", "autres.csv")),
    "a link": (1, head('links.portal = "https://vote.education.gouv.fr/?token=5R4K2U9RPAM9PMWY"')),
    "an académie": (1, (CAMPAIGN + '[academies.tours]\nwebmail = "https://x.ac-tours.fr"\n', ROWS)),
    "documents": (1, (CAMPAIGN + '[[document]]\ntemplate = "leaflet-a4"\n', ROWS)),
    "a spreadsheet": (1, (CAMPAIGN, b"PK\x03\x04" + b"\x00" * 100)), "header only": (1, (CAMPAIGN, HEADER)),
    "a column": (1, (CAMPAIGN, "uai;nom;commune;mot de passe\n0370035M;Lycée;Tours;x\n")),
    "a row": (1, (CAMPAIGN, HEADER + "0370035M;Lycée\n")), "rows": (1, (CAMPAIGN, ROWS + "0370035M;Autre;Tours;\n")),
    "a cell": (1, (CAMPAIGN, HEADER + "0370035M;12E3400567ABC;Tours;37010\n")),
    "a template": (3, swapped("leaflet-a4", "poster")), "a theme": (3, swapped('"default"', '"rose"')),
    "a blank fact": (1, swapped('"2018"', '"2026"')), "a step": (3, head('steps = ["danse"]')),
    "no glyph": (4, (CAMPAIGN, HEADER + "0370035M;Lycée 学校;Tours;37010\n")),
    "too wide": (4, (CAMPAIGN, HEADER + f"0370035M;{'W' * 150};Tours;37010\n")),
    "too much": (4, head(compared(f"[{6 * LONG_STEP}]")))
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_gives_a_clear_error_and_loses_nothing(run, tmp_path: Path, name: str, lang: str) -> None:
    exit_code, (text, rows) = BAD[name]
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"leaflet":"0"}', "utf-8")
    code, printed, errors = run("--lang", lang, "build", campaign(tmp_path / "c", text, rows), "-o", out)
    assert code == exit_code and re.match(r"[A-Z]\d{3} ", errors), errors
    assert "→ " in errors and "Traceback" not in errors + printed and printed == ""
    assert message("nothing", lang) in errors and [path.name for path in out.rglob("*")] == ["manifest.json"]
    assert (out / "manifest.json").read_text("utf-8") == '{"leaflet":"0"}'


def test_a_build_prints_what_it_made(run, tmp_path: Path) -> None:
    code, printed, errors = run("build", campaign(tmp_path), "-o", tmp_path / "out")
    *said, _ = printed.split(f"leaflet report CAMPAIGN -o {tmp_path / 'out'} ")
    counts = "2 ready, 0 with errors, 0 with warnings of 2 rows."
    assert (code, errors, said) == (0, "", [f"2 files, 4 pages in {tmp_path / 'out'}\n{counts}\n"])
    assert len(json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["files"]) == 2


def test_variables_stand_for_options(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line has the last word; a wrong value is told as one that is typed."""
    monkeypatch.setenv("LEAFLET_BUILD_OUT", str(tmp_path / "named"))
    path = campaign(tmp_path)
    assert run("build", path)[0] == 0 and (tmp_path / "named" / "manifest.json").is_file()
    assert run("build", path, "-o", tmp_path / "out")[0] == 0 and (tmp_path / "out" / "manifest.json").is_file()
    monkeypatch.setenv("LEAFLET_BUILD_JOBS", "many")
    assert run("build", path)[0] == 2


def test_quiet_and_verbose(run, tmp_path: Path) -> None:
    path = campaign(tmp_path, TIGHT)
    assert run("build", "-q", path, "-o", tmp_path / "out")[1] == ""
    assert "F201" not in run("build", path, "-o", tmp_path / "out")[2]
    assert "F201" in run("build", "-v", path, "-o", tmp_path / "out")[2]


def test_keep_going_ends_with_the_exit_code_of_faults(run, tmp_path: Path) -> None:
    path = campaign(tmp_path, rows=ROWS + "0370040X;Lycée;Tours;37058\n")
    code, printed, errors = run("build", "--keep-going", path, "-o", tmp_path / "out")
    assert code == 1 and printed.startswith("2 files") and "T304 ecoles.csv · line 4" in errors


@pytest.mark.parametrize("command", ["build", "print-run"])
@pytest.mark.parametrize(
    ("lang", "says"), {"en": "To make the others all the same", "fr": "Pour faire les autres"}.items()
)
def test_a_stop_at_faulty_rows_says_how_to_go_on(run, tmp_path: Path, command: str, lang: str, says: str) -> None:
    """Only where --keep-going would help: some rows are right, and nothing else is wrong."""
    out = ("-o", tmp_path / "out")
    _, _, errors = run("--lang", lang, command, campaign(tmp_path, rows=ROWS + "0370035X;A;B;\n"), *out)
    assert says in errors.splitlines()[-2] and "--keep-going" in errors.splitlines()[-2]
    for text, rows in ((CAMPAIGN, HEADER + "0370035X;A;B;\n"), (CAMPAIGN.replace("leaflet-a4", "poster"), ROWS)):
        assert says not in run("--lang", lang, command, campaign(tmp_path, text, rows), *out)[2]
    assert says not in run("--lang", lang, command, campaign(tmp_path), *out, "--only", "0370001A")[2]
    twice, asked = ROWS + "0370035M;Autre;Tours;37010\n", (*out, "--keep-going", "--only", "0370035M")
    errors = run("--lang", lang, command, campaign(tmp_path, rows=twice), *asked)[2]
    assert "T305" in errors and says not in errors


def test_a_column_that_is_not_there_is_no_faulty_row(run, tmp_path: Path) -> None:
    _, _, errors = run("build", campaign(tmp_path), "-o", tmp_path / "out", "--keep-going", "--where", "couleur=bleu")
    assert "U011" in errors and "U005" not in errors


def test_french_is_spoken_where_the_locale_is_french() -> None:
    assert locale_language({"LANG": "fr_FR.UTF-8"}) == "fr"
    assert locale_language({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}) == "en"
    assert locale_language({"LANG": "fr_FR.UTF-8", "LEAFLET_LANG": "en"}) == "en"
    assert locale_language({"LC_MESSAGES": "fr_CA", "LANG": "en_US"}) == "fr" and locale_language({}) == "en"


@pytest.mark.parametrize("arguments", [["nope"], ["build", "--nope", "x"], ["--lang", "de", "build", "x"]])
def test_a_wrong_command_line_is_usage(run, arguments: list[str]) -> None:
    code, _, errors = run(*arguments)
    assert code == 2 and "Error" in errors


def test_version_and_help(run) -> None:
    assert run("--version")[1].split()[-1] == __version__ and run("-V") == run("--version")
    assert run("help") == run("--help") and run("help", "build") == run("build", "--help")
    assert run("help", "nope")[0] == 2
    listed = re.findall(r"^  ([a-z-]+)  +\S.*\.$", run("--help")[1].split("Commands:\n")[1], re.MULTILINE)
    assert listed == sorted(commands())
    for name, command in commands().items():
        assert command.name == name
        text = run(name, "--help")[1]
        for parameter in command.params:
            assert parameter.opts[-1] in text or parameter.human_readable_name in text
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", None)


def test_init_then_build(run, tmp_path: Path) -> None:
    """A started campaign builds for the elections whose procedure is known, and init never overwrites."""
    for election in ("2018", "2022"):
        folder = tmp_path / election
        code, printed, _ = run("init", folder, "--election", election)
        assert code == 0 and "campaign.toml" in printed
        path = folder / "campaign.toml"
        code, _, errors = run("build", path, "-o", folder / "out")
        assert code == 1 and "C142" in errors and not (folder / "out").exists()
        path.write_text(path.read_text("utf-8").replace("Nom de votre organisation", "Section d’essai"), "utf-8")
        code, printed, errors = run("build", path, "-o", folder / "out")
        assert code == 0 and printed.startswith("2 files"), errors
    before = (tmp_path / "2018" / "campaign.toml").read_bytes()
    assert run("init", tmp_path / "2018")[0] == 1
    code, _, errors = run("init", tmp_path / "new", "--document", "leaflet-a4", "--document", "leaflet-a5x")
    assert code == 3 and "M001" in errors and not (tmp_path / "new").exists()
    assert (tmp_path / "2018" / "campaign.toml").read_bytes() == before


def test_the_readme_s_tour_works(run, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    options = {option for command in commands().values() for p in command.params for option in p.opts}
    for option in re.findall(r"`(--[a-z-]+)", readme):
        assert option in options | {"--lang"}, option
    code, printed, _ = run("build", EXAMPLE / "campaign.toml", "--only", "0370001A", "-o", tmp_path)
    assert code == 0 and printed.startswith("4 files")


def test_progress_goes_to_standard_error(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal, plain lines every few seconds; none when quiet."""
    monkeypatch.setattr("leaflet.cli.progress._LINE_SECONDS", 0.0)
    path = campaign(tmp_path)
    assert re.search(r"2 of 2.*  leaflet-a4/0370036N", run("build", path, "-o", tmp_path / "out")[2])
    assert run("build", "-q", path, "-o", tmp_path / "out2")[2] == ""


def test_a_single_bracket_is_named_as_it_stands(run, tmp_path: Path) -> None:
    """Not as the program holds it; the way out has two brackets on each side."""
    errors = run("--lang", "fr", "check", campaign(tmp_path, CAMPAIGN.replace("[[document]]", "[document]")))[2]
    assert "«\u00a0[document]\u00a0» est une rubrique entre crochets simples" in errors
    assert "→ Écrivez à la place\u00a0: [[document]]" in errors


def test_templates_of_print_runs_are_not_proposed(run, tmp_path: Path) -> None:
    errors = run("check", campaign(tmp_path, CAMPAIGN.replace("leaflet-a4", "poster")))[2]
    assert "leaflet-a4" in errors and "bundle-sheet" not in errors and "packing-list" not in errors


def test_measures_with_a_comma(run, tmp_path: Path) -> None:
    out = ("-o", tmp_path)
    written = f"Written: {tmp_path / 'printer.toml'}. Beside campaign.toml, leaflet build uses it by itself.\n"
    assert run("calibrate", *out, "--front", "50,8", "49.5mm") == (0, written, "")
    code, _, errors = run("calibrate", *out, "--back", "40,5", "50")
    assert (code, errors.splitlines()[0]) == (0, "P210 “--back”") and "9.5 mm" in errors
    assert run("calibrate", *out, "--front", "50;8", "50")[0] == 2
