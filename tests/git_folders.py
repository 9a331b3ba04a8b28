"""Repositories for tests: git as a runner has it, with nothing of this machine's settings."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest

NO_GIT = "git is missing; .ci/run installs it"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason=NO_GIT)
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
    **{f"GIT_{who}_{what}": "essai@exemple.fr" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *arguments: str, given: str = "") -> str:
    """Run git in a folder, and return what it prints."""
    run = partial(subprocess.run, capture_output=True, check=True, encoding="utf-8", timeout=60)
    return str(run(["git", *arguments], cwd=folder, env=ENVIRONMENT, input=given).stdout.strip())


def make_repository(folder: Path) -> Path:
    """Put all that is in a folder into a first commit on main."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message=essai")
