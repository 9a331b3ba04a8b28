"""What tests of the window share: its surroundings standing still, and an engine with a campaign."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from unittest.mock import patch

from leaflet.faults import Lang, LeafletError
from leaflet.studio import making
from leaflet.studio.engine import Engine
from leaflet.studio.environment import Environment
from tests.support import tables_of

NOW = datetime(2026, 10, 5, 9, 30)  # between the votes of the examples: those of 2022 are over, that of 2026 is not
HERE = Environment(clock=lambda: NOW, user="essai", program="test")
_Stage = Literal["begun", "answered", "ready"]


def started(folder: Path, election: str = "2018", kind: str = "leaflets", lang: Lang = "fr") -> Engine:
    """An engine whose folder has a campaign just begun."""
    return _prepared(folder, "begun", election, kind, lang)


def answered(folder: Path, kind: str = "leaflets") -> Engine:
    """An engine whose campaign has no question left."""
    return _prepared(folder, "answered", "2026", kind, "fr")


def ready(folder: Path) -> Engine:
    """An engine whose campaign of six schools has nothing left to do but to be made."""
    return _prepared(folder, "ready", "2026", "leaflets", "fr")


def _prepared(folder: Path, stage: _Stage, election: str, kind: str, lang: Lang) -> Engine:
    """Copy what was done once in this process; do it in the folder itself if that has files of somebody's own."""
    engine = Engine(folder, lang, HERE)
    if folder.exists() and any(folder.iterdir()):
        _do(engine, stage, election, kind)
        return engine
    for name, data in _files(stage, election, kind, lang).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    engine.folder.reload()
    engine.folder.lock.renew()
    return engine


@cache
def _files(stage: _Stage, election: str, kind: str, lang: Lang) -> dict[str, bytes]:
    with TemporaryDirectory() as made:
        engine = Engine(Path(made) / "campagne", lang, HERE)
        _do(engine, stage, election, kind)
        engine.close()
        found = [path for path in engine.folder.path.rglob("*") if path.is_file()]
        return {path.relative_to(engine.folder.path).as_posix(): path.read_bytes() for path in found}


def _do(engine: Engine, stage: _Stage, election: str, kind: str) -> None:
    engine.call("start", {"election": election, "kind": kind})
    if stage == "begun":
        return
    answer_all(engine.call)
    if stage == "answered":
        return
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    for finding in engine.call("verify", {})["findings"]:
        engine.call("accept", {"id": finding["id"]})
    engine.call("at", {"at": {"station": "pages"}})


LIST, SCHOOLS = (tables_of(__file__)[name] for name in ("list", "schools"))
PORTAL = "https://exemple-vote-2026.gouv.fr/"


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


def ask_for_help(engine: Engine, kind: str) -> str:
    """Have the profile of the election ask for a fact of a kind, below the name that is returned."""
    (engine.folder.path / "elections").mkdir()
    asks = f'type = "{kind}"\nwhat = "l’aide"\nquestion = "Quelle aide\u202f?"\nwhere = "en bas"\n'
    (engine.folder.path / "elections" / "essai.toml").write_text(f"year = 2026\n[asks.aide]\n{asks}", "utf-8")
    engine.folder.edit({"election": "essai"})
    return "facts.aide"


def refused(engine: Engine, name: str, **args: object) -> dict[str, Any]:
    return refusal(engine, lambda: engine.call(name, args))


def refusal(engine: Engine, ask: Callable[[], object]) -> dict[str, Any]:
    try:
        answer = ask()
    except LeafletError as error:
        return engine.fault_answer(error)["fault"]
    raise AssertionError(f"it was not refused: {answer}")


def stopping(engine: Engine) -> Any:
    """Have whatever is made be stopped after its first file."""
    goes = making._Progress.__call__
    return patch.object(making._Progress, "__call__", lambda *said: (engine.call("stop", {}), goes(*said)))


def kept_texts(folder: Path) -> str:
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


def counted(**numbers: int) -> dict[str, int]:
    """Return the counts of a list: none of what is not named."""
    return {**dict.fromkeys(("ready", "mend", "twice", "look", "elsewhere", "left", "all"), 0), **numbers}
