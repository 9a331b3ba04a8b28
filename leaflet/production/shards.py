"""Merge the parts (shards) of a build that were made on machines without connection to each other."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from leaflet.faults import Place, Report, fail
from leaflet.production import manifest as lists
from leaflet.production.folder_store import BuildIdentity, FolderStore


def shard_name(shard: tuple[int, int]) -> str:
    """Return the name of the manifest of a part: ``manifest-2-of-3.json``."""
    return f"manifest-{shard[0]}-of-{shard[1]}.json"


class _Shard(NamedTuple):
    """One part: its number, the number of parts, and its manifest, with the path of that."""

    number: int
    parts: int
    path: Path
    manifest: lists.Manifest

    @property
    def build(self) -> tuple[object, ...]:
        """Return what all parts of a build have in common."""
        return self.parts, self.manifest.campaign, self.manifest.election, self.manifest.whole


def merge_shards(folders: Sequence[Path], out: Path, *, replace_others: bool = False) -> lists.Manifest:
    """Put the files of all shards of a build into one folder, which may be theirs; return the manifest of the whole.

    Every file is verified by the hash in the manifest of its shard.
    """
    shards = sorted(_read(folders))
    _check(shards, folders[0])
    first, made, makings = shards[0].manifest, dict[str, lists.Entry](), dict[str, lists.Making]()
    with FolderStore(out, BuildIdentity(first.campaign, first.election), replace_others=replace_others) as store:
        for shard in shards:
            for entry in shard.manifest.entries:
                data = lists.read_listed(shard.path.parent, entry)
                if data is None:
                    raise fail("W109", Place(file=str(shard.path)), name=entry.file)
                store.sink.write(entry.file, data, private=entry.personal)
                made[entry.file] = entry
            store.mark_finished(shard.manifest.entries)
            makings.update(shard.manifest.makings)
        old = store.earlier
        entries = lists.merge(old.entries if old else [], [*made.values()])
        makings = {**(old.makings if old else {}), **makings}
        store.commit(lists.manifest_lines(replace(first, entries=entries, makings=makings, whole="")), ())
    for shard in shards:
        if shard.path.parent.resolve() == out.resolve():
            with suppress(OSError):  # a manifest too many does no harm
                shard.path.unlink()
    return replace(first, entries=[*made.values()], makings=makings, whole="")


def _read(folders: Sequence[Path]) -> Iterator[_Shard]:
    """Yield the shards of some folders, each folder once."""
    for folder in {folder.resolve(): folder for folder in folders}.values():
        if not (paths := [*folder.glob("manifest-*-of-*.json")]):
            raise fail("U027", Place(file=str(folder)), known=shard_name((1, 3)))
        for path in paths:
            match, manifest = lists.SHARD_NAME.fullmatch(path.name), lists.read_manifest(folder, path.name)
            if match and manifest is not None and manifest.whole:
                yield _Shard(int(match[1]), int(match[2]), path, manifest)


def _check(shards: Sequence[_Shard], folder: Path) -> None:
    """Check that they are all the parts of one build."""
    if not shards:
        raise fail("U027", Place(file=str(folder)), known=shard_name((1, 3)))
    report, parts = Report(), shards[0].parts
    for shard in shards:
        if shard.build != shards[0].build:
            report.add("U028", Place(file=str(shard.path)), other=str(shards[0].path))
    missing = set(range(1, parts + 1)).difference(shard.number for shard in shards)
    for number in sorted(missing) if not report.errors else ():
        report.add("U026", Place(file=str(folder)), missing=number, parts=parts)
    report.raise_errors()
