"""What programs read: whole, escaped, in both languages, nothing left out in silence, no secret."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.confidential import hide_secrets
from leaflet.faults import LANGUAGES, Fault, Lang, Place, Severity
from leaflet.preflight.formats import FORMATS, to_github, to_gitlab, to_json, to_sarif
from leaflet.preflight.formats.ci_text import MOST
from leaflet.preflight.rules import RULES
from leaflet.preflight.verdict import CampaignVerdict, FileVerdict, Verdict
from leaflet.production.outcome import RowCounts

ROWS = RowCounts(ready=2, rows=2, last=3)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def damaged(problem: str, name: str = "out/a.pdf", page: int | None = None, level: Severity | None = None) -> Fault:
    return Fault("K001", Place(file=name, page=page), {"problem": problem}, level)


def files(*faults: Fault) -> Verdict:
    """A verdict on one file with these faults, and a good one."""
    judged = FileVerdict(name="out/a.pdf", pages=2, faults=faults)
    good = FileVerdict(name="b.pdf", faults=())
    return Verdict(files=(judged, good), seconds={"opening": 0.2, "K001": 0.05})


def campaign(folder: Path, *faults: Fault) -> Verdict:
    folder.mkdir(exist_ok=True)
    (folder / "ecoles.csv").write_text("uai;nom\n", "utf-8")
    return Verdict(campaigns=(CampaignVerdict(path=folder / "campaign.toml", rows=ROWS, faults=faults),))


ROW = Fault("T314", Place(file="ecoles.csv", line=17, field="code_postal"), {"value": "12"})
BLOCK = Fault("F102", Place(file="leaflet-a4", key="0370001A"), {"missing_mm": "3", "text": "x"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json(lang: Lang, tmp_path: Path) -> None:
    found = json.loads(to_json(files(damaged("x", page=2), damaged("y", level="note")), lang))
    assert list(found) == ["leaflet", "packages", "lang", "rows", "counts", "faults", "seconds"]
    assert found["counts"] == {"files": 2, "pages": 2, "error": 1, "warning": 0, "note": 1}
    first, second = found["faults"]
    assert (first["family"], first["paths"], first["page"], first["lang"]) == ("file", ["out/a.pdf"], 2, lang)
    assert second["severity"] == "note" and found["seconds"] == {"opening": 0.2, "K001": 0.05}
    of_campaign = json.loads(to_json(campaign(tmp_path, ROW), lang))
    assert of_campaign["rows"]["ready"] == 2 and of_campaign["faults"][0]["line"] == 17


def run_of(verdict: Verdict, lang: Lang = "en") -> dict[str, Any]:
    """The one run, after what SARIF 2.1.0 requires of every log was checked."""
    log = json.loads(to_sarif(verdict, lang))
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "leaflet"
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert rule["help"]["text"] and rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result in run["results"]:
        check_result(result, ids)
    return dict(run)


def check_result(result: dict[str, Any], ids: list[str]) -> None:
    """§3.27: message, rule by name and index, level, and a place whose address is a relative reference."""
    assert ids[result["ruleIndex"]] == result["ruleId"] and result["level"] in ("error", "warning", "note")
    assert result["message"]["text"]
    (location,) = result["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(file:///)?[A-Za-z0-9\-._~%!$&'()*+,;=@/]+", uri), uri
    region = location["physicalLocation"].get("region")
    assert region is None or region["startLine"] >= 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sarif(lang: Lang) -> None:
    run = run_of(files(damaged("é : 100 %", "out/École n°1.pdf", page=2)), lang)
    assert {rule.code for rule in RULES} <= {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["language"] == lang
    (result,) = run["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "out/%C3%89cole%20n%C2%B01.pdf"}}
    assert location["logicalLocations"][0]["name"] == "page 2"
    assert ("abîmé" if lang == "fr" else "damaged") in result["message"]["text"]


def test_what_holds_for_all_files_is_said_once() -> None:
    """With all places, so that a program misses none."""
    same = files(*(damaged("x", f"out/{number}.pdf") for number in range(3)), damaged("y"))
    (first, second) = json.loads(to_json(same, "en"))["faults"]
    assert (first["paths"], first["count"]) == (["out/0.pdf", "out/1.pdf", "out/2.pdf"], 3) and second["count"] == 1
    result, other = run_of(same)["results"]
    places = [place["physicalLocation"]["artifactLocation"]["uri"] for place in result["relatedLocations"]]
    assert (result["occurrenceCount"], places) == (3, ["out/1.pdf", "out/2.pdf"])
    assert other["occurrenceCount"] == 1 and "relatedLocations" not in other


def test_what_many_areas_or_schools_share_is_said_once(tmp_path: Path) -> None:
    """Findings that differ by the record alone are told once; those of a row are told one by one."""
    rest = {"instead": "s", **dict.fromkeys(("doubt_en", "doubt_fr", "then_en", "then_fr"), "")}
    areas = [
        Fault("C165", Place(file="c", field=f"academies.{n}"), {"name": n, "key": n, **rest}) for n in ("A", "B")
    ]
    blocks = [Fault("F102", Place(file="d", key=uai), {"missing_mm": "3", "text": "x"}) for uai in ("0370001A", "B")]
    rows = [
        Fault("T314", Place(file="ecoles.csv", line=line, field="code_postal"), {"value": "12"}) for line in (7, 8)
    ]
    verdict = campaign(tmp_path, *areas, *blocks, *rows)
    area, block, *each = json.loads(to_json(verdict, "fr"))["faults"]
    assert area["reason"].startswith("2 académies n’ont pas") and area["reason"].endswith("\u00a0: A, B.")
    assert (area["count"], area["field"], [one["line"] for one in each]) == (2, None, [7, 8])
    assert (block["count"], block["record"], block["records"]) == (2, None, ["0370001A", "B"])
    assert [result["occurrenceCount"] for result in run_of(verdict)["results"]] == [2, 1, 1, 2]
    texts = [message for _, _, message in commands(to_github(verdict, "fr"))]
    assert sum(text.startswith("2 académies") for text in texts) == 1
    assert sum(text.startswith("2 établissements\u00a0: ") for text in texts) == 1


def test_sarif_of_a_campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row is a line of its list; what has no file of its own is shown at the campaign."""
    monkeypatch.chdir(tmp_path)
    results = run_of(campaign(Path(), ROW, BLOCK))["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert places[0] == {"artifactLocation": {"uri": "ecoles.csv"}, "region": {"startLine": 17}}
    assert places[1] == {"artifactLocation": {"uri": "campaign.toml"}}
    assert "0370001A" in results[1]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]


