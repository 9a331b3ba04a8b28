"""The guides tell what happens: commands of that of tables print what it says, that of previews has all options."""

import re
from pathlib import Path

import click
import pytest

from leaflet.cli.commands.preview_command import preview_command
from leaflet.tables.column_names import SCHOOLS, STAFF

DOCS = Path(__file__).parents[2] / "docs" / "fr"
GUIDE = (DOCS / "tableaux.md").read_text("utf-8")
TRANSCRIPT = re.findall(r"^```console\n\$ leaflet (.*)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)
LIST = re.findall(r"^```csv\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)[0]
PLACEHOLDER = "Nom de votre organisation"


def test_the_guide_of_tables_is_true(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a list with renamed columns to leaflets, with the commands that the messages name."""
    monkeypatch.chdir(tmp_path)
    outputs: list[str] = []
    for number, (command, expected) in enumerate(TRANSCRIPT):
        _, output, errors = run(*command.split())
        assert output + errors == expected, command
        if number == 0:
            campaign = Path("ma-campagne/campaign.toml")
            text = campaign.read_text("utf-8").replace(PLACEHOLDER, "Section d’exemple")
            text = text.replace('# address = ""', 'address = "1 rue de l’Exemple, 37000 Tours"')
            campaign.write_text(text, "utf-8")
            Path("ma-campagne/ecoles.csv").write_text(LIST, "utf-8")
        outputs.append(output + errors)
    stored = next(number for number, (command, _) in enumerate(TRANSCRIPT) if command.endswith("--write"))
    assert any(f"leaflet {TRANSCRIPT[stored][0].removeprefix('--lang fr ')}" in text for text in outputs[:stored])
    assert len(list(Path("out/leaflet-a4").glob("*.pdf"))) == 2


def test_the_guide_of_tables_lists_every_field() -> None:
    table = GUIDE.split("| --- |", 1)[1].split("\n\n", 1)[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]
    for at, vocabulary in ((0, SCHOOLS), (2, STAFF)):
        listed = [key for row in rows for key in re.findall(r"`(\w+)`", row[at])]
        assert set(listed) == set(vocabulary.aliases)
        assert listed[:3] == list(vocabulary.required) or set(listed[:3]) == set(vocabulary.required)


def test_the_guide_of_the_preview_names_every_option_and_has_its_pictures() -> None:
    text = (DOCS / "apercu.md").read_text("utf-8")
    named = set(re.findall(r"(--[a-z][a-z-]+)", text)) - {"--lang"}
    options = [option for option in preview_command.params if isinstance(option, click.Option)]
    assert named == {name for option in options for name in option.opts if name.startswith("--")}
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", text)
    assert pictures and all(alt and (DOCS / path).is_file() for alt, path in pictures)
