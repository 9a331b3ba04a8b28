"""Whatever is ticked together in « Fabriquer » is made: in a new folder, once more, and after a change."""

from collections.abc import Sequence
from email import message_from_bytes
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from leaflet.studio.engine import Engine
from leaflet.studio.making import OUTPUTS, PRINT_RUN
from tests.press_profile import needs_profile
from tests.studio.support import answer_all, started

SCHOOLS = (
    "Code UAI;Nom;Commune;CP;Nb ex.;Courriel\n"
    "0370035M;Lycée d’exemple;Tours;37000;4;ce.0370035m@ac-orleans-tours.fr\n"
    "0370036N;École d’exemple;Amboise;37400;2;ce.0370036n@ac-orleans-tours.fr\n"
)
OFFICE = [output for output in OUTPUTS if output != PRINT_RUN]
TICKED = [*((one,) for one in OFFICE), *combinations(OFFICE, 2), tuple(OFFICE)]


def begun(folder: Path) -> Engine:
    """An engine whose campaign has everything that can be ticked: leaflets, cards, addresses of both kinds."""
    engine = started(folder, "2026")
    answer_all(engine.call)
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    engine.call("choose", {"documents": [{"id": "leaflet-a4"}, {"id": "memo-card"}]})
    return engine


def make(engine: Engine, outputs: Sequence[str], *, changed_only: bool = True) -> dict[str, Any]:
    *_, last = engine.make({"outputs": outputs, "changedOnly": changed_only})
    result: dict[str, Any] = last["result"]
    assert result["stopped"] is None
    assert [fault for fault in result["faults"] if fault["severity"] == "error"] == []
    assert {one["output"] for one in result["files"]} - {"packing-list"} == set(outputs)
    assert all(one["bytes"] for one in result["files"])
    return result


@pytest.mark.parametrize("outputs", TICKED, ids="+".join)
def test_every_combination_of_ticks_is_made(tmp_path: Path, outputs: Sequence[str]) -> None:
    """None of them leans on another one that is not ticked; what is old is made anew first."""
    engine = begun(tmp_path)
    made = make(engine, outputs, changed_only=False)
    assert make(engine, outputs)["files"] == made["files"]
    engine.call("answer", {"key": "publisher.name", "value": "Une autre section d’essai"})
    again = make(engine, outputs)
    assert [one["path"] for one in again["files"]] == [one["path"] for one in made["files"]]
    engine.close()


@needs_profile
@pytest.mark.parametrize("other", OFFICE)
def test_a_file_for_the_print_shop_is_made_with_any_other(tmp_path: Path, other: str) -> None:
    engine = begun(tmp_path)
    engine.call("word", {"key": "press.printer", "text": "Imprimerie d’essai, Tours"})
    make(engine, [one for one in OUTPUTS if one in (PRINT_RUN, other)])
    engine.close()


def test_a_draft_has_the_leaflet_of_the_zip(tmp_path: Path) -> None:
    """The file attached has the bytes of the one in the archive."""
    engine = begun(tmp_path)
    make(engine, ("zip", "drafts"))
    drafts = sorted((tmp_path / "depliants" / "drafts").rglob("*.eml"))
    attached = [
        part.get_payload(decode=True)
        for draft in drafts
        for part in message_from_bytes(draft.read_bytes()).walk()
        if part.get_content_type() == "application/pdf"
    ]
    with ZipFile(tmp_path / "depliants.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("leaflet-a4/")]
        assert attached == [archive.read(name) for name in sorted(names)]
    assert len(attached) == 2
    engine.close()
