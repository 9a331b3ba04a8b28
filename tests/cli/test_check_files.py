"""``leaflet check`` on finished files, as a user meets it."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import Context
from leaflet.preflight.rule_settings import RuleSettings
from leaflet.preflight.rules import RULES
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import JudgedFile
from tests.cli.test_command import CAMPAIGN, ROWS, campaign
from tests.preflight import cases_file
from tests.preflight.samples import drawn


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a sound file and four cut short, worked in."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "good.pdf").write_bytes(drawn(cases_file.text))
    for name in "abcd":
        (tmp_path / "pdf" / f"{name}.pdf").write_bytes(cases_file.cut_short())
    return tmp_path


@pytest.fixture
def file_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only whether a file is whole is asked: these tests are about how faults are printed."""

    def judge_here(
        targets: Sequence[CheckTarget], context: Context, settings: RuleSettings, **_options: object
    ) -> Iterator[JudgedFile]:
        return map(Judge(context, settings, [one for one in RULES if one.family == "file"]).judge, targets)

    monkeypatch.setattr("leaflet.preflight.check.judge_files", judge_here)


@pytest.mark.parametrize(
    ("lang", "line"), [("en", "1 file, 0 errors, 0 warnings.\n"), ("fr", "1 fichier, 0 erreur, 0 avertissement.\n")]
)
def test_a_good_file(run, folder: Path, file_rules: None, lang: str, line: str) -> None:
    before = sorted(folder.rglob("*"))
    assert run("--lang", lang, "check", "pdf/good.pdf") == (0, line, "") and sorted(folder.rglob("*")) == before


def test_the_same_fault_of_many_files_is_printed_once(run, folder: Path, file_rules: None) -> None:
    """With the number of files and the first three; a program gets them all."""
    code, printed, errors = run("--lang", "fr", "check", "pdf")
    assert code == 4 and printed.startswith("5 fichiers, ")
    printed = errors.split("K001 ")[1:]
    assert all("dans 4 fichiers\u00a0: pdf/a.pdf, pdf/b.pdf, pdf/c.pdf, …" in text for text in printed)
    found = json.loads(run("check", "--json", "pdf")[1])["faults"]
    assert sum("pdf/d.pdf" in fault["paths"] for fault in found) == len(printed)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_formats_alone_on_standard_output(run, folder: Path, file_rules: None, form: str, lang: str) -> None:
    code, printed, errors = run("--lang", lang, "check", "--format", form, "pdf")
    assert code == 4 and errors.startswith("5 fichiers" if lang == "fr" else "5 files")
    if form == "github":
        assert all(line.startswith("::error file=pdf/") for line in printed.splitlines())
    else:
        assert json.loads(printed)


def test_the_same_verdict_with_several_processes(run, folder: Path) -> None:
    for number in range(40):
        (folder / "pdf" / f"n{number}.pdf").write_bytes(drawn(lambda canvas: None))
    one, two = (json.loads(run("check", "--json", "--jobs", jobs, "pdf")[1]) for jobs in (1, 2))
    assert one["faults"] == two["faults"] and one["counts"] == two["counts"]


def test_timings(run, folder: Path) -> None:
    _, printed, errors = run("--lang", "fr", "check", "--timings", "pdf/good.pdf")
    assert printed.count("\n") == 1 and "ms par fichier\u00a0: ouverture" in errors
    assert len([line for line in errors.splitlines() if line.startswith("     K")]) == 10


def test_rules_off_and_listed(run, folder: Path) -> None:
    (folder / "empty.pdf").write_bytes(drawn(lambda canvas: None))
    assert run("check", "empty.pdf")[0] == 4 and run("check", "empty.pdf", "--off", "k005")[0] == 0
    code, _, errors = run("check", "empty.pdf", "--off", "K0O5")
    assert (code, "“K005”" in errors) == (2, True)
    code, printed, _ = run("--lang", "fr", "check", "--list-rules")
    assert code == 0 and all(rule.code in printed for rule in RULES)
    assert "Le fichier est abîmé\u00a0: …." in printed


