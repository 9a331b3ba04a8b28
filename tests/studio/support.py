"""What tests of the window share: its surroundings standing still, and an engine with a campaign."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from leaflet.faults import LeafletError
from leaflet.studio.engine import Engine
from leaflet.studio.environment import Environment

HERE = Environment(clock=datetime.now, user="essai", program="test")


def started(folder: Path, election: str = "2018", kind: str = "leaflets", lang: Any = "fr") -> Engine:
    """An engine whose folder has a campaign just begun."""
    engine = Engine(folder, lang, HERE)
    engine.call("start", {"election": election, "kind": kind})
    return engine


PORTAL = "https://exemple-vote-2026.gouv.fr/"
SCHOOLS = """Code UAI;Dénomination;Commune;CP;Nb ex.
0370035M;Collège d’exemple des Trois-Tilleuls;Tours;37000;45
0370036N;École d’exemple Jules-Ferry;Amboise;37400;12
0370037P;Lycée d’exemple des Deux-Rives;Tours;37000;60
0370038R;École d’exemple des Marronniers;Chinon;37500;14
0370039S;Collège d’exemple Louise-Michel;Chinon;37500;38
0370040T;Lycée d’exemple et des métiers du bâtiment Marguerite-Duchemin-de-la-Grande-Prairie;Loches;37600;72
"""


def answer_all(call: Callable[[str, dict[str, Any]], Any]) -> None:
    """Answer all questions by calls of an engine, with what was so in 2022 and what nobody knows before."""
    groups = call("like", {"election": "2022"})["answers"]["groups"]
    call("keep", {"keys": [one["key"] for group in groups for one in group["items"] if one["like"]]})
    for key, value in {
        "links.portal": PORTAL,
        "publisher.name": "Section d’essai",
        "publisher.address": "1 rue de l’Exemple, 37000 Tours",
        "memo.lines": "Mot de passe élections",
    }.items():
        call("answer", {"key": key, "value": value})
    call("compare", {"keys": ["links.portal", "memo.lines"]})


def ready(folder: Path) -> Engine:
    """An engine whose campaign of six schools has nothing left to do but to be made."""
    engine = started(folder, "2026")
    answer_all(engine.call)
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    for finding in engine.call("verify", {})["findings"]:
        engine.call("accept", {"id": finding["id"]})
    engine.call("at", {"at": {"station": "pages"}})
    return engine


def refused(engine: Engine, name: str, **args: object) -> dict[str, Any]:
    """The fault that a call is refused with."""
    return refusal(engine, lambda: engine.call(name, args))


def refusal(engine: Engine, ask: Callable[[], object]) -> dict[str, Any]:
    """The fault that something asked of an engine is refused with."""
    try:
        answer = ask()
    except LeafletError as error:
        fault: dict[str, Any] = engine.fault_answer(error)["fault"]
        return fault
    raise AssertionError(f"it was not refused: {answer}")


def counted(**numbers: int) -> dict[str, int]:
    """Return the counts of a list: none of what is not named."""
    return {**dict.fromkeys(("ready", "mend", "twice", "look", "elsewhere", "left", "all"), 0), **numbers}
