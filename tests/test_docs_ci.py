"""The CI recipes: sound for their makers' schemas, careful with rights, and run step by step as their runners do.

The steps are read out of the files and run in a small repository, whose branch changes a template, a list and a link.
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.git_folders import commit, git, make_repository, needs_git
from tests.report.support import ROWS, campaign, with_cards
from tests.runner import ACTION, ROOT, Job, evaluate, fill, read_yaml, run_bash

DOCS = ROOT / "docs"
GITHUB, GITLAB, HOOKS = DOCS / "ci" / "github.yml", DOCS / "ci" / "gitlab-ci.yml", ROOT / ".pre-commit-hooks.yaml"
OURS = ROOT / ".github" / "workflows" / "ci.yml"


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        (ACTION, "vendor.github-actions"),
        (GITHUB, "vendor.github-workflows"),
        (GITLAB, "vendor.gitlab-ci"),
        (OURS, "vendor.github-workflows"),
    ],
    ids=["action", "github", "gitlab", "our own"],
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


def test_github_gets_few_rights() -> None:
    """Reading only, no secret, no credentials left behind; the whole history, and our action in one line."""
    recipe = read_yaml(GITHUB)
    assert recipe["permissions"] == {"contents": "read"}
    assert recipe["concurrency"]["cancel-in-progress"] is True
    checkout, ours = recipe["jobs"]["leaflets"]["steps"]
    assert checkout["with"] == {"persist-credentials": False, "fetch-depth": 0}
    assert set(ours) == {"uses", "with"}
    for path in (ACTION, GITHUB):
        text = path.read_text("utf-8")
        assert "secrets." not in text and "github.token" not in text and "pull_request_target" not in text


def test_rows_are_to_be_invented() -> None:
    """Recipes and page tell that whoever reads the repository reads its artifacts."""
    for path in (GITHUB, GITLAB, DOCS / "ci.md"):
        assert "invented or" in path.read_text("utf-8")


def test_no_value_from_outside_stands_in_a_command() -> None:
    """A branch called « $(rm …) » is data: commands take values from the environment only."""
    commands = [step["run"] for step in read_yaml(ACTION)["runs"]["steps"] if "run" in step]
    assert len(commands) == 3
    assert not any("${{" in command for command in commands)


# --- what a recipe compares with ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "github", "base"),
    [
        ("", {"base_ref": "main"}, "origin/main"),
        ("", {"base_ref": "", "event": {"before": "abc"}}, "abc"),
        ("", {"event": {}}, ""),
        ("v1", {"base_ref": "main"}, "v1"),
    ],
    ids=["pull request", "push", "by hand", "named"],
)
def test_what_github_compares_with(given: str, github: dict[str, Any], base: str) -> None:
    """The base branch of a pull request, else what was there before a push, else nothing."""
    (step,) = (step for step in read_yaml(ACTION)["runs"]["steps"] if step.get("id") == "review")
    assert fill(step["env"]["BASE"], {"inputs": {"base": given}, "github": github}) == base


def test_expressions() -> None:
    """The tests' reader of expressions knows what binds more, and refuses what it does not know."""
    values = {"a": "x", "b": {"c-d": ""}, "no": False}
    assert evaluate("b.c-d || a && 'it''s' || 'never'", values) == "it's"
    assert evaluate("(a == 'X' && b.c-d != 'y') && format('{0}/{1}', a, 'z')", values) == "x/z"
    assert fill("[${{ missing.name }}|${{ no }}]", values) == "[|false]"
    for text in ("a +", "a b", "hashFiles('x')"):
        with pytest.raises(AssertionError):
            evaluate(text, values)


# --- the recipes, run -----------------------------------------------------------------------------------------

