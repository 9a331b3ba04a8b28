"""Every file keeps the standards it claims, for validators that are not part of the program."""

import shutil
import subprocess
from pathlib import Path

import page as validator
import pytest

from tests.one_school.files import EXAMPLE_CARDS, LEAFLETS
from tests.one_school.stock import STOCKS
from tests.support import check_structure


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_files_pass_the_validator(every_file: list[Path], profile: str) -> None:
    """Every file is PDF/UA-1 and PDF/A-2a for an outside validator, cards on each sheet one of both in turn."""
    of_example = len(EXAMPLE_CARDS) + len(LEAFLETS)
    assert len(every_file) == of_example + len(STOCKS)
    for path in every_file[:of_example] + every_file[of_example + (profile == "2a") :: 2]:
        verdict = validator.validate_pdf(str(path), profile=profile)
        assert verdict.is_compliant, [(path, failure.rule_id, failure.message) for failure in verdict.failures]


def test_structure_agrees(every_file: list[Path]) -> None:
    """Structure tree, parent tree and marked content agree, though contents of a section stand on several sides."""
    assert {path: check_structure(path.read_bytes()) for path in every_file} == {path: [] for path in every_file}


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(every_file: list[Path]) -> None:
    for path in every_file:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
