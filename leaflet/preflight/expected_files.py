"""Hold finished files against those that their campaign makes, while the check of the campaign lays them out.

A build gives the same bytes each time. A file that has the bytes of the one that is made again shows what the
campaign says; another one is compared with it (``rules/expected``). The files that this takes stand in a folder of
their own while files are judged.

Files that are as expected are of a few kinds: those of one kind differ in words, of which no rule makes anything. One
verdict holds for all of them (`judge_processes`). Words that a rule might see make a kind of their own.

What a file should be is told by its name, as a build gives names: a leaflet under the name of another school is not
what is expected there. Print runs, and files of some people, are made on request only, and not expected.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from hashlib import sha256
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from leaflet.confidential import find_secret
from leaflet.faults import LeafletError, Place
from leaflet.layout.face import Layout
from leaflet.layout.fonts import plain_zeros
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Text
from leaflet.preflight.targets import CheckTarget
from leaflet.production.document import DocumentMaker, file_name
from leaflet.production.long_files import write_long_file
from leaflet.production.materials import Materials
from leaflet.production.worker import lay_out_all
from leaflet.tables import School
from leaflet.tables.keys import is_uai

_PARTS = (3, 2)  # of a path that are the name of a file: document, département, file
_QUIET = re.compile(  # words that say nothing to rules, if none of them is below: of names and towns
    r"\bcedex \d\d?\b|\b[^\W\d_]+\b\.?(?=[\s,'’()–-]|$)|[\s,'’()–-]+", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")  # a date, an hour, a number
_TELLING = re.compile(
    r"(?<![\w-])(?:vot(?:e|er|ez|ons|ant)|scrutin|[ée]lections?|ouve?r\w+|ferm[eé]\w*|cl[ôo]tur\w*|jusqu|mots?|passes?"
    r"|codes?|cl[ée]s?|pin|secrets?|numen|identifiants?|login|e?mails?|courriels?|adresses?|utilisateur|m[ée]mo\w*|aide"
    r"|qr|url|https?|www|none|nan|null|undefined|todo|fixme|tbd|mergefield|lorem|x{3,}|erreur|error|compl[ée]ter)\b"
    r"|[ÃÂ]\W|â€|[^\x20-\x7e\xa0-\u024f\u2010-\u2027]",
    re.IGNORECASE,
)


@contextmanager
def expecting(targets: Sequence[CheckTarget]) -> Iterator["ExpectedFiles"]:
    """Yield what holds finished files against those that a campaign makes."""
    with TemporaryDirectory(prefix="leaflet-") as folder:
        yield ExpectedFiles(targets, Path(folder))


class ExpectedFiles:
    """The files that are expected in the place of finished ones; those that these differ from are in a folder."""

    def __init__(self, targets: Sequence[CheckTarget], folder: Path) -> None:
        self._found, self._folder = {target.path: target for target in targets}, folder
        self._wanted: dict[str, list[Path]] | None = None  # the files meant by the names that a build gives
        self._far: dict[Path, int] = {}  # by how much the size of an expected file differs; -1 for the same bytes
        self._kinds: dict[Hashable, int] = {}

    def see(self, maker: DocumentMaker, school: School, layout: Layout) -> None:
        """Make the file of a school, if a finished one has its name, and hold it against that."""
        materials, document = maker.materials, maker.document
        paths = self._meant(materials).pop(file_name(document, school, grouped=materials.is_large), ())
        with suppress(LeafletError):  # its check reports it
            if paths and maker.is_long(school):
                written = BytesIO()
                write_long_file(maker, school, written, Place(file=document.name, key=school.key))
                self._hold(paths, written.getvalue())
            elif paths:
                self._hold(paths, maker.write(layout).data, **self._kind(maker, school, layout))

    def held(self, materials: Materials) -> tuple[CheckTarget, ...]:
        """Return the files to judge; those that were not seen, whose schools were not chosen, are seen now."""
        for document in filter(attrgetter("is_paper"), materials.campaign.documents):
            wanted, name = self._meant(materials), partial(file_name, document, grouped=materials.is_large)
            if left := [school for school in materials.schools if name(school) in wanted]:
                with suppress(LeafletError):  # its check reports it
                    maker = DocumentMaker(materials, document)
                    for school, layout in lay_out_all(maker, left):
                        if isinstance(layout, Layout):
                            self.see(maker, school, layout)
        return tuple(self._found.values())

    def _meant(self, materials: Materials) -> dict[str, list[Path]]:
        """Return the finished files by what each should be; outside of the folders of documents, one of several."""
        if self._wanted is None:
            self._wanted, last = {}, defaultdict[str, list[str]](list)
            for document in filter(attrgetter("is_paper"), materials.campaign.documents):
                for school in materials.schools:
                    name = file_name(document, school, grouped=materials.is_large)
                    last[name.rpartition("/")[2]].append(name)
            for path in self._found:
                names = last.get(path.name, [])
                whole = ("/".join(path.parts[-count:]) for count in _PARTS)
                own = next((name for name in whole if name in names), None)
                for name in names if own is None else [own]:
                    self._wanted.setdefault(name, []).append(path)
        return self._wanted

    def _hold(self, paths: Sequence[Path], expected: bytes, **kind: Any) -> None:
        """Keep what is expected in the place of files with other bytes; of several, that of nearest size."""
        for path in paths:
            target = self._found[path]
            try:
                found = path.read_bytes()
            except OSError:
                continue  # which is a finding of its own
            far = abs(len(expected) - len(found))
            if found == expected:
                self._far[path] = -1
                known = {"size": len(found), "sha256": sha256(found).hexdigest(), **kind}
                self._found[path] = replace(target, expected=None, **({} if target.is_personal else known))
            elif far < self._far.get(path, far + 1):
                self._far[path] = far
                written = target.expected or self._folder / f"{len(self._far)}.pdf"
                written.write_bytes(expected)
                self._found[path] = replace(target, expected=written)

    def _kind(self, maker: DocumentMaker, school: School, layout: Layout) -> dict[str, Any]:
        """Return which kind of file a layout gives, and how far the words reach in which it differs from others."""
        same, by_face = maker.likeness.of(layout)
        texts = [marks for face in by_face for marks in face]
        own = school.key if is_uai(school.key) else "\0"
        title = layout.title if find_secret(layout.title) else _QUIET.sub("", layout.title)  # all that is asked of it
        said = [_said(marks, own) for marks in texts]
        kind = self._kinds.setdefault((maker.document.name, same, title, *said), len(self._kinds))
        book = maker.materials.book
        width = sum(to_um(book.face(m.weight).width(m.text), m.size) for marks in texts for m in marks)
        letters = tuple(sum(len(m.text) - m.text.count(" ") for marks in face for m in marks) for face in by_face)
        return {"kind": kind, "width": width, "letters": letters}


def _said(marks: Sequence[Text], own: str) -> str:
    """Return what a text may say to a rule; of several lines, which may be running text, all."""
    text = plain_zeros("".join(mark.text for mark in marks)).replace(own, "")
    left = _QUIET.sub("", text)
    is_told = len({mark.y for mark in marks}) > 1 or _TELLING.search(text) or _DIGIT.search(left)
    return text if is_told else left