FOLDER = "mes dépliants"
SITE = '[departements.37]\nsite = "https://www.ac-orleans-tours.fr/dsden37/"\n'
TWO = "".join(ROWS.splitlines(keepends=True)[:2])


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a campaign, its template and a staff list (invented) on main."""
    root = tmp_path_factory.mktemp("origin")
    campaign(root / FOLDER, with_cards() + SITE, TWO)
    template = (ROOT / "templates" / "leaflet-a4" / "leaflet.xml").read_text("utf-8")
    folder = root / FOLDER / "templates" / "leaflet-a4"
    folder.mkdir(parents=True)
    (folder / "leaflet.xml").write_text(template, "utf-8")
    return make_repository(root)


def cloned(origin: Path, folder: Path, *changes: tuple[str, str, str]) -> Path:
    """A clone with a branch whose commit replaces texts of files; main has gone on without them meanwhile."""
    clone = folder / "clone"
    git(folder, "clone", "--quiet", str(origin), str(clone))
    git(clone, "switch", "--quiet", "--create", "change")
    for name, old, new in changes:
        path = clone / FOLDER / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
    commit(clone)
    return clone


IN_TEMPLATE = ("templates/leaflet-a4/leaflet.xml", "Pas à pas", "Étape par étape")
IN_LIST = ("ecoles.csv", "Lycée Descartes", "Lycée René-Descartes")
IN_LINK = ("campaign.toml", "ac-orleans-tours.fr/dsden37/", "ac-orleans-tours.fr/dsden-37/")
BAD_ROW = ("ecoles.csv", "37013;100\n", "37013;100\n0370037P;Lycée Choiseul;Tours;12;80\n")


@pytest.fixture(scope="module")
def job(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A pull request that changes a template, a list and a link, and has a faulty row besides."""
    clone = cloned(origin, tmp_path_factory.mktemp("github"), IN_TEMPLATE, IN_LIST, IN_LINK, BAD_ROW)
    job = Job(clone, {"base_ref": "main"})
    job.run_action({"campaign": f"{FOLDER}/campaign.toml", "artifact": "dépliants"})
    return job


@needs_git
def test_steps_of_a_pull_request(job: Job) -> None:
    """The faulty row fails the job, and everything is kept all the same."""
    assert job.steps == {
        "actions/setup-python": "success",
        "Install leaflet": "success",
        "Check, build, compare": "failure",
        "actions/upload-artifact": "success",
        "Link the files": "success",
    }


@needs_git
def test_what_is_installed(job: Job) -> None:
    """All files by their hashes, then the action's own checkout; nothing of the repository is imported."""
    locked, ours = job.installed
    assert locked.startswith("-I -m pip ") and "--require-hashes" in locked
    assert locked.endswith(f"-r {ROOT}/requirements/run.lock")
    assert "--no-deps" in ours and "--no-index" in ours and ours.endswith(str(ROOT))


@needs_git
def test_what_is_kept(job: Job) -> None:
    """Report, faults, both changed leaflets with their pages as pictures; no card, which has a name on it."""
    leaflets = "0370035M-lycee-rene-descartes", "0370036N-lycee-balzac"
    pages = [f"{name[:8]}-p{page}" for name in leaflets for page in (1, 2)]
    assert job.artifacts == {
        "dépliants": [
            "counts.env",
            "findings.gitlab.json",
            "findings.json",
            "findings.junit.xml",
            "findings.sarif",
            *(f"pdf/leaflet-a4/{name}.pdf" for name in leaflets),
            *(f"pictures/leaflet-a4/{page}-{side}.png" for page in pages for side in ("new", "old", "overlay")),
            "report.html",
            "summary.md",
        ]
    }


@needs_git
def test_lines_are_annotated(job: Job) -> None:
    """The faulty row is shown at its line of the list."""
    errors = [line for line in job.log.splitlines() if line.startswith("::error ")]
    assert errors == [
        f"::error file={FOLDER}/ecoles.csv,line=4,title=T314::«\u00a012\u00a0» n’est pas un code postal\u00a0: "
        "cinq chiffres attendus, ou une cellule vide. → Corrigez le code postal, ou laissez la cellule vide."
    ]


@needs_git
def test_the_page_of_the_job(job: Job) -> None:
    """The page of the job says what changed in which leaflet, and where the files are."""
    changes = job.page.partition("## Ce qui change")[2]
    assert re.search(r"Comparé à «\s+origin-main-[0-9a-f]{7}\s+»", changes)
    assert "3 fichiers modifiés" in changes
    assert "Lycée René-Descartes, Tours (0370035M) | leaflet-a4 | modifié" in changes
    assert "« Pas à pas » → « Étape par étape »" in changes
    site = "https&#58;//www&#46;ac-orleans-tours.fr/dsden"
    assert f"lien\u00a0&#58; {site}37/ → {site}-37/" in changes
    assert "1 fichier nominatif n’est pas joint" in changes
    assert "\n- 2 PDF, dans le dossier pdf\n" in changes
    assert job.page.endswith("\n[dépliants.zip](https://github.example/artifact/1)\n")


