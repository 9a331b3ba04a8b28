"""Answer what a page asks of an engine, whichever way it comes: from the local server, or from the script beside it.

An answer is what JSON can say: a result, how far a making is, or a fault.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from leaflet.faults import LeafletError, Place, error_of, fail, unexpected_fault

if TYPE_CHECKING:
    from leaflet.studio.engine import Engine

Values: TypeAlias = dict[str, Any]  # the arguments of a call, its result, or its answer

_MB = 1_000_000
MAX_UPLOADS = {"list": 100 * _MB, "staff": 100 * _MB, "logo": 50 * _MB, "dossier": 50 * _MB}
_MAX_NAME = 255  # characters of a file's name


class UnknownError(Exception):
    """A call, a kind of file, or a file that there is not."""


def answer_call(engine: "Engine", name: str, args: Values) -> Values:
    """Return the answer to a call; UnknownError for one that there is not."""
    return _answer(engine, name, lambda: engine.call(name, args))


def answer_upload(engine: "Engine", name: str, file_name: str, data: bytes) -> Values:
    """Return the answer to a file that is given, no larger than `MAX_UPLOADS` says; UnknownError for other kinds."""
    file_name = file_name.replace("\\", "/").rpartition("/")[2][-_MAX_NAME:]
    return _answer(engine, name, lambda: engine.upload(name, file_name, data))


def answer_make(engine: "Engine", args: Values) -> Iterator[Values]:
    """Yield the answers of a making as they come; the last one is its result or a fault."""
    try:
        yield from engine.make(args)
    except Exception as error:
        yield _fault(engine, error)


def find_file(engine: "Engine", asked: str) -> Path:
    """Return a file of the campaign's folder that the page asks for; UnknownError if it may not have it."""
    is_plain = not set(asked.split("/")) & {"", ".", ".."} and not set(asked) & set("\\:")
    path = engine.file_path(asked) if is_plain else None
    if path is None or not path.is_file():
        raise UnknownError
    return path


def _answer(engine: "Engine", name: str, work: Callable[[], Values]) -> Values:
    """Return the answer of what is called by a name: its result, or what went wrong."""
    try:
        return {"result": work()}
    except Exception as error:
        if isinstance(error, KeyError) and error.args == (name,):
            raise UnknownError from None
        if name != "open" and engine.is_broken():  # which says what is wrong with it
            error = fail("W201", Place(file=engine.folder.campaign.name))
        return _fault(engine, error)


def _fault(engine: "Engine", error: Exception) -> Values:
    if not isinstance(error, LeafletError):
        error = error_of([unexpected_fault(error)])
    return engine.fault_answer(error)
