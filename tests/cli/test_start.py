"""How little a command imports: what it does not use, nobody waits for."""

import subprocess
import sys

import pytest

HEAVY = {"PIL", "fontTools", "jinja2", "numpy", "openpyxl", "pikepdf", "pydantic", "pypdfium2", "qrcode", "reportlab"}
HEAVY |= {"rich", "zxingcpp", "leaflet.build", "leaflet.campaign", "leaflet.layout", "leaflet.pdf", "leaflet.review"}


def imported(code: str) -> set[str]:
    """The modules that a new interpreter has imported once it has run this code."""
    told = f"{code}\nimport sys\nprint('', *sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(run.stdout.split("\n"))


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_asks_for_no_command_imports_none(option: str) -> None:
    """The release and the list of commands need no library but that of the command line."""
    modules = imported(f"from leaflet.cli.command import cli\ncli.main(['{option}'], standalone_mode=False)")
    assert {"click", "leaflet.cli.command"} <= modules
    assert modules & HEAVY == set()


def test_build_imports_no_other_command() -> None:
    """A build does not wait for the review of finished files, the preview or its server."""
    modules = imported("import leaflet.cli.building")
    assert "leaflet.build.run" in modules
    assert modules & {"leaflet.review", "leaflet.preview", "leaflet.cli.printing", "http.server"} == set()
