"""Merge the parts (shards) of a build that were made on machines without connection to each other."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, Report, fail
from leaflet.production.manifest import SHARD_NAME, Entry, Manifest, manifest_lines, merge, read_manifest
from leaflet.production.storage import BuildIdentity, FolderStore


def shard_name(shard: tuple[int, int]) -> str:
    """Return the name of the manifest of a part: ``manifest-2-of-3.json``."""
    return f"manifest-{shard[0]}-of-{shard[1]}.json"


class _Shard(Struct, frozen=True):
    """One part: its number, the number of parts, its manifest, and the folder it is in."""

    number: int
    parts: int
    manifest: Manifest
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / shard_name((self.number, self.parts))


def merge_shards(folders: Sequence[Path], out: Path, *, replace_others: bool = False) -> Manifest:
    """Put the files of all shards of a build into one folder, which may be the one they were all written into.

    Every file is verified by the hash in the manifest of its shard.

    Args:
        folders: where the shards are.
        out: the folder to write into.
        replace_others: replace what has the names of its files, whoever made it.

    Returns:
        The manifest of the whole build.

    Raises:
        UsageError: a shard is missing, or of another build.
        RenderError: a file is missing or altered, or cannot be written.
    """
    shards = sorted(_read(folders), key=lambda shard: shard.number)
    _check(shards, folders)
    first = shards[0].manifest
    makings = {key: making for shard in shards for key, making in shard.manifest.makings.items()}
    with FolderStore(out, BuildIdentity(first.campaign, first.election), replace_others=replace_others) as store:
        for shard in shards:
            for entry in shard.manifest.entries:
                store.sink.write(entry.file, _content(shard, entry), private=entry.personal)
            store.mark_finished(shard.manifest.entries, ())
        entries = list({entry.file: entry for shard in shards for entry in shard.manifest.entries}.values())
        old = store.earlier.entries if store.earlier else []
        makings = {**(store.earlier.makings if store.earlier else {}), **makings}
        merged = replace(first, entries=merge(old, entries), makings=makings, whole="")
        store.commit(manifest_lines(merged), ())
    for shard in shards:
        if shard.folder.resolve() == out.resolve():
            with suppress(OSError):  # a manifest too many does no harm
                shard.path.unlink()
    return replace(merged, entries=entries)


def _read(folders: Iterable[Path]) -> Iterator[_Shard]:
    """Yield the shards of some folders, each folder once."""
    for folder in {folder.resolve(): folder for folder in folders}.values():
        for path in sorted(folder.glob("manifest-*-of-*.json")):
            match = SHARD_NAME.fullmatch(path.name)
            manifest = read_manifest(folder, path.name) if match else None
            if match and manifest is not None and manifest.whole:
                yield _Shard(int(match[1]), int(match[2]), manifest, folder)


def _check(shards: Sequence[_Shard], folders: Sequence[Path]) -> None:
    """Check that they are all the parts of one build.

    Raises:
        UsageError: there are none, some are missing, or they are of different builds.
    """
    if not shards:
        raise fail("U027", Place(file=str(folders[0])), known=shard_name((1, 3)))
    first, report = shards[0], Report()
    for shard in shards:
        if _build_of(shard) != _build_of(first):
            report.add("U028", Place(file=str(shard.path)), other=str(first.path))
    if not report.errors:
        known = {shard.number for shard in shards}
        for number in sorted(set(range(1, first.parts + 1)) - known):
            report.add("U026", Place(file=str(folders[0])), missing=number, parts=first.parts)
    report.raise_errors()


def _build_of(shard: _Shard) -> tuple[object, ...]:
    """Return the values that all parts of a build have in common."""
    manifest = shard.manifest
    return shard.parts, manifest.campaign, manifest.election, manifest.whole


def _content(shard: _Shard, entry: Entry) -> bytes:
    """Return the bytes of a file as the shard made it.

    Raises:
        RenderError: the file is missing, does not have the hash of the manifest, or is not below its folder (W109).
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
