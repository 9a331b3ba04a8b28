"""The guides to a campaign for 2026 are true: the page on the notice is up to date, the transcript is carried out."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate import write_campaign
from docs.make_notice import LINES, PAGE, notice_page
from leaflet.campaign.facts import field_rows
from leaflet.production.filling import Filling
from tests.cli.conftest import Ended, run

__all__ = ["run"]  # the fixture

TRANSCRIPT = (PAGE.parent / "tirage-2026.md").read_text("utf-8")
SAMPLES = re.findall(r"```toml\n# (\S+)\n(.*?)```", TRANSCRIPT, re.DOTALL)
COMMANDS = re.findall(r"```console\n\$ leaflet (.*?)\n(.*?)```", TRANSCRIPT, re.DOTALL)


def test_the_page_is_up_to_date() -> None:
    """Run ``make docs`` after a change; where an arrow of the picture begins is the example of its field."""
    assert PAGE.read_text("utf-8") == notice_page() and (PAGE.parents[1] / "images" / "notice.png").is_file()
    pointed = {field: text for text, fields in LINES for field in fields}
    texts = {field: row.value for field, row in field_rows().items() if isinstance(row.value, str)}
    said = [field for field in pointed if field in texts and not field.endswith("_at")]
    assert len(said) > 10
    for field in said:
        assert str(texts[field]).lower() in pointed[field].lower(), field


@pytest.mark.drill
def test_the_transcript_is_true(run: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From an export of 300 schools and two files of answers to a print run, in a few commands and no edit."""
    monkeypatch.chdir(tmp_path)
    write_campaign(tmp_path / "made", 300)
    (tmp_path / "made" / "ecoles.csv").rename("export.csv")
    for name, text in SAMPLES:
        Path(name).write_text(text, "utf-8")
    assert len(SAMPLES) == 2 and 3 <= len(COMMANDS) <= 6
    for command, shown in COMMANDS:
        if "check" in command:  # somebody has answered « o » to each question before
            filling = Filling(Path("tirage-2026/campaign.toml"))
            for question in filling.questions():
                filling.confirm(question, date(2026, 11, 17))
        code, printed, errors = run(*command.split())
        assert code == 0, errors
        said = (printed + errors).replace("\u00a0", " ")
        for line in shown.splitlines():
            assert line.removesuffix("…") in said, command
    assert len([*Path("projet/leaflet-a4").glob("PROJET-*.pdf")]) == 300
    assert sorted(path.name for path in Path("tirage").glob("*.pdf")) == [
        "packing-list-leaflet-a4.pdf",
        "print-run-leaflet-a4.pdf",
    ]
