"""Find the commit that a change is compared with, and check it out beside the repository for a while.

It is the merge base: where the branch of the change left the base branch. What others have put into the base branch
since does not count as a change. Nothing is fetched: a recipe says how much history its clone has.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from leaflet.faults import Place, fail

_UNSAFE = re.compile(r"[^A-Za-z0-9._]+")
_LONGEST = 60  # characters of a name of a folder
_SHORT = 7  # digits of a commit, as git shows it
_NO_COMMIT = re.compile(r"0*")  # what hosts give as the commit before the first one


class Base(Struct, frozen=True, kw_only=True):
    """The commit that is compared with."""

    repository: Path  # its folder
    commit: str  # the hash of the merge base
    name: str  # of the folders made from it, which reports show
    campaign: Path  # the path of the campaign in the repository


def find_base(campaign: Path, revision: str) -> Base | None:
    """Find the merge base of a revision and what is checked out; None if the revision is empty, or noughts alone."""
    if _NO_COMMIT.fullmatch(revision):
        return None
    path = campaign.parent.resolve() / campaign.name
    place = Place(field="--base")
    try:
        repository = Path(_git(path.parent, "rev-parse", "--show-toplevel")).resolve()
    except (OSError, subprocess.CalledProcessError) as error:
        raise fail("U130", place, value=campaign.name, problem=_reason(error)) from None
    try:
        commit = _git(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError:
        raise fail("U131", place, value=revision) from None
    name = "" if commit.startswith(revision) else _UNSAFE.sub("-", revision).strip("-.")[:_LONGEST]
    with suppress(subprocess.CalledProcessError):  # no common history: the commit itself
        commit = _git(repository, "merge-base", "HEAD", commit)
    return Base(
        repository=repository,
        commit=commit,
        name=f"{name}-{commit[:_SHORT]}".strip("-"),
        campaign=path.relative_to(repository),
    )


@contextmanager
def checked_out(base: Base, folder: Path) -> Iterator[Path]:
    """Check the commit out into a folder, and yield the path of its campaign file, which may not be there.

    Hooks of the clone are not run. The folder is removed at the end.
    """
    try:
        _git(base.repository, "worktree", "add", "--quiet", "--detach", "--force", str(folder), base.commit)
    except subprocess.CalledProcessError as error:
        raise fail("U130", Place(field="--base"), value=base.campaign.name, problem=_reason(error)) from None
    try:
        yield folder / base.campaign
    finally:
        with suppress(subprocess.CalledProcessError):
            _git(base.repository, "worktree", "remove", "--force", str(folder))


def _git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, and return what it prints."""
    command = ["git", "-c", "core.hooksPath=/dev/null", *arguments]
    nothing = subprocess.DEVNULL
    done = subprocess.run(command, cwd=folder, stdin=nothing, capture_output=True, check=True, encoding="utf-8")
    return done.stdout.strip()


def _reason(error: OSError | subprocess.CalledProcessError) -> str:
    """Return why git failed, in its own words."""
    if isinstance(error, OSError):
        return f"git: {error.strerror}"
    lines = str(error.stderr).strip().splitlines()
    return lines[-1] if lines else "git"
