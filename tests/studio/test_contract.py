"""The contract of the window: the page is typed by what the calls answer, and they answer what they say."""

from typing import Any, get_type_hints

import pytest
from msgspec import convert

from docs.make_contract import TARGET, contract_types
from leaflet.studio.engine import Engine
from tests.studio.support import SCHOOLS, answer_all, started

ASKED = (
    "open answers list rows twice addresses choices words audiences picture verify plan places proof people sheets "
    "beside"
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A campaign with a list that has a wrong UAI, answers and people."""
    engine = started(tmp_path_factory.mktemp("contract"), "2026")
    engine.upload("list", "liste.csv", SCHOOLS.replace("0370036N", "0370036A").encode())
    answer_all(engine.call)
    return engine


def test_the_types_of_the_page_are_those_of_the_answers() -> None:
    """assets/studio/contract.d.ts is what docs/make_contract.py writes: run `make docs`."""
    assert TARGET.read_text("utf-8") == contract_types()


@pytest.mark.parametrize("name", ASKED.split())
def test_a_call_answers_what_it_says(engine: Engine, name: str) -> None:
    """Every value has its type, which nothing checks when an answer is made."""
    convert(engine.call(name, {}), get_type_hints(engine.calls[name])["return"])


def test_changes_answer_what_they_say(engine: Engine) -> None:
    """Also what a change is about, and what is wrong."""
    line = engine.call("rows", {"show": "mend"})["rows"][0]["line"]
    changes: list[tuple[str, dict[str, Any]]] = [
        ("answer", {"key": "links.help", "value": "pas une adresse"}),
        ("word", {"key": "title", "text": "Essai"}),
        ("mend", {"line": line, "field": "uai", "value": "0370036N"}),
        ("choose", {"color": "#123456"}),
        ("pastePeople", {"text": "LABERT Julie\nIF Zoé"}),
        ("undo", {}),
    ]
    for name, args in changes:
        convert(engine.call(name, args), get_type_hints(engine.calls[name])["return"])
