"""Our workflows and recipes: sound, pinned by hash, with no more rights than they use; how pins move on."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
RECIPES = [*sorted((ROOT / "docs" / "ci").glob("*.yml")), *ROOT.glob("action.yml")]
OWN_ACTION = "<owner>/<your copy of leaflet>@<commit> # its version"  # as whoever copies a recipe fills it in
DEPENDABOT = ROOT / ".github" / "dependabot.yml"
RELEASE = ROOT / ".github" / "workflows" / "release.yml"
PIN = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")

# What each job may do; a job that is not named may at most read the repository.
RIGHTS = {
    ("release", "attest"): {"id-token": "write", "attestations": "write"},
    ("release", "publish"): {"id-token": "write"},
    ("release", "github"): {"contents": "write"},
    ("locks", "propose"): {"contents": "write", "pull-requests": "write"},
}


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


def text_of(path: Path) -> str:
    return path.read_text("utf-8").replace(OWN_ACTION, f"somebody/leaflet@{'0' * 40} # v1.0.0")


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    """What zizmor says of files; it ends with 0 if it finds nothing."""
    command = Path(sysconfig.get_path("scripts")) / "zizmor"
    asked = [command, "--offline", "--quiet", "--persona=regular", *paths]
    return subprocess.run(asked, capture_output=True, text=True, timeout=60)


IS_THERE = any(Path(sysconfig.get_path("scripts")).glob("zizmor*"))
needs_zizmor = pytest.mark.skipif(not IS_THERE, reason="zizmor is missing; requirements/test.lock installs it")


def test_workflows_are_sound() -> None:
    """Judged by the schema of their maker, without network; zizmor judges the form of dependabot.yml."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, *map(str, WORKFLOWS)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


@needs_zizmor
def test_no_weakness_is_known(tmp_path: Path) -> None:
    """Of workflows, recipes and updates: values of others in commands, rights, credentials left behind, pins."""
    recipes = [path for path in RECIPES if path.name != "gitlab-ci.yml"]
    for path in recipes:
        (tmp_path / path.name).write_text(text_of(path), "utf-8")
    done = zizmor(*WORKFLOWS, DEPENDABOT, *(tmp_path / path.name for path in recipes))
    assert done.returncode == 0, done.stdout + done.stderr


@needs_zizmor
def test_the_judge_of_workflows_finds_weaknesses(tmp_path: Path) -> None:
    """An action by its tag, a title in a command: the test above can fail."""
    text = RELEASE.read_text("utf-8").replace(f"@{PIN.findall(first_use(RELEASE))[0][1]}", "@v5")
    text = text.replace('test "$GITHUB_REF_NAME"', 'test "${{ github.event.head_commit.message }}"')
    (tmp_path / "release.yml").write_text(text, "utf-8")
    done = zizmor(tmp_path / "release.yml")
    assert done.returncode != 0
    assert "unpinned-uses" in done.stdout and "template-injection" in done.stdout


def first_use(path: Path) -> str:
    return next(line for line in path.read_text("utf-8").splitlines() if "uses:" in line)


def test_every_action_is_pinned() -> None:
    """By the hash of a commit, with its version beside it; one action has one hash in all files."""
    pins: dict[str, set[tuple[str, str]]] = {}
    for path in [*WORKFLOWS, *RECIPES]:
        for line in text_of(path).splitlines():
            if re.match(r" *(- )?uses: (?!\./)", line):
                found = PIN.search(line)
                assert found, f"{path.name}: {line.strip()}"
                pins.setdefault(found[1], set()).add((found[2], found[3]))
    assert len(pins) >= 6
    assert {action: pin for action, pin in pins.items() if len(pin) > 1} == {}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_rights_are_few(path: Path) -> None:
    """Nothing is given to a whole workflow but reading; a job has the rights it is listed with."""
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for name, job in workflow["jobs"].items():
        allowed = RIGHTS.get((path.stem, name))
        rights = job.get("permissions", {})
        assert rights == allowed if allowed else rights in ({}, {"contents": "read"}), name
        assert job["timeout-minutes"] <= 30, name
    assert "secrets." not in path.read_text("utf-8")


def test_a_release_is_published_only_after_all_was_tried() -> None:
    """Tried on every system and compared, then attested, then published: from a tag alone, by no password."""
    jobs = read(RELEASE)["jobs"]
    assert set(jobs["compare"]["needs"]) == {"wheel", "folder", "container"}
    assert all(jobs[name]["needs"] == "build" for name in ("wheel", "folder", "container"))
    needs = [jobs[name]["needs"] for name in ("attest", "publish", "github")]
    assert needs == [["compare", "drills"], "attest", "publish"]
    assert (jobs["attest"]["if"], jobs["publish"]["environment"]) == ("github.ref_type == 'tag'", "pypi")
    without_source = [step for name in ("wheel", "attest", "publish", "github") for step in jobs[name]["steps"]]
    assert not [step for step in without_source if "checkout" in step.get("uses", "")]


def test_the_wheel_is_tried_everywhere() -> None:
    """Each release of Python that is supported, on three systems."""
    matrix = read(RELEASE)["jobs"]["wheel"]["strategy"]["matrix"]
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]
    assert {name.partition("-")[0] for name in matrix["system"]} == {"ubuntu", "windows", "macos"}
    folders = read(RELEASE)["jobs"]["folder"]["strategy"]["matrix"]["system"]
    assert {name.partition("-")[0] for name in folders} == {"ubuntu", "windows", "macos"}


def test_nothing_is_installed_without_hashes() -> None:
    """In our workflows: every install is of a lock by hash, or of a wheel without anything else."""
    for path in WORKFLOWS:
        commands = [step["run"] for job in read(path)["jobs"].values() for step in job["steps"] if "run" in step]
        installs = [line for command in commands for line in command.splitlines() if " install" in line]
        assert all("--require-hashes" in line for line in installs), installs


def test_what_is_pinned_is_moved() -> None:
    """Actions, packages of the browser and the base of the container by Dependabot; locks by our own workflow."""
    updates = {update["package-ecosystem"]: update["directory"] for update in read(DEPENDABOT)["updates"]}
    assert updates == {"github-actions": "/", "npm": "/site", "docker": "/release"}
    assert (ROOT / "site" / "package-lock.json").is_file() and (ROOT / "release" / "Containerfile").is_file()
    steps = read(ROOT / ".github" / "workflows" / "locks.yml")["jobs"]["propose"]["steps"]
    assert any("make lock UPGRADE=1" in step.get("run", "") for step in steps)
