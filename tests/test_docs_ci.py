"""The CI recipes: sound for their makers' schemas, careful with rights, and their commands really run.

The commands are read out of the files and run in order, in a small repository whose main branch has a campaign and
whose branch changes it.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.report.support import CAMPAIGN, campaign

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GITHUB, GITLAB, HOOKS = DOCS / "ci" / "github.yml", DOCS / "ci" / "gitlab-ci.yml", ROOT / ".pre-commit-hooks.yaml"
OURS = ROOT / ".github" / "workflows" / "ci.yml"

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is missing; .ci/run installs it")


def read(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path)


def steps() -> list[dict[str, Any]]:
    """The steps of the GitHub job."""
    found: list[dict[str, Any]] = read(GITHUB)["jobs"]["leaflets"]["steps"]
    return found


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (GITHUB, "vendor.github-workflows"),
        (GITLAB, "vendor.gitlab-ci"),
        (OURS, "vendor.github-workflows"),
    ],
    ids=["github", "gitlab", "our own"],
)
def test_a_recipe_is_sound(path: Path, schema: str) -> None:
    """Judged by the schema that comes with check-jsonschema, without network."""
    arguments = ["--builtin-schema", schema, "--traceback-mode", "short"]
    if schema == "vendor.gitlab-ci":
        arguments += ["--data-transform", "gitlab-ci"]
    done = run_python("check_jsonschema", *arguments, str(path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_judge_of_recipes_finds_mistakes(tmp_path: Path) -> None:
    """A key that does not exist is told: the test above can fail."""
    text = GITHUB.read_text("utf-8").replace("runs-on:", "run-on:")
    (tmp_path / "bad.yml").write_text(text, "utf-8")
    done = run_python("check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(tmp_path / "bad.yml"))
    assert done.returncode == 1


def test_the_hook_is_sound() -> None:
    """Judged by pre-commit itself."""
    done = run_python("pre_commit", "validate-manifest", str(HOOKS))
    assert done.returncode == 0, done.stdout + done.stderr


def run_python(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_github_gets_few_rights_and_pinned_actions() -> None:
    """Reading only, no secret, no credentials left behind, each action by the hash of its commit and its version."""
    text, recipe = GITHUB.read_text("utf-8"), read(GITHUB)
    assert recipe["permissions"] == {"contents": "read"}
    assert "secrets." not in text and "pull_request_target" not in text
    assert recipe["concurrency"]["cancel-in-progress"] is True
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert len(used) == 3
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action, _ in used)
    assert all(re.fullmatch(r" # v\d+\.\d+\.\d+", version) for _, version in used)
    checkout = steps()[0]["with"]
    assert (checkout["persist-credentials"], checkout["fetch-depth"]) == (False, 0)


def test_our_own_actions_are_pinned() -> None:
    """Our own run has the actions of the recipe, by the same hashes, and may only read."""
    used, known = (re.findall(r"uses: (\S+ # v\S+)", path.read_text("utf-8")) for path in (OURS, GITHUB))
    assert used and set(used) <= set(known)
    assert len(used) == OURS.read_text("utf-8").count("uses:")
    assert read(OURS)["permissions"] == {"contents": "read"}


def test_no_leaflet_leaves_the_job() -> None:
    """Report and summary are kept, the PDF files are not; the page is told that rows must be invented."""
    paths = steps()[-1]["with"]["path"].split()
    assert paths == read(GITLAB)["leaflets"]["artifacts"]["paths"] == ["report.html", "summary.md"]
    for path in (GITHUB, GITLAB, DOCS / "ci.md"):
        assert "invented or" in path.read_text("utf-8")


def test_no_value_from_outside_stands_in_a_command() -> None:
    """A branch called « $(rm …) » is data: commands take values from the environment only."""
    assert not any("${{" in step.get("run", "") for step in steps())


# --- the commands, run ----------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone whose origin has a campaign on main, with a branch checked out."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    campaign(origin)
    git(origin, "init", "--quiet", "--initial-branch=main")
    commit(origin)
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    git(clone, "switch", "--quiet", "--create", "change")
    return clone


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, env=environment(folder), check=True, timeout=60)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=essai", "-c", "user.email=essai@exemple.fr", "commit", "--quiet", "--message=x")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a runner has: the command on the path, and nothing of this machine's git settings."""
    tools = folder.parent / "tools"
    tools.mkdir(exist_ok=True)
    command = tools / "leaflet"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leaflet "$@"\n', "utf-8")
    command.chmod(0o755)
    own = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tools),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    return own | more


def run_commands(commands: list[tuple[str, str]], folder: Path, values: Mapping[str, str]) -> list[tuple[str, int]]:
    """Run commands one after the other as a runner does, up to the first that fails; names and exit codes."""
    ended = []
    for name, command in commands:
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command],
            cwd=folder,
            env=environment(folder, **values),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
        )
        ended.append((name, done.returncode))
        if done.returncode:
            break
    return ended


