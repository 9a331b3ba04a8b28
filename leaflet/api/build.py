"""``leaflet.build``: make one file for each school."""

from pathlib import Path
from typing import Unpack

from leaflet.api.keywords import Inputs, StrPath, input_fields
from leaflet.production.build import build as run
from leaflet.production.options import BuildOptions, BuildResult
from leaflet.production.storage import is_address


def build(
    campaign: StrPath,
    out: StrPath = "out",
    *,
    jobs: int | None = None,
    scheduler: str | None = None,
    shard: tuple[int, int] | None = None,
    anew: bool = False,
    prune: bool = False,
    waiting: StrPath | None = None,
    **inputs: Unpack[Inputs],
) -> BuildResult:
    """Make the documents of a campaign, one PDF file for each school; what is right already stays as it is.

    Args:
        campaign: the campaign file.
        out: the folder, the ZIP archive or the address of a storage to write into.
        jobs: processes; by default all cores, if that is worth it.
        scheduler: the address of a Dask scheduler whose workers make the files.
        shard: (i, n) makes the i-th of n parts only, counted from 1.
        anew: make every file again, also those that would come out the same.
        prune: remove files of schools and documents that are no longer there.
        waiting: a folder where the files of an archive wait until all are made, so that a build that was stopped can
            go on; with `prune`.
        inputs: see `leaflet.api.keywords.Inputs`.

    Returns:
        How many files there are, how many were made and why, and what else was found: also the errors of files that
        cannot be made for one school, which are left out.

    Raises:
        LeafletError: with every fault found; no file has a name then that it had not before, or other bytes.
        KeyboardInterrupt: a signal stopped it; the same call goes on where it was.
    """
    is_named = is_address(str(out))
    return run(
        BuildOptions(
            **input_fields(campaign, out, inputs),
            address=str(out) if is_named else None,
            jobs=jobs,
            scheduler=scheduler,
            shard=shard,
            anew=anew,
            prune=prune,
            waiting=None if waiting is None else Path(waiting),
        )
    )
