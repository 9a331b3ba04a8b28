"""What programs read is as its schema says: the manifest, events and findings of real commands."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaflet.cli.commands.init_commands import KINDS
from leaflet.production.schemas import Schema, schema_text
from tests.cli.conftest import run as run
from tests.cli.test_command import ROWS, campaign
from tests.schema.support import find_errors, properties, tables

OUTPUTS = ("manifest", "findings")


def schema_of(kind: str) -> Schema:
    """A schema as it is printed."""
    return dict(json.loads(schema_text(KINDS[kind]("en"))))


def test_what_a_build_writes(run: Callable[..., Any], tmp_path: Path) -> None:
    manifest, findings = map(schema_of, OUTPUTS)
    path, out = campaign(tmp_path), tmp_path / "out"
    assert run("build", path, "-o", out)[0] == 0
    written = json.loads((out / "manifest.json").read_text("utf-8"))
    assert find_errors(manifest, written) == []
    assert {*written, "whole"} == manifest["properties"].keys()
    assert all(entry.keys() == manifest["$defs"]["Entry"]["properties"].keys() for entry in written["files"])
    path = campaign(tmp_path, rows=ROWS + "0370037X;Lycée;Tours;37000\n")
    found = json.loads(run("check", path, "-o", out, "--only", "0370036N", "--format", "json")[1])
    assert found["faults"] and found["rows"] and found["counts"]["files"]
    assert find_errors(findings, found) == []
    assert found.keys() == findings["properties"].keys()
    assert all(one.keys() == findings["$defs"]["Finding"]["properties"].keys() for one in found["faults"])


@pytest.mark.parametrize(("kind", "wrong"), [
    ("manifest", {"campaign": "campaign.toml", "election": "2018", "files": [{"record": "0370001A"}]}),
    ("manifest", {"campaign": "campaign.toml", "files": []}), ("findings", {"leaflet": "1", "lang": "de"})
])  # fmt: skip
def test_what_no_command_writes(kind: str, wrong: object) -> None:
    assert find_errors(schema_of(kind), wrong)


@pytest.mark.parametrize("kind", OUTPUTS)
def test_every_key_is_described(kind: str) -> None:
    schema = schema_of(kind)
    described = {name: table.get("description", "") for name, table in tables(schema)}
    keys = [(name, key) for name, key, _ in properties(schema)]
    assert keys and not [place for place in keys if not re.search(rf"\b{place[1]}[,:]", described[place[0]])]
