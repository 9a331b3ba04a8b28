"""The schema of a campaign file says what the program accepts, and nothing else."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from leaflet.campaign.election import Election, profile_ids
from leaflet.campaign.list_columns import LISTS
from leaflet.campaign.load import find_errors as campaign_errors
from leaflet.campaign.model import CampaignSettings
from leaflet.campaign.starter import write_starter
from leaflet.faults import Place, Report
from leaflet.files.toml_files import table_model
from leaflet.imposition.stock import read_stock
from leaflet.preflight.rules import RULES
from leaflet.production.schemas import Schema, campaign_schema
from leaflet.tables.column_names import FIELD_NAMES
from tests.schema.support import find_errors, properties
from tests.support import EXAMPLE, tables_of

EXAMPLES = sorted(EXAMPLE.parent.glob("*/campaign.toml"))
# Changes of a good campaign that both refuse, and values that the program takes and a schema could be too narrow for.
WRONG, RIGHT = tables_of(__file__).values()
STOCK = {"sheet": "A4", "card": ["85mm", "54mm"], "columns": 2, "rows": 5}
WRONG_STOCK = [
    {**STOCK, "sheet": "A2"}, {**STOCK, "sheet": ["210mm"]}, {**STOCK, "card": ["85", "54mm"]},
    {**STOCK, "columns": 0}, {**STOCK, "rows": 101}, {**STOCK, "sides": 3}, {**STOCK, "cut": 1},
    {**STOCK, "also": [""]}, {**STOCK, "hight": "1mm"}, {key: value for key, value in STOCK.items() if key != "card"}
]  # fmt: skip


@pytest.fixture(scope="module")
def schema() -> Schema:
    return campaign_schema("fr")


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """A campaign with another value at a place."""
    tree: Any = tomllib.loads((EXAMPLE / "campaign.toml").read_text("utf-8"))
    here = tree
    for key in path[:-1]:
        here = here[key] if isinstance(key, int) else here.setdefault(key, {})
    here[path[-1]] = value
    return dict(tree)


def refusals(tree: dict[str, Any]) -> list[str]:
    """What the program says is wrong with a campaign."""
    settings = {key: value for key, value in tree.items() if key not in Election.model_fields}
    facts = {key: value for key, value in tree.items() if key in Election.model_fields}
    found: list[str] = []
    for model, values in ((CampaignSettings, settings), (Election, facts)):
        try:
            model.model_validate(values)
        except ValidationError as error:
            found += [one["type"] for one in error.errors()]
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_are_valid(schema: Schema, path: Path) -> None:
    assert find_errors(schema, tomllib.loads(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("election", profile_ids())
def test_started_campaigns_are_valid(schema: Schema, tmp_path: Path, election: str) -> None:
    written = write_starter(tmp_path / "neuf", election, like="2022", documents=("leaflet-a5", "memo-card"))[0]
    assert find_errors(schema, tomllib.loads(written.read_text("utf-8"))) == []


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda value: str(value)[:40])
def test_what_the_schema_refuses_the_program_refuses(
    schema: Schema, path: tuple[str | int, ...], value: object
) -> None:
    tree = changed(path, value)
    assert find_errors(schema, tree) and refusals(tree)


@pytest.mark.parametrize(("path", "value"), RIGHT, ids=lambda value: str(value)[:40])
def test_what_the_program_takes_the_schema_takes(schema: Schema, path: tuple[str | int, ...], value: object) -> None:
    tree = changed(path, value)
    assert (find_errors(schema, tree), refusals(tree)) == ([], [])


def of_models(
    model: type[BaseModel], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """Each table of the models with the keys that lead to it."""
    yield path, model
    for key, field in model.model_fields.items():
        if (inner := table_model(field.annotation)) is not None:
            yield from of_models(inner, (*path, key))


@pytest.mark.parametrize("model", [Election, CampaignSettings])
def test_each_table_has_the_keys_of_its_model(schema: Schema, model: type[BaseModel]) -> None:
    for path, table in of_models(model):
        found = schema if not path else schema["$defs"][table.__name__]
        known = set(found["properties"])
        if path:
            assert known == set(table.model_fields), path
        else:
            assert known == set(Election.model_fields) | set(CampaignSettings.model_fields)
        assert found["additionalProperties"] is False or path[-1] == "words", path  # which has texts of any name


@pytest.mark.parametrize("value", [{"x": 1}, [[]], 0.5], ids=["table", "list", "number"])
def test_a_value_of_another_kind_is_refused_by_both(schema: Schema, value: object) -> None:
    agreed = 0
    for path in [(key,) for key in schema["properties"] if key not in ("stock", "check", "columns")]:
        tree = changed(path, value)
        assert bool(find_errors(schema, tree)) == bool(refusals(tree)), path
        agreed += 1
    for table in ("vote", "links", "account", "mail", "notice", "memo", "publisher", "data"):
        for key in schema["$defs"][table.capitalize()]["properties"]:
            tree = changed((table, key), value)
            assert bool(find_errors(schema, tree)) == bool(refusals(tree)), (table, key)
            agreed += 1
    assert agreed > 70


@pytest.mark.parametrize("table", WRONG_STOCK, ids=str)
def test_sheets_of_ones_own(schema: Schema, table: dict[str, Any]) -> None:
    for given, is_wrong in ((STOCK, False), (table, True)):
        report = Report()
        read_stock("x", given, Place(file="campaign.toml", field="stock.x"), report)
        assert bool(report.errors) == is_wrong
        assert bool(find_errors(schema, changed(("stock",), {"x": given}))) == is_wrong


def test_rules_and_columns_are_those_there_are(schema: Schema) -> None:
    """Each rule can be switched off and tuned; each field of a list can have a column."""
    tree = changed(("check",), {"off": [rule.code for rule in RULES]})
    tree["check"] |= {rule.code: {"severity": "note", **rule.options} for rule in RULES}
    tree["columns"] = {"schools": {"name": "École"}, "staff": {"first_name": "Prénom"}}
    assert find_errors(schema, tree) == []
    for name in LISTS:
        assert set(schema["$defs"][f"{name.capitalize()}Columns"]["properties"]) <= set(FIELD_NAMES)
    for wrong in ({"off": ["K9999"]}, {"K101": {"severity": "fatal"}}, {"K101": {"least_mm": "3"}}, {"K101": 3}):
        assert find_errors(schema, changed(("check",), wrong)), wrong
    assert find_errors(schema, changed(("columns",), {"pupils": {}}))
    assert find_errors(schema, changed(("columns",), {"schools": {"nom": "École"}}))


def test_every_key_is_described_in_both_languages(schema: Schema) -> None:
    english = {(table, key): one["description"] for table, key, one in properties(campaign_schema("en"))}
    french = {(table, key): one["description"] for table, key, one in properties(schema)}
    assert english.keys() == french.keys()
    same = {place for place, text in english.items() if text == french[place]}
    assert {key for _, key in same} <= {"uai", "academie"}  # words that are the same in both


def test_an_editor_flags_five_mistakes(tmp_path: Path, schema: Schema) -> None:
    campaign, file = tmp_path / "campaign.toml", tmp_path / "schema.json"
    campaign.write_text(
        'election = "2026"\nissued_on = "2026-02-30"\n'
        '[publisher]\nnmae = "Section d’exemple"\nkind = "syndicat"\n'
        '[data]\nschools = "ecoles.csv"\nheader_row = "3"\n[[document]]\ntemplate = "leaflet-a4"\n',
        "utf-8",
    )
    file.write_text(json.dumps(schema), "utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "-o", "json", "--schemafile", str(file), str(campaign)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {(one["path"], one["message"]) for one in json.loads(run.stdout)["errors"]}
    assert found == {
        ("$.issued_on", "'2026-02-30' is not a 'date'"),
        ("$.publisher", "'name' is a required property"),
        ("$.publisher", "Additional properties are not allowed ('nmae' was unexpected)"),
        ("$.publisher.kind", "'syndicat' is not one of ['union', 'administration']"),
        ("$.data.header_row", "'3' is not of type 'integer'"),
    }
    codes = {fault.code for fault in campaign_errors(campaign, campaign.read_text("utf-8"))}
    assert codes >= {"C105", "C106", "C110"}