def test_a_campaign_needs_no_rules_for_files(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries for finished files, the check refuses such files and their rules, and nothing else."""
    monkeypatch.setattr("leaflet.files.extensions.find_spec", lambda name: None)
    text = campaign(folder / "mine").read_text(encoding="utf-8")
    (folder / "mine" / "campaign.toml").write_text(f"{text}\n[check]\noff = ['K005']\n", encoding="utf-8")
    for form in ("json", "sarif"):
        assert run("check", "mine/campaign.toml", "--format", form)[0] == 0
    for refused, asked in (
        (["mine/campaign.toml", "pdf/good.pdf"], "pdf/good.pdf"),
        (["mine/campaign.toml", "--off", "K005"], "--off"),
        (["--list-rules"], "--list-rules"),
    ):
        code, _, errors = run("check", *refused)
        assert (code, '[check]"' in errors) == (2, True) and f"“leaflet check {asked}”" in errors


def test_usage(run, folder: Path) -> None:
    (folder / "empty").mkdir()
    campaign(folder / "one")
    campaign(folder / "two")
    several = "one/campaign.toml two/campaign.toml pdf"
    for arguments in ("", "absent.pdf empty", "pdf --day demain", "pdf --out pdf", several):
        code, printed, errors = run("check", *arguments.split())
        assert (code, printed) == (2, "") and errors, arguments
    assert "absent.pdf" in run("check", "absent.pdf", "empty")[2]


def test_a_campaign_and_what_was_built(run, folder: Path) -> None:
    path = campaign(folder)
    run("build", path, "-o", "out", "-q")
    code, printed, errors = run("check", path, "--out", "out", "--day", "2018-11-01")
    assert (code, errors) == (0, "")
    assert printed == "2 ready, 0 with errors, 0 with warnings of 2 rows.\n2 files, 0 errors, 0 warnings.\n"
    one = run("check", path, "--out", "out", "--only", "0370035m", "--day", "2018-11-01")[1]
    assert one.endswith("1 file, 0 errors, 0 warnings.\n")
    (folder / "out" / "leaflet-a4" / "0370035M-lycee-descartes.pdf").unlink()
    assert run("check", path, "--out", "out")[0] == 4


def test_a_file_of_a_row_that_was_mended_is_not_left_over(run, folder: Path) -> None:
    """It is of a school of the list, as the command that made it read it; without that, nobody knows."""
    path = campaign(folder, rows=ROWS.replace("0370036N", "370036N"))
    run("build", path, "-o", "out", "-q", "--fix-codes")
    for mended in (("--fix-codes",), ()):
        assert "K907" not in run("check", path, "--out", "out", *mended)[2]


def test_what_the_campaign_says_of_rules(run, folder: Path, file_rules: None) -> None:
    (folder / "empty.pdf").write_bytes(drawn(lambda canvas: None))
    path = campaign(folder, CAMPAIGN + '[check.K005]\nseverity = "warning"\n')
    code, printed, _ = run("check", path, "empty.pdf")
    assert code == 0 and printed.endswith("1 file, 0 errors, 1 warning.\n")
    code, printed, errors = run("check", campaign(folder, CAMPAIGN + '[check]\noff = ["K0O5"]\n'))
    assert code == 1 and "C193 campaign.toml · line 12" in errors
    assert "1 error outside the rows of the lists" in printed


def test_several_campaigns(run, folder: Path) -> None:
    one, two = campaign(folder / "one"), campaign(folder / "two", CAMPAIGN.replace("leaflet-a4", "poster"))
    code, printed, _ = run("check", one, two)
    assert code == 3 and printed.count(" of 2 rows.") == 2


def test_the_file_of_faults(run, folder: Path, file_rules: None) -> None:
    (folder / "empty.pdf").write_bytes(drawn(lambda canvas: None, pages=3))
    assert run("check", "empty.pdf", "--faults", "f.json")[0] == 4
    found = json.loads((folder / "f.json").read_text("utf-8"))["faults"]
    assert [(fault["code"], fault["page"]) for fault in found] == [("K005", 1), ("K005", 3)]
