"""``leaflet post`` as a user meets it, and its guide."""

import re
from pathlib import Path

import click
import pytest

from leaflet.cli.commands.address_commands import post_command
from leaflet.production.delivery import KINDS
from tests.delivery.support import AMBOISE, BALZAC, DESCARTES, built_campaign, change_rows

GUIDE = (Path(__file__).parents[2] / "docs" / "fr" / "envoi.md").read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_it_wrote(run, tmp_path: Path, kind: str) -> None:
    campaign = built_campaign(tmp_path)
    out = tmp_path / "out"
    code, printed, errors = run("--lang", "fr", "post", kind, tmp_path, "-o", out)
    assert (code, errors) == (0, "")
    head, _, files = printed.splitlines()[0].partition("\u00a0: ")
    assert head == f"3 établissements dans {out}" and all((out / name).exists() for name in files.split(", "))
    assert run("post", kind, campaign, "-o", out, "-q") == (0, "", "")


def test_a_school_without_address(run, tmp_path: Path) -> None:
    """It stops everything, or is left out with an exit code that tells."""
    campaign = built_campaign(tmp_path)
    change_rows(campaign, DESCARTES, BALZAC, AMBOISE.rpartition(";")[0] + ";")
    out = tmp_path / "out"
    code, printed, errors = run("post", "drafts", campaign, "-o", out)
    assert (code, printed) == (1, "") and "P404 ecoles.csv · line 4 · 0370001A" in errors
    assert "Nothing was written." in errors
    code, printed, errors = run("post", "drafts", campaign, "-o", out, "--keep-going")
    assert code == 1 and printed.startswith("2 schools in ")


def test_the_guide_names_every_kind_and_option() -> None:
    assert set(KINDS) == set(re.findall(r"^\| `([a-z]+)` \|", GUIDE, re.MULTILINE))
    own = {"--document", "--text", "--labels", "--start", "--copies"}
    known = {name for option in post_command.params if isinstance(option, click.Option) for name in option.opts}
    of_post = re.sub(r"leaflet (--lang fr )?(?!post|--lang)[a-z]+ [^`\n]*", "", GUIDE)
    named = set(re.findall(r"(--[a-z][a-z-]+)", of_post)) - {"--lang"}
    assert own <= named <= known