@needs_git
def test_outputs_for_later_steps(job: Job) -> None:
    """For later steps: numbers, and files that are there."""
    folder = Path(job.outputs["folder"])
    numbers = {name: job.outputs[name] for name in ("changed", "added", "removed", "errors")}
    assert numbers == {"changed": "3", "added": "0", "removed": "0", "errors": "1"}
    report = Path(job.outputs["report"]).read_text("utf-8")
    assert report.startswith("<!DOCTYPE html>") and "dsden-37" in report
    assert Path(job.outputs["sarif"]).parent == folder


@needs_git
def test_sarif_has_paths_of_the_repository(job: Job) -> None:
    """The row at its line, by a path that the code host knows."""
    (run,) = json.loads(Path(job.outputs["sarif"]).read_text("utf-8"))["runs"]
    (error,) = (result for result in run["results"] if result["level"] == "error")
    (location,) = error["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "mes%20d%C3%A9pliants/ecoles.csv"},
        "region": {"startLine": 4},
    }


@needs_git
def test_nobody_is_named(job: Job) -> None:
    """No name of the staff list is in what leaves the job."""
    folder = Path(job.outputs["folder"])
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.is_file()]
    assert len(texts) == 7
    assert not any("Passiflore" in text or "passiflore" in text for text in [*texts, job.log, job.page])


@needs_git
def test_nothing_is_left_in_the_clone(job: Job) -> None:
    """The files are elsewhere, and the base is not checked out any more."""
    assert git(job.workspace, "status", "--porcelain") == ""
    assert len(git(job.workspace, "worktree", "list").splitlines()) == 1


@needs_git
def test_a_push_with_a_bad_link(origin: Path, tmp_path: Path) -> None:
    """The link is shown at its line; nothing can be built, and nothing reads as « no change »."""
    clone = cloned(origin, tmp_path, ("campaign.toml", "https://www.ac-", "http://www.ac-"), BAD_ROW)
    before = git(clone, "rev-parse", "HEAD^")
    job = Job(clone, {"base_ref": "", "event": {"before": before}})
    job.run_action({"campaign": f"{FOLDER}/campaign.toml", "lang": "en", "pictures": "false"})
    assert job.steps["Check, build, compare"] == "failure"
    link, row = (line for line in job.log.splitlines() if line.startswith("::error "))
    assert link.startswith(f"::error file={FOLDER}/campaign.toml,line=17,title=L103::")
    assert row.startswith(f"::error file={FOLDER}/ecoles.csv,line=4,title=T314::")
    assert "Nothing can be made of the campaign as it is now" in job.page
    assert "Nothing changed" not in job.page
    assert (job.outputs["changed"], job.outputs["errors"]) == ("", "2")
    assert [name for name in job.artifacts["leaflets"] if "/" in name] == []


def run_gitlab(folder: Path, **values: str) -> tuple[int, dict[str, list[str]], dict[str, Path]]:
    """Run the script of the job; its exit code, the files of each path that is kept, and its reports."""
    job = read_yaml(GITLAB)["leaflets"]
    tools = folder.parent / "tools"
    tools.mkdir()
    command = tools / "leaflet"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m leaflet "$@"\n', "utf-8")
    command.chmod(0o755)
    code = 0
    for line in job["script"]:
        path = f'PATH="{tools}:$PATH"\n'
        code = code or run_bash(path + line, folder, job["variables"] | values).returncode
    kept = {
        name: sorted(path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if path.is_file())
        for name in job["artifacts"]["paths"]
    }
    return code, kept, {name: folder / path for name, path in job["artifacts"]["reports"].items()}


