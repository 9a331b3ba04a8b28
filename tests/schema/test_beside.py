"""What the program writes names its schema, which stands beside it and can be written anywhere."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaflet.campaign.starter import SCHEMA_FILE
from leaflet.cli.commands.init_commands import KINDS
from leaflet.faults import LANGUAGES
from leaflet.production.schemas import campaign_schema, load_texts, schema_text
from tests.cli.conftest import run as run
from tests.schema.support import find_errors, judge
from tests.studio.support import started

NAMED = re.compile(r"#:schema (\S+)")


def schema_of(file: Path) -> Path:
    """The schema that the first line of a file names; it is there."""
    match = NAMED.match(file.read_text("utf-8"))
    assert match is not None, file
    return (file.parent / match[1]).resolve(strict=True)


def test_a_started_campaign_names_its_schema(run: Callable[..., Any], tmp_path: Path) -> None:
    assert run("init", tmp_path / "neuf", "--election", "2026")[0] == 0
    schema = json.loads(schema_of(tmp_path / "neuf" / "campaign.toml").read_text("utf-8"))
    assert schema["properties"]["publisher"]["description"] == load_texts()["campaign"]["publisher"].of("fr")
    assert find_errors(schema, tomllib.loads((tmp_path / "neuf" / "campaign.toml").read_text("utf-8"))) == []


def test_a_vote_of_its_own_has_its_facts(run: Callable[..., Any], tmp_path: Path) -> None:
    """An editor proposes the facts that a profile asks for, and refuses one of another type."""
    profile = tmp_path / "neuf" / "elections" / "conseil.toml"
    profile.parent.mkdir(parents=True)
    profile.write_text(
        'id = "conseil"\nyear = 2027\n[asks.doors_at]\ntype = "hour"\nwhat = "l’heure d’ouverture de la salle"\n'
        'question = "À quelle heure la salle ouvre-t-elle ?"\nwhere = "sur la convocation"\n', "utf-8"
    )  # fmt: skip
    assert run("init", tmp_path / "neuf", "--election", "conseil")[0] == 0
    schema = json.loads(schema_of(tmp_path / "neuf" / "campaign.toml").read_text("utf-8"))
    asked = schema["properties"]["facts"]["properties"]["doors_at"]
    assert asked["description"] == "l’heure d’ouverture de la salle"
    assert "facts.doors_at" in schema["$defs"]["Compared"]["properties"]["field"]["anyOf"][0]["enum"]
    assert find_errors(asked, "8:30") == [] and find_errors(asked, 8) != []


@pytest.mark.parametrize(("kind", "source"), [("theme", "grey"), ("template", "poster-a3"), ("icon", "mail")])
def test_a_copy_has_none(run: Callable[..., Any], tmp_path: Path, kind: str, source: str) -> None:
    assert run("new", kind, "meins", "--from", source, "--in", tmp_path)[0] == 0
    assert not (tmp_path / ".leaflet").exists()


def test_a_campaign_that_is_passed_on(run: Callable[..., Any], tmp_path: Path) -> None:
    """Its schema stays behind; whoever takes it gets that of their own program."""
    answers = tmp_path / "answers.toml"
    answers.write_text('publisher.name = "Section d’exemple"\n', "utf-8")
    run("init", tmp_path / "neuf", "--election", "2018", "--answers", answers)
    assert run("pack", tmp_path / "neuf", "-o", tmp_path / "neuf.leaflet")[0] == 0
    assert b"schema.json" in (tmp_path / "neuf.leaflet").read_bytes()
    assert b"json-schema.org" not in (tmp_path / "neuf.leaflet").read_bytes()
    assert run("unpack", tmp_path / "neuf.leaflet", "-o", tmp_path / "tours")[0] == 0
    assert schema_of(tmp_path / "tours" / "campaign.toml").parent == tmp_path / "tours" / ".leaflet"


def test_the_window_writes_it_too(tmp_path: Path) -> None:
    """A campaign that is begun in the browser can go on in an editor."""
    started(tmp_path / "neuf")
    assert schema_of(tmp_path / "neuf" / "campaign.toml").is_file()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_schema_is_valid(run: Callable[..., Any], tmp_path: Path, kind: str, lang: str) -> None:
    file = tmp_path / "below" / f"{kind}.schema"
    code, printed, errors = run("--lang", lang, "schema", kind)
    assert (code, errors) == (0, "")
    assert run("--lang", lang, "schema", kind, "-o", file) == (0, "", "")
    assert file.read_text("utf-8") == printed
    assert run("schema", kind, "-o", file)[0] == 0, "an earlier one is replaced"
    schema = json.loads(printed)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:leaflet:{kind}"
    judge().check_schema(schema)
    for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schema)):
        re.compile(json.loads(pattern))


def test_what_is_no_schema_is_not_replaced(run: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text("{}", "utf-8")
    code, _, errors = run("schema", "manifest", "-o", file)
    assert code == 4 and "W112" in errors and file.read_text("utf-8") == "{}"
    assert run("schema", "manifest", "-o", file, "--replace")[0] == 0
    (tmp_path / "file").write_text("", "utf-8")
    assert "W101" in run("schema", "manifest", "-o", tmp_path / "file" / "x.json")[2]


@pytest.mark.skipif(os.name != "posix", reason="a folder that a file has the name of")
def test_a_schema_that_cannot_be_written(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / ".leaflet").write_text("", "utf-8")
    code, _, errors = run("init", tmp_path, "--election", "2026")
    assert code == 1 and "C181" in errors and not (tmp_path / "campaign.toml").exists()


def test_the_manual_and_the_texts_are_whole() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "schemas.md").read_text("utf-8")
    table = manual.split("\n| --- |", 1)[1].split("\n\n", 1)[0]
    cells = " ".join(re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE))
    assert re.findall(r"`(\w+)`", cells) == list(KINDS) and SCHEMA_FILE in manual
    printed = schema_text(campaign_schema("en"))
    shown = [json.dumps(row.en, ensure_ascii=False)[1:-1] for rows in load_texts().values() for row in rows.values()]
    assert [text for text in shown if text not in printed] == []
