"""What an object of a PDF file is, whatever its number: a hash of it and of all it refers to.

Two files of one campaign give equal pieces equal hashes, so that each is looked at once. A skeleton is what is left
of a file when its texts are taken out: files with one skeleton have one structure.
"""

import re
from collections.abc import MutableMapping
from hashlib import blake2b

import pikepdf

_REFERENCE = re.compile(rb"(?<![\w.+-])(\d{1,10}) (\d{1,5}) R\b")
_BACK = frozenset({"/Parent", "/P", "/StructParent", "/StructParents", "/Annots", "/B"})
# possessive (++, *+), so that spoilt content is not tried in every way it could be taken
_STRING = re.compile(rb"\((?:[^()\\]|\\.)++\)|<[0-9A-Fa-f\s]++>(?!>)", re.DOTALL)
_SHOWN = re.compile(rb"\[(?:[^\]()<]|\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f\s]*+>)*+\]\s*TJ", re.DOTALL)
_SHOW = re.compile(rb"(?:\(x\)|\[\]) ?T[jJ]")
_TEXT = re.compile(rb"\bBT\b.*?\bET\b", re.DOTALL)
_SET = re.compile(rb"(?<![\d.-])(?:-?[\d.]++\s++){1,6}+(?:Tm|Td|TD|Tw|Tc|Tz)\b")  # where text begins, how wide it is
_CONTENT_KEYS = frozenset({"/Length", "/Filter", "/DecodeParms"})  # of a stream that is no font, picture, profile
_LENGTH = re.compile(rb"/Length \d+")
_XMP_TEXT = re.compile(rb">(?!PDF/)[^<]{5,}<")  # titles and dates; not « 1 », « A », « PDF/X-4 », which are claims
_DEEP = 40


def digest(*parts: bytes) -> bytes:
    """16 bytes that stand for all parts, in this order."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


class Fingerprints:
    """Hashes of the objects of one open file, each made once."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._known: dict[tuple[int, int], bytes] = {}

    def of(self, item: object, depth: int = 0) -> bytes:
        """The hash of an object and of everything below it; what leads back up to pages is left out."""
        if not isinstance(item, pikepdf.Object):
            return digest(repr(item).encode())
        key = item.objgen
        if key != (0, 0):
            if key in self._known:
                return self._known[key]
            self._known[key] = b"cycle"
        found = self._make(item, depth)
        if key != (0, 0):
            self._known[key] = found
        return found

    def _make(self, item: pikepdf.Object, depth: int) -> bytes:
        if depth > _DEEP:
            return b"deep"
        stream = item.read_raw_bytes() if isinstance(item, pikepdf.Stream) else b""
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            parts = [
                part for name in sorted(item.keys()) if name not in _BACK for part in self._entry(item, name, depth)
            ]
            return digest(b"<<", *parts, stream)
        return digest(self._resolved(item.unparse(resolved=True), depth))

    def _entry(self, item: pikepdf.Object, name: str, depth: int) -> tuple[bytes, bytes]:
        value = item.get(name)
        return name.encode("utf-8", "surrogateescape"), self.of(value, depth + 1)

    def _resolved(self, text: bytes, depth: int) -> bytes:
        """What an object is written as, with the hashes of what it refers to in the place of their numbers."""

        def put(match: re.Match[bytes]) -> bytes:
            return self.of(self._pdf.get_object(int(match[1]), int(match[2])), depth + 1)

        return _REFERENCE.sub(put, text)


def skeleton(pdf: pikepdf.Pdf, known: MutableMapping[bytes, bytes] | None = None) -> bytes:
    """A hash of a whole file without its texts: objects by number, operators and tags, but no characters.

    Nor what depends on characters: where a line of type begins (it may be centred), how long a stream is.
    `known` remembers streams that several files share.
    """
    seen = {} if known is None else known
    parts = []
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            entries = _LENGTH.sub(b"", _STRING.sub(b"(x)", item.stream_dict.unparse()))
            parts.append(entries)
            key = digest(entries, item.read_raw_bytes())
            if key not in seen:
                seen[key] = digest(_bare_content(item))
            parts.append(seen[key])
        elif isinstance(item, pikepdf.Object):
            parts.append(_STRING.sub(b"(x)", item.unparse(resolved=True)))
        else:
            parts.append(repr(item).encode())
    return digest(*parts)


def _bare_content(stream: pikepdf.Stream) -> bytes:
    """A content stream with its strings taken out, metadata without their texts; other streams as they are."""
    is_metadata = stream.get("/Subtype") == "/XML"
    if not (is_metadata or stream.get("/Subtype") == "/Form" or _CONTENT_KEYS.issuperset(stream.keys())):
        return stream.read_raw_bytes()
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
    if is_metadata:
        return _XMP_TEXT.sub(b"><", content)
    bare = _STRING.sub(b"(x)", _SHOWN.sub(b"[]TJ", content)) if b"BT" in content else content
    return _TEXT.sub(lambda text: _SET.sub(b"", _SHOW.sub(b"Tj", text[0])), bare)
