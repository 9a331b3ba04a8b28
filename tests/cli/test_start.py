"""How little a command imports: what it does not use, nobody waits for."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.generate import write_campaign
from leaflet.cli.command import cli
from leaflet.files.extensions import LIBRARIES
from tests.support import EXAMPLE

HEAVY = {
    "PIL", "fontTools", "jinja2", "numpy", "openpyxl", "pikepdf", "pydantic", "pypdfium2", "qrcode", "reportlab",
    "zxingcpp", "leaflet.production", "leaflet.campaign", "leaflet.layout", "leaflet.pdf",
    "leaflet.preflight"
}  # fmt: skip
NOT_TO_MAKE = {"PIL", "lxml", *LIBRARIES}  # what nothing is made with, where no picture is decoded

# Of other commands, of spreadsheets, pictures, many processes and campaigns that are edited; and of the network.
UNUSED = {
    "leaflet.preflight", "leaflet.production.preview", "leaflet.cli.commands.print_commands", "leaflet.studio",
    "ssl", "numpy", "openpyxl", "leaflet.studio.server", "urllib.request", "defusedxml", "fontTools.ttLib",
    "pikepdf", "starlette", "uvicorn", "asyncio", "PIL.ImageCms", "multiprocessing", "concurrent.futures",
    "distributed", "publicsuffixlist", "tomlkit"
}  # fmt: skip


def imported(code: str) -> set[str]:
    """The modules that a new interpreter has imported once it has run this code."""
    told = f"{code}\nimport sys\nprint('', *sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(run.stdout.split("\n"))


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_asks_for_no_command_imports_none(option: str) -> None:
    modules = imported(f"from leaflet.cli.command import cli\ncli.main(['{option}'], standalone_mode=False)")
    assert {"click", "leaflet.cli.command"} <= modules and modules & HEAVY == set()


def test_build_imports_no_other_command() -> None:
    modules = imported("import leaflet.cli.commands.build")
    assert "leaflet.production.build" in modules and modules & UNUSED == set()


def test_a_build_reads_no_finished_files(tmp_path: Path) -> None:
    """And so needs no library that does."""
    campaign = write_campaign(tmp_path / "campaign", 1)
    command = ["build", "--quiet", str(campaign), "--out", str(tmp_path / "out")]
    modules = imported(f"from leaflet.cli.command import cli\ncli.main({command!r}, standalone_mode=False)")
    assert (tmp_path / "out" / "manifest.json").is_file() and modules & UNUSED == set()


def test_all_is_made_without_pictures_and_what_judges_files(tmp_path: Path) -> None:
    """Leaflets, cards, a run for the copy room and a ZIP have the same bytes where none of these can be imported.

    The check of the campaign, its pages as pictures and the window are there, too.
    """
    campaign = str(EXAMPLE.with_name("un-etablissement-2018"))
    light, usual = tmp_path / "light", tmp_path / "usual"
    refusing = f"""
import sys
class Refusal:
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {sorted(NOT_TO_MAKE)!r}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Refusal)
from leaflet.cli.command import cli
import leaflet.studio.engine
"""
    runs = [f"assert not cli.main({command!r}, standalone_mode=False)" for command in commands(campaign, light)]
    assert imported("\n".join([refusing, *runs])) & NOT_TO_MAKE == set()
    for command in commands(campaign, usual):
        assert not cli.main(command, standalone_mode=False)
    files = made_in(light)
    assert {Path(name).suffix for name in files} == {".csv", ".pdf", ".png", ".zip"} and files == made_in(usual)


def commands(campaign: str, folder: Path) -> list[list[str]]:
    """Command lines that check a campaign, draw it, and make all kinds of files of it in a folder."""
    return [
        ["check", campaign, "--document", "leaflet-a5"],
        ["build", "--quiet", campaign, "--out", f"{folder}/out", "--document", "cartes-avery"],
        ["build", "--quiet", campaign, "--out", f"{folder}/all.zip", "--document", "leaflet-a5", "--no-verify"],
        ["print-run", "--quiet", campaign, "--out", f"{folder}/run", "--document", "leaflet-a5"],
        ["preview", campaign, "--out", f"{folder}/seen", "--document", "leaflet-a5", "--dpi", "50"],
    ]


def made_in(folder: Path) -> dict[str, bytes]:
    """The files in a folder, but the manifest, which says whether codes were decoded."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*")}
    return {name: data for name, data in files.items() if name != "out/manifest.json"}


def test_the_collector_waits_for_the_command() -> None:
    """Not for its libraries, which stay; a command that runs for hours has its garbage collected."""
    code = """
import gc, sys
from leaflet.cli import command
told = []
command.LazyGroup.invoke = lambda self, context: told.append((gc.isenabled(), self.get_command(context, 'build')))
sys.argv = ['leaflet', 'build']
from leaflet.__main__ import main
try:
    main()
except SystemExit:
    pass
print([enabled for enabled, _ in told], gc.isenabled(), gc.get_freeze_count() > 1000)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[0] == "[False] True True"
