"""A build in parts, on machines that know nothing of each other: the list of each part, and putting them together."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, Report, fail
from leaflet.production.manifest import SHARD_NAME, Entry, Manifest, manifest_lines, merge, read_manifest
from leaflet.production.storage import FolderStore, Head


def shard_name(shard: tuple[int, int]) -> str:
    """The list of what one part made: ``manifest-2-of-3.json``."""
    return f"manifest-{shard[0]}-of-{shard[1]}.json"


class _Shard(Struct, frozen=True):
    """One part: number and number of parts, its list, the folder it is in."""

    number: int
    parts: int
    manifest: Manifest
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / shard_name((self.number, self.parts))


def merge_shards(folders: Sequence[Path], out: Path) -> Manifest:
    """Put together in one folder what all shards of a build have made; returns the list of it.

    It may be the folder they were all written into. Files are judged by the hashes of the lists.

    Raises:
        UsageError: a shard is missing, or of another build.
        RenderError: a file is missing or altered, or cannot be written.
    """
    shards = sorted(_read(folders), key=lambda shard: shard.number)
    _check(shards, folders)
    first = shards[0].manifest
    makings = {key: making for shard in shards for key, making in shard.manifest.makings.items()}
    with FolderStore(out, Head(first.campaign, first.election)) as store:
        for shard in shards:
            for entry in shard.manifest.entries:
                store.sink.write(entry.file, _content(shard, entry), private=entry.personal)
            store.note(shard.manifest.entries, ())
        entries = list({entry.file: entry for shard in shards for entry in shard.manifest.entries}.values())
        old = store.earlier.entries if store.earlier else []
        makings = {**(store.earlier.makings if store.earlier else {}), **makings}
        merged = replace(first, entries=merge(old, entries), makings=makings, whole="")
        store.commit(manifest_lines(merged), ())
    for shard in shards:
        if shard.folder.resolve() == out.resolve():
            with suppress(OSError):  # a list too much does no harm
                shard.path.unlink()
    return replace(merged, entries=entries)


def _read(folders: Iterable[Path]) -> Iterator[_Shard]:
    """The shards of some folders, each folder once."""
    for folder in {folder.resolve(): folder for folder in folders}.values():
        for path in sorted(folder.glob("manifest-*-of-*.json")):
            match = SHARD_NAME.fullmatch(path.name)
            manifest = read_manifest(folder, path.name) if match else None
            if match and manifest is not None and manifest.whole:
                yield _Shard(int(match[1]), int(match[2]), manifest, folder)


def _check(shards: Sequence[_Shard], folders: Sequence[Path]) -> None:
    """They are all the parts of one build."""
    if not shards:
        raise fail("U027", Place(file=str(folders[0])), known=shard_name((1, 3)))
    first, report = shards[0], Report()
    for shard in shards:
        if _head(shard) != _head(first):
            report.add("U028", Place(file=str(shard.path)), other=str(first.path))
    if not report.errors:
        known = {shard.number for shard in shards}
        for number in sorted(set(range(1, first.parts + 1)) - known):
            report.add("U026", Place(file=str(folders[0])), missing=number, parts=first.parts)
    report.raise_errors()


def _head(shard: _Shard) -> tuple[object, ...]:
    """What all parts of a build have in common."""
    manifest = shard.manifest
    return shard.parts, manifest.campaign, manifest.election, manifest.whole


def _content(shard: _Shard, entry: Entry) -> bytes:
    """The bytes of a file as the shard made it.

    Raises:
        RenderError: they are not there, not those of the list, or lead out of its folder.
    """
    path = shard.folder / entry.file
    try:
        if path.resolve().is_relative_to(shard.folder.resolve()):
            data = path.read_bytes()
            if sha256(data).hexdigest() == entry.sha256:
                return data
    except OSError:
        pass
    raise fail("W109", Place(file=str(shard.path)), name=entry.file)