@needs_git
def test_a_merge_request_with_a_broken_template(origin: Path, tmp_path: Path) -> None:
    """The job fails; the template is named with its line among what GitLab shows beside the change."""
    name = "templates/leaflet-a4/leaflet.xml"
    clone = cloned(origin, tmp_path, (name, "<h2>Je me connecte</h2>", "<h2>Je me connecte</h7>"))
    base = git(clone, "merge-base", "HEAD", "origin/main")
    code, _, reports = run_gitlab(clone, CAMPAIGN=f"{FOLDER}/campaign.toml", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert code == 3
    entries = json.loads(reports["codequality"].read_text("utf-8"))
    (entry,) = (entry for entry in entries if entry["severity"] == "critical")
    assert entry["location"] == {"path": f"{FOLDER}/{name}", "lines": {"begin": 32}}
    (suite,) = ElementTree.parse(reports["junit"]).getroot()
    assert (suite.get("name"), suite.get("failures")) == (f"{FOLDER}/campaign.toml", "1")


@needs_git
def test_no_change_is_said(origin: Path, tmp_path: Path) -> None:
    """On GitLab as on GitHub: the job ends well, all files are kept in one folder, nothing is attached."""
    clone = cloned(origin, tmp_path)
    code, kept, reports = run_gitlab(
        clone, CAMPAIGN=f"{FOLDER}/campaign.toml", CI_COMMIT_BEFORE_SHA=git(clone, "rev-parse", "HEAD^")
    )
    assert code == 0
    assert kept["review/"] == [f"review/{path.name}" for path in sorted((clone / "review").iterdir())]
    assert {path.name for path in reports.values()} <= {path.name for path in (clone / "review").iterdir()}
    assert "Rien n’a changé" in (clone / "review" / "summary.md").read_text("utf-8")


# --- pre-commit -----------------------------------------------------------------------------------------------


def test_commands_of_the_page_exist() -> None:
    """Files it links to are there."""
    text = (DOCS / "ci.md").read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS / target).resolve().is_file(), target


def staged(folder: Path, hook: dict[str, Any]) -> tuple[list[str], subprocess.CompletedProcess[str]]:
    """Run a hook as pre-commit does, on the staged files that its pattern takes; these, and how it ended."""
    git(folder, "add", "--all")
    names = git(folder, "-c", "core.quotePath=off", "diff", "--cached", "--name-only", "-z").split("\0")
    taken = [name for name in names if name and re.search(hook["files"], name)]
    entry = hook["entry"].split()
    assert entry[0] == "leaflet"
    command = " ".join(map(shlex.quote, (sys.executable, "-m", *entry, *taken)))
    return taken, run_bash(command, folder, {})


@needs_git
def test_the_hook_checks_campaigns_that_use_what_is_staged(tmp_path: Path) -> None:
    """A list alone is enough, also one in another folder that the campaign names; other files start nothing."""
    check, _ = read_yaml(HOOKS)
    root = tmp_path / "depot"
    path = campaign(root / FOLDER)
    (root / "listes").mkdir()
    (root / FOLDER / "ecoles.csv").rename(root / "listes" / "ecoles.csv")
    path.write_text(path.read_text("utf-8").replace('"ecoles.csv"', '"../listes/ecoles.csv"'), "utf-8")
    make_repository(root)
    (root / "pyproject.toml").write_text("", "utf-8")
    taken, ended = staged(root, check)
    assert (taken, ended.returncode, ended.stdout, ended.stderr) == (["pyproject.toml"], 0, "", "")
    lists = root / "listes" / "ecoles.csv"
    lists.write_text(lists.read_text("utf-8").replace("37013", "12"), "utf-8")
    taken, ended = staged(root, check)
    assert (taken, ended.returncode) == (["listes/ecoles.csv", "pyproject.toml"], 1)
    assert "T314" in ended.stderr


@needs_git
def test_the_hook_keeps_names_out(tmp_path: Path) -> None:
    """A staff list is refused, a list of schools is not."""
    _, names = read_yaml(HOOKS)
    root = tmp_path / "depot"
    make_repository(root)
    campaign(root / FOLDER, with_cards())
    taken, ended = staged(root, names)
    assert taken == [f"{FOLDER}/ecoles.csv", f"{FOLDER}/personnels.csv"]
    assert ended.returncode == 2
    assert "U135" in ended.stderr and "ecoles.csv" not in ended.stderr


def test_the_page_names_what_the_action_takes_and_gives() -> None:
    """Every input with its default, and every output."""
    page = (DOCS / "ci.md").read_text("utf-8")
    action = read_yaml(ACTION)
    for name, one in action["inputs"].items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*?) \|", page, re.MULTILINE)
        assert row == f"`{one['default']}`" or name in ("base", "args"), name
    outputs = page.partition("Outputs: ")[2].partition("\n\n")[0]
    assert re.findall(r"`([a-z-]+)`", outputs) == list(action["outputs"])
