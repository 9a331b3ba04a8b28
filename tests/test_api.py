"""The interface for Python programs: its names, its keywords, and the examples of its document, which are run."""

import doctest
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import leaflet
from leaflet.api import Inputs, Selection
from tests.support import EXAMPLE, commands

MANUAL = (Path(__file__).parents[1] / "docs" / "python.md").read_text("utf-8")
FUNCTIONS = ("build", "check", "columns", "post", "preview", "print_run", "read_manifest")
COMMANDS = FUNCTIONS[:-1]
# Options of commands that say how a command prints, or that a program does without.
OF_THE_TERMINAL = {
    *("as_json", "changed", "faults", "form", "list_rules", "names", "port", "quiet", "timings", "verbose")
}
OTHER_NAMES = {"replace_others": "replace"}


def rows(heading: str) -> list[str]:
    section = MANUAL.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)


def keywords(name: str) -> set[str]:
    """What a function of the interface may be told."""
    parameters = inspect.signature(getattr(leaflet, name)).parameters
    return {*parameters, *(Inputs.__annotations__ if "inputs" in parameters else ())} - {"inputs"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("api") / "campaign")


def test_names_of_the_interface() -> None:
    """Sorted, each can be had, types name the same places; keywords are explained in document and editor."""
    documented = [re.split(r"[(`]", cell[1:])[0] for cell in rows("What can be called")]
    assert sorted(documented) == sorted(leaflet.__all__) == dir(leaflet)
    assert len(leaflet.__all__) == len(set(leaflet.__all__))
    for name in leaflet.__all__:
        assert getattr(leaflet, name) is not None, name
    with pytest.raises(AttributeError, match="nothing"):
        _ = leaflet.nothing
    source = Path(leaflet.__file__).read_text("utf-8")
    (typed,) = re.findall(r"^    from leaflet\.api import (.+)$", source, re.MULTILINE)
    assert typed.split(", ") == sorted(FUNCTIONS)
    assert {inspect.getmodule(getattr(leaflet, name)).__name__ for name in FUNCTIONS} == {"leaflet.api"}
    explained = {name for cell in rows("Keywords that they share") for name in re.findall(r"`(\w+)`", cell)}
    assert explained == set(Inputs.__annotations__)
    docs = f"{inspect.getdoc(Selection)}\n{inspect.getdoc(Inputs)}"
    assert set(re.findall(r"^    (\w+): ", docs, re.MULTILINE)) == set(Inputs.__annotations__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_is_explained(name: str) -> None:
    """With what is returned and what is raised."""
    doc = inspect.getdoc(getattr(leaflet, name)) or ""
    arguments = doc.split("Args:\n", 1)[1].split("\nReturns:", 1)[0]
    assert re.findall(r"^    (\w+): ", arguments, re.MULTILINE) == list(
        inspect.signature(getattr(leaflet, name)).parameters
    )
    assert "Returns:\n" in doc and ("Raises:\n" in doc) == (name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_programs_can_ask_for_what_the_command_can(name: str) -> None:
    """Every option of the command is a keyword of the function, but for those of the terminal."""
    command = commands()[name.replace("_", "-")]
    options = {OTHER_NAMES.get(str(option.name), str(option.name)) for option in command.params}
    assert options - OF_THE_TERMINAL - keywords(name) == set()


def test_the_document_is_true(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its examples are run one after the other, and give what it says."""
    monkeypatch.chdir(folder)
    blocks = re.findall(r"^```pycon\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 7
    test = doctest.DocTestParser().get_doctest("".join(blocks), {}, "docs/python.md", "docs/python.md", 0)
    printed: list[str] = []
    ran = doctest.DocTestRunner(verbose=False).run(test, out=printed.append)
    assert ran.failed == 0, "".join(printed)
    assert ran.attempted > 12


def test_one_text_may_stand_alone(folder: Path, tmp_path: Path) -> None:
    """A text is not taken for its letters; capitals make no difference in a UAI."""
    alone = leaflet.build(folder / "campaign.toml", tmp_path / "alone", only="0370035m", document="leaflet-a4")
    listed = leaflet.build(folder / "campaign.toml", tmp_path / "list", only=["0370035M"], document="leaflet-a4")
    assert alone.files == listed.files == 1
    where = leaflet.build(folder / "campaign.toml", tmp_path / "where", where="uai=0370035M", document="leaflet-a4")
    assert where.files == 1


def test_an_unknown_keyword_is_an_error_of_the_program(folder: Path, tmp_path: Path) -> None:
    """And so is an unknown kind: no fault of a campaign, but what Python raises."""
    for function in (leaflet.build, leaflet.print_run, leaflet.preview):
        with pytest.raises(TypeError, match="'jbos'"):
            function(folder / "campaign.toml", tmp_path / "out", jbos=2)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="'parcels'; it is one of drafts, table"):
        leaflet.post("parcels", folder / "campaign.toml")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="dpi is 36 to 300, not 5000"):
        leaflet.preview(folder / "campaign.toml", tmp_path / "out", dpi=5000)
    with pytest.raises(ValueError, match="start is at least 1, not 0"):
        leaflet.build(folder / "campaign.toml", tmp_path / "out", start=0)
    unknown: dict[str, Any] = {"press": "x3"}
    with pytest.raises(ValueError, match="press is 'x4', not 'x3'"):
        leaflet.print_run(folder / "campaign.toml", tmp_path / "out", **unknown)
    with pytest.raises(ValueError, match="nothing to check"):
        leaflet.check()
    for wrong in ({"start": "3"}, {"rows": 3}, {"only": 3}, {"keep_going": "no"}):
        with pytest.raises(TypeError, match=f"{min(wrong)} cannot be {wrong[min(wrong)]!r}"):
            leaflet.build(folder / "campaign.toml", tmp_path / "out", **wrong)
    assert not (tmp_path / "out").exists()


def test_faults_are_counted_also_if_the_call_raises(folder: Path, tmp_path: Path) -> None:
    """All are in the exception, and with an outcome the rows can be counted."""
    from leaflet.production.outcome import Outcome

    campaign = shutil.copytree(folder, tmp_path / "campaign", ignore=shutil.ignore_patterns("out", "seen"))
    schools = campaign / "ecoles.csv"
    schools.write_text(schools.read_text("utf-8-sig") + "0370035X;Lycée;;37000;Tours;1\n", "utf-8")
    outcome = Outcome()
    with pytest.raises(leaflet.DataError) as raised:
        leaflet.build(campaign / "campaign.toml", tmp_path / "out", outcome=outcome)
    assert [fault.place.file for fault in raised.value.faults] == ["ecoles.csv"]
    counts = outcome.count_rows()
    assert counts is not None and counts.refused == 1
    assert not (tmp_path / "out").exists()


def test_a_name_imports_its_own_libraries_alone() -> None:
    """`import leaflet` waits for nothing, `leaflet.columns` not for what makes pages or judges them."""
    code = "import sys, leaflet\nprint(*sorted(sys.modules), sep='\\n')\nleaflet.columns\nprint('---', *sys.modules)"
    first, then = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split("---")
    assert {name for name in first.split() if name.startswith("leaflet")} == {"leaflet", "leaflet.program"}
    assert not {"reportlab", "numpy", "click", "leaflet.preflight", "leaflet.layout"} & set(then.split())
