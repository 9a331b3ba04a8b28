"""The bytes that two checkouts must agree on: what a command made, without what may differ between two runs.

Taken out: in a manifest the version of the program, the digest of its code, the keys that stand for it and the seal;
in texts, where the files are; in what a command said, how long something took, the lines of progress, which come by
the clock, and the way through the code that a traceback shows.
"""

import json
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePath

SAID = ".said.txt"  # how the name ends of a file with all that a command said
_MANIFEST = re.compile(r"manifest(-\d+-of-\d+)?\.json")
_TEXTS = {".txt", ".json", ".csv", ".html", ".md", ".toml", ".xml"}
_ABOUT = ("date_time", "compress_type", "external_attr", "create_system", "extra", "flag_bits")  # of a ZIP's file
_FILES = b'"files":['
_CHANGING = [
    (
        re.compile(rb'("(?:seconds|files_per_second|seconds_left|opening|reading|K\d{3})": )-?[\d.]+(?:e-?\d+)?'),
        rb"\g<1>0",
    ),
    (re.compile(rb' time="[\d.]+"'), b' time="0"'),
    (re.compile(rb'^\{"event": "(?:progress|reading)".*\n', re.M), b""),
    (re.compile(rb"^\d+ (?:of|sur) \d+.*  \S.*\n", re.M), b""),
    (re.compile("^.+\u00a0?: [\\d,\u202f\u00a0]+ (?:rows read|lignes lues)\n".encode(), re.M), b""),
    (re.compile(rb"^(Traceback .*\n)(?:  .*\n)+", re.M), rb"\1"),  # its end says enough, whatever the modules
    (re.compile(rb" at 0x[0-9a-f]+"), b""),
    (re.compile(rb"nanobind: leaked .*", re.S), b""),  # a library's farewell, in any order
]


def parts_of(path: Path, places: Mapping[str, str], ignored: Collection[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield what is compared of a file; an archive has a part for each of its files.

    Args:
        path: the file.
        places: what stands for a folder of this machine, by its path.
        ignored: more digests of a manifest that are taken out, such as ``theme``.

    Yields:
        The name of the part, empty for a file that is one, and its bytes without what may differ.
    """
    data = path.read_bytes()
    if path.suffix != ".zip":
        yield "", mask(path.name, data, places, ignored)
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for info in archive.infolist():
            about = tuple(getattr(info, name) for name in _ABOUT)
            yield f"!{info.filename}", repr(about).encode() + mask(info.filename, archive.read(info), places, ignored)


def mask(name: str, data: bytes, places: Mapping[str, str], ignored: Collection[str] = ()) -> bytes:
    """Return the bytes of a file of this name without what may differ."""
    path = PurePath(name)
    if _MANIFEST.fullmatch(path.name):
        return mask_manifest(data, ignored)
    if path.suffix not in _TEXTS:
        return data
    for place in sorted(places, key=len, reverse=True):
        data = data.replace(place.encode(), places[place].encode())
    if path.name.endswith(SAID):
        for pattern, instead in _CHANGING:
            data = pattern.sub(instead, data)
    return data


def mask_manifest(data: bytes, ignored: Collection[str] = ()) -> bytes:
    """Return a manifest without the program's version and code; one that is damaged stays as it is.

    The key of a making is a digest of it, so it is made again of what is left.
    """
    head, found, rest = data.partition(_FILES)
    try:
        top = json.loads(head + _FILES + b"]}")
        old = top.get("makings", {})
        new = {key: {name: "" if name in {"program", *ignored} else text for name, text in making.items()}
               for key, making in old.items()}  # fmt: skip
    except (ValueError, AttributeError):
        return data
    keys = {key: sha256(json.dumps(making).encode()).hexdigest()[:12] for key, making in new.items()}
    top |= {"leaflet": "", "makings": dict(sorted((keys[key], making) for key, making in new.items()))}
    if "whole" in top:  # of a shard: a digest of keys
        top["whole"] = ""
    rest = re.sub(
        rb'"making":"(\w*)"', lambda match: b'"making":"%s"' % keys.get(match[1].decode(), "").encode(), rest
    )
    rest = re.sub(rb'"seal":"\w*"', b'"seal":""', rest)
    for name in ignored:
        rest = re.sub(rb'"%s":"\w*"' % re.escape(name.encode()), b"", rest)
    return json.dumps(top, ensure_ascii=False).encode() + found + rest