def test_sarif_says_what_it_leaves_out() -> None:
    """The severest are kept, and the rest is counted."""
    run = run_of(files(*[damaged(str(number), level="note") for number in range(MOST)], damaged("last")))
    assert len(run["results"]) == MOST and run["results"][0]["level"] == "error"
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("1 results were left out")
    assert "toolExecutionNotifications" not in run_of(files(damaged("x")))["invocations"][0]


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: kind, properties, message."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
        found.append((match[1], {name: plain(value) for name, value in pairs.items()}, plain(match[3])))
    return found


def plain(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_github(lang: Lang, tmp_path: Path) -> None:
    ((kind, properties, message),) = commands(to_github(files(damaged("50 %, a::b", "out/a,b: c.pdf", page=2)), lang))
    assert (kind, properties["file"], properties["title"]) == ("error", "out/a,b: c.pdf", "K001 · page 2")
    assert "50 %, a::b" in message
    (row,) = commands(to_github(campaign(tmp_path, ROW), lang))
    assert row[1]["line"] == "17"


def test_a_line_is_that_of_the_file_it_is_shown_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template beside the campaign is named with the line in it; one of the program is not in the repository."""
    monkeypatch.chdir(tmp_path)
    verdict = campaign(Path(), Fault("M105", Place(file="mien/leaflet.xml", line=32), {"problem": "x"}))
    assert "line" not in commands(to_github(verdict, "en"))[0][1]
    assert entries(verdict)[0]["location"] == {"path": "campaign.toml", "lines": {"begin": 1}}
    assert "region" not in run_of(verdict)["results"][0]["locations"][0]["physicalLocation"]
    (tmp_path / "templates" / "mien").mkdir(parents=True)
    (tmp_path / "templates" / "mien" / "leaflet.xml").write_text("", "utf-8")
    properties = commands(to_github(verdict, "en"))[0][1]
    assert (properties["file"], properties["line"]) == ("templates/mien/leaflet.xml", "32")
    assert entries(verdict)[0]["location"] == {"path": "templates/mien/leaflet.xml", "lines": {"begin": 32}}


def test_github_counts_what_it_would_not_show() -> None:
    """Ten of a kind are shown, the tenth says how many more there are; the same thing of many files is said once."""
    many = commands(to_github(files(*[damaged(str(number)) for number in range(30)]), "en"))
    assert len(many) == 10 and many[-1][2].startswith("21 more ")
    assert len(commands(to_github(files(*[damaged(str(number)) for number in range(10)]), "en"))) == 10
    same = [damaged("x", f"{number}.pdf") for number in range(5)]
    ((_, properties, message),) = commands(to_github(files(*same), "en"))
    assert properties["file"] == "0.pdf" and message.startswith("5 files: ")


def entries(verdict: Verdict, lang: Lang = "en") -> list[dict[str, Any]]:
    """The entries of a report, after all that GitLab asks of them was checked."""
    found: list[dict[str, Any]] = json.loads(to_gitlab(verdict, lang))
    for entry in found:
        assert list(entry) == ["description", "check_name", "fingerprint", "severity", "location"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith(("./", "/"))
    assert len({entry["fingerprint"] for entry in found}) == len(found)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_gitlab(lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    row, block = entries(campaign(Path(), ROW, BLOCK), lang)
    assert (row["check_name"], row["severity"]) == ("T314", "critical")
    assert row["location"] == {"path": "ecoles.csv", "lines": {"begin": 17}}
    assert block["location"] == {"path": "campaign.toml", "lines": {"begin": 1}}
    assert "0370001A" in block["description"]


def test_gitlab_knows_a_fault_again_on_another_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that was added above is no new fault; the same fault twice is two, of many files it is one."""
    monkeypatch.chdir(tmp_path)
    moved = Fault("T314", Place(file="ecoles.csv", line=18, field="code_postal"), {"value": "12"})
    (before,), (after,) = (entries(campaign(Path(), fault)) for fault in (ROW, moved))
    assert before["fingerprint"] == after["fingerprint"] and len(entries(campaign(Path(), ROW, moved))) == 2
    (entry,) = entries(files(*[damaged("x", f"{number}.pdf") for number in range(5)]))
    assert "5 files: " in entry["description"]


@given(TEXTS, TEXTS, st.sampled_from(LANGUAGES))
def test_any_text_comes_back(problem: str, name: str, lang: Lang) -> None:
    """Whatever stands in a value or a name, each format is whole and has the message that people read."""
    verdict = files(damaged(problem, f"out/{name}.pdf"))
    (fault,) = verdict.files[0].faults
    record = json.loads(to_json(verdict, lang))["faults"][0]
    reason = record["reason"]
    assert run_of(verdict, lang)["results"][0]["message"]["text"].startswith(reason)
    ((_, properties, message),) = commands(to_github(verdict, lang))
    assert message.startswith(reason) and properties["file"] == record["paths"][0]
    (entry,) = json.loads(to_gitlab(verdict, lang))
    assert (reason in entry["description"], entry["location"]["path"]) == (True, record["paths"][0])
    for form in FORMATS.values():
        form(verdict, lang).encode("utf-8")
    assert reason == hide_secrets(fault).reason(lang)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_good_verdicts_and_secrets(form: str, lang: Lang) -> None:
    """Nothing wrong is a whole report too; what looks like a secret is hidden, as in every message."""
    assert (FORMATS[form](files(), lang) == "") == (form == "github")
    assert "Xk9!vQ2" not in FORMATS[form](files(damaged("Mot de passe : Xk9!vQ2#pL7z")), lang)
