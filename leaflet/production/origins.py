"""Digest what a file is made from, to know whether it would come out the same again, and if not, why.

A `Making` has digests of what all files of a document share, `Origins.context` is of what the schools of one
département share, `row_digest` of what varies from school to school.
"""

import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from glob import glob
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from leaflet.campaign import Document
from leaflet.campaign.model import DraftDocument
from leaflet.markup.blanks import BlankField
from leaflet.markup.record_values import RecordContexts
from leaflet.pdf.verify_codes import can_decode
from leaflet.production.design import Design, used_packages
from leaflet.production.manifest import PACKAGES, Entry, Making, Manifest, Reason
from leaflet.production.materials import Materials
from leaflet.program import __version__
from leaflet.tables import Person, School
from leaflet.tables.staff import People

_MAKING: tuple[Reason, ...] = ("program", "template", "theme", "drawings", "letters", "logo", "settings")
_LIBRARIES = ("fonttools", "jinja2", "pillow", "publicsuffixlist", "qrcode", "reportlab")  # may change bytes


class Origin(NamedTuple):
    """The origin of one file: the key of its document's making, the digests of its context and its row."""

    making: str
    context: str
    row: str


def making_of(materials: Materials, document: Document, design: Design, *, verified: bool) -> Making:
    """Return digests of what all files of a document are made from, and whether they are `verified`.

    Files whose codes could not be decoded are made anew where they can be.
    """
    stock = materials.stocks.get(document.sheet) if document.sheet else None
    settings = [
        *(document.per, document.makes, document.read_on, document.phases),
        *(document.flip, document.order, document.fold, stock),
        *(materials.start, materials.printer, materials.outline, materials.created),
        materials.campaign.publisher.name,
        *(document.facts if isinstance(document, DraftDocument) else ()),
    ]
    packages = used_packages(materials.campaign, document, design)
    return {
        **({PACKAGES: ", ".join(packages)} if packages else {}),
        "program": program_digest(),
        "template": _digest(chain.from_iterable(sorted(design.files.items()))),
        "theme": _digest([design.theme.model_dump_json()]),
        "drawings": _digest(chain.from_iterable(sorted([*design.icons.items(), ("", ""), *design.scenes.items()]))),
        "letters": _digest([materials.book.key, "".join(sorted(materials.letters))]),
        "logo": _digest([materials.logo]) if materials.logo else "",
        "settings": _digest([repr(settings)]),
        "verified": "no" if not verified else "yes" if can_decode() else "but codes",
    }


def row_digest(school: School, people: Sequence[Person], *, personal: bool) -> str:
    """Return a digest of a school's values in the lists, and of its people if `personal`, else their number.

    The line of a school or person does not matter.
    """
    place = school.address, school.postcode, school.town, school.academie_label
    values = (school.key, school.name, *place, school.sector, school.copies, school.staff, school.columns)
    if not personal:
        return _digest([repr((values, len(people)))])
    staff = [(p.first_name, p.last_name, p.address, p.user_name, p.columns) for p in people]
    return _digest([repr((values, staff))])


class Origins:
    """The origins of the files of a build. What a département's schools share is digested once."""

    def __init__(self, contexts: RecordContexts) -> None:
        self._contexts = contexts
        # with the areas, so that no other object gets their id
        self._digests: dict[int, tuple[Mapping[str, Any], str]] = {}

    def of(self, document: Document, school: School, making: str, people: People) -> Origin:
        """Return the origin of a school's file; `making` is the key of its document's, `people` are the staff."""
        row = row_digest(school, people.get(school.key, ()), personal=document.per == "person")
        return Origin(making, self.context(school), row)

    def context(self, school: School) -> str:
        """Return a digest of the values that campaign, académie and département give a school.

        The logo is left out: its path differs from machine to machine, and its content is part of the making.
        """
        area = self._contexts.shared_by(school)
        if id(area) not in self._digests:
            placeless = {**area, "publisher": {**area["publisher"], "logo": None}}
            written = json.dumps(placeless, default=_plain, ensure_ascii=False, sort_keys=True)
            self._digests[id(area)] = area, _digest([written])
        return self._digests[id(area)][1]


def reason_to_make(origin: Origin, entry: Entry | None, making: Making, before: Manifest | None) -> Reason | None:
    """Return why the file of an entry differs from what would be made now; None if it does not."""
    if entry is None or before is None:
        return "new"
    if entry.making != origin.making:
        old = before.makings.get(entry.making, {})
        for reason in _MAKING:
            if old.get(reason) != making[reason]:
                return reason
        if making["verified"] != "no" and old.get("verified") not in (making["verified"], "yes"):
            return "verified"
    if entry.context != origin.context:
        return "campaign"
    return "row" if entry.row != origin.row else None


@cache
def program_digest() -> str:
    """Return a digest of the program's code, and of the releases of the libraries that write files with it."""
    package, parts = Path(__file__).resolve().parent.parent, list[str | bytes]()
    for name in _LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"{name} ")
    for name in sorted(glob("**/*.py", root_dir=package, recursive=True)):  # noqa: PTH207 - names, no paths
        with open(f"{package}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - every build reads hundreds
            parts += [name.replace(os.sep, "/"), file.read()]
    return _digest([__version__, zlib.ZLIB_RUNTIME_VERSION, *parts])


def _plain(value: object) -> str:
    """Return a value that JSON does not know as text: a blank by its field, a date by its ``repr``."""
    return f"blank {value._undefined_name}" if isinstance(value, BlankField) else repr(value)


def _digest(parts: Iterable[str | bytes]) -> str:
    """Return the first 16 digits of the SHA-256 of parts, each after its length."""
    hashed = sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    return hashed.hexdigest()[:16]
