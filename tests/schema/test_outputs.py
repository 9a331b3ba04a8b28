"""What programs read is as its schema says: the manifest, events and findings of real commands."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaflet.cli.commands.init_commands import KINDS
from leaflet.cli.events import EventWriter
from leaflet.production.outcome import Outcome
from leaflet.production.schemas import Schema, schema_text
from tests.cli.conftest import run as run
from tests.cli.test_command import ROWS, campaign
from tests.schema.support import find_errors, properties, tables

OUTPUTS = ("manifest", "events", "findings")


def schema_of(kind: str) -> Schema:
    """A schema as it is printed."""
    return dict(json.loads(schema_text(KINDS[kind]("en"))))


def keys_of(value: Any) -> set[str]:
    """The keys of a JSON object."""
    assert isinstance(value, dict)
    return set(value)


def test_what_a_build_writes(run: Callable[..., Any], tmp_path: Path) -> None:
    """The lines of a build that goes well and of one that stops, its manifest, and what a check finds of both."""
    manifest, events, findings = map(schema_of, OUTPUTS)
    path, out = campaign(tmp_path), tmp_path / "out"
    printed = run("build", path, "-o", out, "--json")[1]
    written = json.loads((out / "manifest.json").read_text("utf-8"))
    assert find_errors(manifest, written) == []
    assert keys_of(written) | {"whole"} == keys_of(manifest["properties"])
    assert all(keys_of(entry) == keys_of(manifest["$defs"]["Entry"]["properties"]) for entry in written["files"])
    path = campaign(tmp_path, rows=ROWS + "0370037X;Lycée;Tours;37000\n")
    printed += run("--lang", "fr", "build", path, "-o", out, "--json")[1]
    lines = [json.loads(line) for line in printed.splitlines()]
    assert {line["event"] for line in lines} >= {"progress", "fault", "done", "stopped"}
    for line in lines:
        assert find_errors(events, line) == []
    found = json.loads(run("check", path, "-o", out, "--only", "0370036N", "--format", "json")[1])
    assert found["faults"] and found["rows"] and found["counts"]["files"]
    assert find_errors(findings, found) == []
    assert keys_of(found) == keys_of(findings["properties"])
    assert all(keys_of(one) == keys_of(findings["$defs"]["Finding"]["properties"]) for one in found["faults"])


def test_a_list_that_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    """The line of a long list."""
    EventWriter(Outcome(), "fr").show_rows("ecoles.csv", 5000)
    assert find_errors(schema_of("events"), json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("manifest", {"campaign": "campaign.toml", "election": "2018", "files": [{"record": "0370001A"}]}),
        ("manifest", {"campaign": "campaign.toml", "files": []}),
        ("events", {"event": "begun"}),
        ("events", {"event": "stopped", "exit_code": "1", "seconds": 0}),
        ("findings", {"leaflet": "1", "lang": "de"}),
    ],
)
def test_what_no_command_writes(kind: str, wrong: object) -> None:
    """Something else is refused."""
    assert find_errors(schema_of(kind), wrong)


@pytest.mark.parametrize("kind", OUTPUTS)
def test_every_key_is_described(kind: str) -> None:
    """The docstring of its struct names it."""
    schema = schema_of(kind)
    described = {name: table.get("description", "") for name, table in tables(schema)}
    keys = [(name, key) for name, key, _ in properties(schema) if key != "event"]  # which its struct is about
    assert keys
    assert [place for place in keys if not re.search(rf"\b{place[1]}[,:]", described[place[0]])] == []