def run_github(folder: Path) -> tuple[list[tuple[str, int]], str]:
    """The steps of the GitHub job that leaflet or git have a part in; how they ended, and the page of the job."""
    page = folder.parent / "page.md"
    values = {"CAMPAIGN": read(GITHUB)["env"]["CAMPAIGN"], "GITHUB_STEP_SUMMARY": str(page)}
    commands = [(step["name"], step["run"]) for step in steps() if "run" in step and step["name"] != "Install"]
    ended = run_commands(commands, folder, values)
    if ended[-1][0] != "Show the summary" and (folder / "summary.md").is_file():  # if: always()
        ended += run_commands(commands[-1:], folder, values)
    return ended, page.read_text("utf-8") if page.is_file() else ""


def run_gitlab(folder: Path) -> list[tuple[str, int]]:
    job = read(GITLAB)["leaflets"]
    values = {"CAMPAIGN": job["variables"]["CAMPAIGN"], "CI_DEFAULT_BRANCH": "main"}
    return run_commands([(command, command) for command in job["script"]], folder, values)


GITHUB_STEPS = ["Check the campaign", "Build", "Build the main branch", "Report", "Show the summary"]


@needs_git
def test_a_change_is_reported(repository: Path) -> None:
    """All steps end well; the page of the job names the schools that changed, the report shows the page."""
    lists = repository / "ecoles.csv"
    lists.write_text(lists.read_text("utf-8").replace("Lycée Balzac", "Lycée Honoré-de-Balzac"), "utf-8")
    commit(repository)
    ended, page = run_github(repository)
    assert ended == [(name, 0) for name in GITHUB_STEPS]
    assert "Lycée Honoré-de-Balzac, Tours (0370036N)" in page
    assert "Lycée Descartes" not in page.partition("## Ce qui change")[2]
    assert "Superposition" in (repository / "report.html").read_text("utf-8")


@needs_git
def test_no_change_is_said(repository: Path) -> None:
    """On GitLab as on GitHub."""
    ended = run_gitlab(repository)
    assert [code for _, code in ended] == [0] * 5
    assert "Rien n’a changé" in (repository / "summary.md").read_text("utf-8")
    assert (repository / "report.html").is_file()


@needs_git
def test_a_main_branch_without_campaign_is_no_baseline(repository: Path) -> None:
    """The first pull request passes, and its report does not say that nothing changed."""
    git(repository, "update-ref", "refs/remotes/origin/main", empty_commit(repository))
    ended, page = run_github(repository)
    assert ended == [(name, 0) for name in GITHUB_STEPS]
    assert "ne dit pas si quelque chose a changé" in page
    assert "Rien n’a changé" not in page


def empty_commit(folder: Path) -> str:
    """A commit with no file in it."""
    command = ["git", "-c", "user.name=essai", "-c", "user.email=essai@exemple.fr", "commit-tree", "-m", "x"]
    tree = ["git", "hash-object", "-t", "tree", "-w", "--stdin"]
    options: dict[str, Any] = {"cwd": folder, "env": environment(folder), "check": True, "timeout": 60, "text": True}
    name = subprocess.run(tree, input="", capture_output=True, **options).stdout.strip()
    return str(subprocess.run([*command, name], capture_output=True, **options).stdout.strip())


@needs_git
def test_a_faulty_campaign_stops_at_the_first_step(repository: Path) -> None:
    """With the exit code of leaflet check; nothing is built."""
    (repository / "campaign.toml").write_text(CAMPAIGN.replace('"2018"', '"1918"'), "utf-8")
    ended, page = run_github(repository)
    assert ended == [("Check the campaign", 1)]
    assert (page, (repository / "out").exists()) == ("", False)


@needs_git
def test_the_hook_checks_what_is_staged(repository: Path) -> None:
    """Its entry is run as pre-commit would, on the staged files that its pattern takes."""
    (hook,) = read(HOOKS)
    (repository / "campaign.toml").write_text(CAMPAIGN.replace('"2018"', '"1918"'), "utf-8")
    (repository / "lisez-moi.txt").write_text("x", "utf-8")
    git(repository, "add", "--all")
    staged = subprocess.run(
        ["git", "diff", "--cached", "--name-only"],
        cwd=repository,
        env=environment(repository),
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.split()
    taken = [name for name in staged if re.search(hook["files"], name)]
    assert (sorted(staged), taken) == (["campaign.toml", "lisez-moi.txt"], ["campaign.toml"])
    assert run_commands([("hook", f"{hook['entry']} {' '.join(taken)}")], repository, {}) == [("hook", 1)]
    (repository / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    assert run_commands([("hook", f"{hook['entry']} {' '.join(taken)}")], repository, {}) == [("hook", 0)]


def test_commands_of_the_page_exist() -> None:
    """Files it links to are there."""
    text = (DOCS / "ci.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS / target).resolve().is_file(), target


@pytest.mark.parametrize("path", [*(ROOT / ".github").rglob("*.yml"), GITHUB], ids=lambda path: path.name)
def test_actions_are_pinned_by_their_hash(path: Path) -> None:
    """A tag can be moved to other code, a hash cannot; the recipe and our own workflow name the same ones."""
    used, known = (re.findall(r"uses: (\S+)", file.read_text("utf-8")) for file in (path, GITHUB))
    assert used and all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action) for action in used)
    assert set(used) <= set(known)
