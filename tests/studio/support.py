"""What tests of the window share: its surroundings standing still, and an engine with a campaign."""

from datetime import datetime
from pathlib import Path
from typing import Any

from leaflet.faults import LeafletError
from leaflet.studio.engine import Engine
from leaflet.studio.surroundings import Surroundings

HERE = Surroundings(clock=datetime.now, user="essai", program="test")


def started(folder: Path, election: str = "2018", kind: str = "leaflets", lang: Any = "fr") -> Engine:
    """An engine whose folder has a campaign just begun."""
    engine = Engine(folder, lang, HERE)
    engine.call("start", {"election": election, "kind": kind})
    return engine


def refused(engine: Engine, name: str, **args: object) -> dict[str, Any]:
    """The fault that a call is refused with."""
    try:
        engine.call(name, args)
    except LeafletError as error:
        fault: dict[str, Any] = engine.fault_answer(error)["fault"]
        return fault
    raise AssertionError(f"{name} was not refused")
