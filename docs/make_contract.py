"""Writes ``assets/studio/contract.d.ts``, which types the window's page, from the answers of calls: ``make docs``."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from inspect import getsource
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct, inspect

from leaflet.studio import contract
from leaflet.studio.engine import Engine
from leaflet.studio.environment import Environment

TARGET = Path(__file__).parents[1] / "assets" / "studio" / "contract.d.ts"
_HEAD = """\
/* What the page may ask of the engine, and what it gets. Every text is in the page's language, ready to be shown.
   Written by `make docs` from leaflet/studio/contract.py, and from what each call is said to return. */

/** What a call is given; a change also gets the `revision` that it is made in, and `here`, the place where it is. */
export type Args = Record<string, unknown>;"""
_NOTED = re.compile(r"^    (\w+): .*?  # (.*)$", re.MULTILINE)  # a field with what stands beside it
_ALIASES = {
    frozenset(get_args(value)): name for name, value in vars(contract).items() if get_origin(value) is Literal
}
_SIMPLE: Mapping[type[inspect.Type], str] = {
    inspect.AnyType: "unknown",
    inspect.BoolType: "boolean",
    inspect.FloatType: "number",
    inspect.IntType: "number",
    inspect.NoneType: "null",
    inspect.StrType: "string",
}


def contract_types() -> str:
    """The whole file."""
    lines = [_HEAD, *(f"export type {name} = {_one_of(values)};" for values, name in _ALIASES.items())]
    for struct in vars(contract).values():
        if isinstance(struct, type) and issubclass(struct, contract.Shown) and struct is not contract.Shown:
            lines += _interface(struct)
    with TemporaryDirectory() as folder:
        engine = Engine(Path(folder), "fr", Environment(clock=datetime.now, user="", program=""))
        lines += _answers("Calls", engine.calls)
        lines += _answers("Uploads", engine.uploads)
    return "\n".join(lines) + "\n"


def _interface(struct: type[Struct]) -> Iterator[str]:
    """The type of one answer, with what it has besides that of its base."""
    info, source, (base, *_) = inspect.type_info(struct), getsource(struct), struct.__bases__
    assert isinstance(info, inspect.StructType) and issubclass(base, Struct)
    about, notes = source.partition("\n")[0].partition("  # ")[2], dict(_NOTED.findall(source))
    yield f"/** {_sentence(about) if about else struct.__doc__} */"
    extends = f" extends {base.__name__}" if base is not contract.Shown else ""
    yield f"export interface {struct.__name__}{extends} {{"
    for field in info.fields:
        if field.name in base.__struct_fields__:
            continue
        if field.name in notes:
            yield f"  /** {_sentence(notes[field.name])} */"
        # What may be `UNSET` is left out by msgspec; of what the page gives, what has a default.
        is_left_out = not field.required and (field.default is NODEFAULT or struct is contract.PictureArgs)
        yield f"  {field.encode_name}{'?' if is_left_out else ''}: {_typed(field.type)};"
    yield "}"


def _sentence(comment: str) -> str:
    return f"{comment[:1].upper()}{comment[1:]}."


def _typed(kind: inspect.Type) -> str:
    """A type, as TypeScript writes it."""
    match kind:
        case inspect.StructType():
            return kind.cls.__name__
        case inspect.ListType():
            return f"{_typed(kind.item_type)}[]"
        case inspect.DictType():
            return f"Record<{_typed(kind.key_type)}, {_typed(kind.value_type)}>"
        case inspect.LiteralType():
            values = frozenset(map(str, kind.values))
            return _ALIASES.get(values) or _one_of(values)
        case inspect.UnionType():
            return " | ".join(map(_typed, kind.types))
    return _SIMPLE[type(kind)]


def _one_of(values: frozenset[str]) -> str:
    return " | ".join(f'"{value}"' for value in sorted(values))


def _answers(name: str, calls: Mapping[str, Callable[..., Any]]) -> Iterator[str]:
    """Write the type of the answer to each call, or to each kind of file that is given."""
    yield f"/** What is answered: by what is asked. */\nexport interface {name} {{"
    for asked, call in sorted(calls.items()):
        yield f"  {asked}: {get_type_hints(call)['return'].__name__};"
    yield "}"


if __name__ == "__main__":
    TARGET.write_text(contract_types(), "utf-8")
    print(f"Wrote {TARGET}")
