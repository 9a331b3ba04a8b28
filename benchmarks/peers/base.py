"""Share among peers the `Peer` shape, the links, the QR matrices, fonts, and writing a file.

A peer module has one function ``make_peer(variant, folder) -> Peer`` that imports its engine, registers
fonts and loads its template, so that this cost counts as start-up and not per file.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generate import School

HERE = Path(__file__).resolve().parent
PORTAL = "https://elections2018.education.gouv.fr/"
WEBMAIL = "https://pia.ac-orleans-tours.fr/"
WORDS = tomllib.loads((HERE / "leaflet.toml").read_text("utf-8"))
QR_LINKS = {"portal": PORTAL, "webmail": WEBMAIL}
Matrix = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Peer:
    """One engine, ready."""

    version: str
    render: Callable[[School], bytes] | None = None  # makes one school's file; None if asked for one of all only
    merge: Callable[[Sequence[School], Path], object] | None = None  # writes all leaflets into one file


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Return what a leaflet prints of its school, each on a line of its own (a long name may take two)."""

    name: str
    address: str
    copies: str
    mark: str  # in the footer of both pages


def lines_of(school: School) -> Lines:
    """The lines of a school."""
    return Lines(
        name=school.nom,
        address=f"{school.adresse}, {school.code_postal} {school.commune}",
        copies=f"UAI {school.uai} · {school.exemplaires} exemplaires",
        mark=f"{school.uai} · v1",
    )


def fonts_folder() -> Path:
    """The folder of the program's own faces, as TTF files."""
    return Path(__file__).resolve().parents[2] / "assets" / "fonts"


@cache
def qr_matrix(link: str) -> Matrix:
    """The modules of a level-M QR code, without quiet zone; made once per address and process."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(link)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


@cache
def qr_runs(link: str) -> list[tuple[int, int, int]]:
    """The dark modules as horizontal runs (column, row from the top, length): fewer shapes than modules."""
    runs: list[tuple[int, int, int]] = []
    for y, row in enumerate(qr_matrix(link)):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append((start, y, x - start))
            x = max(x, start + 1)
    return runs


@cache
def svg_code(link: str) -> dict[str, Any]:
    """Size in modules and path data of one QR code."""
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in qr_runs(link))
    return {"size": len(qr_matrix(link)), "path": path}


def write_atomically(path: Path, content: bytes) -> None:
    """Write by temporary file and rename, as every peer here does; no ``fsync``."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
