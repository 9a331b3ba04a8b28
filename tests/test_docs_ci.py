"""The CI recipes: sound for their makers' schemas, careful with rights; their commands run as runners do."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from leaflet.preflight.check import find_named_people
from tests.git_folders import ENVIRONMENT, commit, git, make_repository, needs_git
from tests.release.test_workflows import read as read_yaml
from tests.report.support import ROWS, campaign, with_cards

ROOT = Path(__file__).parents[1]
DOCS, ACTION, HOOKS = ROOT / "docs", ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml"
GITHUB, GITLAB = DOCS / "ci" / "github.yml", DOCS / "ci" / "gitlab-ci.yml"
LEAFLET = f'#!/bin/sh\nexec "{sys.executable}" -m leaflet "$@"\n'


@pytest.mark.parametrize(
    ("path", "schema"), [(ACTION, "github-actions"), (GITHUB, "github-workflows"), (GITLAB, "gitlab-ci")]
)
def test_a_recipe_is_sound(path: Path, schema: str) -> None:
    """Judged by the schema that comes with check-jsonschema, without network; a key it does not know is a fault."""
    from check_jsonschema.builtin_schemas import get_builtin_schema
    from jsonschema.validators import validator_for

    rules = get_builtin_schema(f"vendor.{schema}")
    judge = validator_for(rules)(rules)
    recipe = read_yaml(path)
    assert [error.message for error in judge.iter_errors(recipe)] == []
    job = recipe["runs"]["steps"][1] if path == ACTION else recipe.get("jobs", recipe)["leaflets"]
    job["run-on"] = "ubuntu-latest"
    assert not judge.is_valid(recipe)


@pytest.mark.drill
def test_the_hook_is_sound() -> None:
    """Judged by pre-commit itself."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(HOOKS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_github_gets_few_rights() -> None:
    """Reading only, no secret, our action in one line; values from outside come in the environment."""
    recipe = read_yaml(GITHUB)
    assert recipe["permissions"] == {"contents": "read"} and recipe["concurrency"]["cancel-in-progress"] is True
    checkout, ours = recipe["jobs"]["leaflets"]["steps"]
    assert checkout["with"] == {"persist-credentials": False, "fetch-depth": 0}
    assert set(ours) == {"uses", "with"} and set(ours["with"]) <= set(read_yaml(ACTION)["inputs"])
    for path in (ACTION, GITHUB):
        text = path.read_text("utf-8")
        assert "secrets." not in text and "github.token" not in text and "pull_request_target" not in text
    for path in (GITHUB, GITLAB, DOCS / "ci.md"):
        assert "invented or" in path.read_text("utf-8")
    commands = [step["run"] for step in read_yaml(ACTION)["runs"]["steps"] if "run" in step]
    assert len(commands) == 3 and not any("${{" in command for command in commands)


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
    """Return a clone with a branch whose commit replaces texts of files."""
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


def write_command(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def run_bash(command: str, folder: Path, values: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command as runners do: it ends at the first error."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(folder.parent), "PYTHONPATH": str(ROOT), **values},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@dataclass
class Action:
    """Our action in a clone: its steps with a command, and the values that expressions in it stand for."""

    clone: Path
    values: dict[str, str]

    def __post_init__(self) -> None:
        inputs = {f"inputs.{name}": one["default"] for name, one in read_yaml(ACTION)["inputs"].items()}
        self.values = {**inputs, "github.base_ref": "", "github.event.before": "", **self.values}
        self.steps = [step for step in read_yaml(ACTION)["runs"]["steps"] if "run" in step]
        self.temp = self.clone.parent / "runner temp"
        self.temp.mkdir()
        self.page = self.temp / "page.md"

    def run(self, step: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Run a step, and keep its outputs for the next ones."""
        output = self.temp / "output"
        values = {name: self.filled(value) for name, value in step["env"].items()}
        values |= {"RUNNER_TEMP": str(self.temp), "GITHUB_ACTION_PATH": str(ROOT)}
        values |= {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.page)}
        done = run_bash(step["run"], self.clone, values)
        for line in output.read_text("utf-8").splitlines() if output.exists() else ():
            name, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        return done

    def filled(self, text: str) -> str:
        """Return a text with its expressions filled in, which are names of values and no more."""
        filled = re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: self.values[match[1]], text)
        assert "${{" not in filled
        return filled


def test_what_is_installed(tmp_path: Path) -> None:
    """All files by their hashes, then the action's own checkout; nothing of the repository is imported."""
    log = tmp_path / "pip.log"
    pip = f'#!/bin/sh\necho "$*" >>"{log}"\n'
    venv = f'#!/bin/sh\n[ "$1 $2 $3" = "-I -m venv" ] && mkdir -p "$4/bin" && cp "{tmp_path}/pip" "$4/bin/python"\n'
    write_command(tmp_path / "pip", pip)
    write_command(tmp_path / "python", venv)
    (tmp_path / "clone").mkdir()
    action = Action(tmp_path / "clone", {"steps.python.outputs.python-path": str(tmp_path / "python")})
    assert action.run(action.steps[0]).returncode == 0
    locked, ours = log.read_text("utf-8").splitlines()
    assert locked.startswith("-I -m pip ") and "--require-hashes" in locked
    assert locked.endswith(f"-r {ROOT}/requirements/run.lock")
    assert "--no-deps" in ours and "--no-index" in ours and ours.endswith(str(ROOT))


@pytest.mark.parametrize(
    ("values", "base"),
    [
        ({"github.base_ref": "main"}, "origin/main"),
        ({"github.event.before": "abc"}, "abc"),
        ({}, ""),
        ({"inputs.base": "v1", "github.base_ref": "main"}, "v1"),
    ],
    ids=["pull request", "push", "by hand", "named"],
)
def test_what_github_compares_with(tmp_path: Path, values: dict[str, str], base: str) -> None:
    """The base branch of a pull request, else what was there before a push, else nothing."""
    (tmp_path / "clone").mkdir()
    action = Action(tmp_path / "clone", values | {"inputs.pictures": "false", "inputs.args": "--jobs 4"})
    write_command(action.temp / "leaflet-venv" / "bin" / "leaflet", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    words = action.run(action.steps[1]).stdout.splitlines()
    assert words[words.index("--base") + 1] == base
    assert "--no-pictures" in words and words[-4:] == ["--jobs", "4", "--", "campaign.toml"]


@pytest.mark.drill
@needs_git
def test_a_pull_request(origin: Path, tmp_path: Path) -> None:
    """A faulty row fails the job; what changed is said and kept all the same, and no card, which has a name on it."""
    clone = cloned(
        origin,
        tmp_path,
        ("templates/leaflet-a4/leaflet.xml", "{% say a4.keys-title.three %}", "Voici quoi"),
        ("ecoles.csv", "Lycée Descartes", "Lycée René-Descartes"),
        ("campaign.toml", "ac-orleans-tours.fr/dsden37/", "ac-orleans-tours.fr/dsden-37/"),
        ("ecoles.csv", "37013;100\n", "37013;100\n0370037P;Lycée Choiseul;Tours;12;80\n"),
    )
    action = Action(clone, {"github.base_ref": "main", "inputs.campaign": f"{FOLDER}/campaign.toml"})
    write_command(action.temp / "leaflet-venv" / "bin" / "leaflet", LEAFLET)
    done = action.run(action.steps[1])
    assert done.returncode == 1
    (error,) = (line for line in done.stdout.splitlines() if line.startswith("::error "))
    assert error.startswith(f"::error file={FOLDER}/ecoles.csv,line=4,title=T314::")

    leaflets = "0370035M-lycee-rene-descartes", "0370036N-lycee-balzac"
    pages = [f"{name[:8]}-p{page}" for name in leaflets for page in (1, 2)]
    folder = Path(action.filled("${{ steps.review.outputs.folder }}"))
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "counts.env",
        "findings.gitlab.json",
        "findings.json",
        "findings.sarif",
        *(f"pdf/leaflet-a4/{name}.pdf" for name in leaflets),
        *(f"pictures/leaflet-a4/{page}-{side}.png" for page in pages for side in ("new", "old", "overlay")),
        "report.html",
        "summary.md",
    ]
    (run,) = json.loads((folder / "findings.sarif").read_text("utf-8"))["runs"]
    (location,) = (result["locations"][0] for result in run["results"] if result["level"] == "error")
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "mes%20d%C3%A9pliants/ecoles.csv"}
    assert not any("assiflore" in path.read_text("utf-8") for path in folder.iterdir() if path.is_file())

    action.values["steps.artifact.outputs.artifact-url"] = "https://github.example/artifact/1"
    assert action.run(action.steps[2]).returncode == 0
    page = action.page.read_text("utf-8")
    changes = page.partition("## Ce qui change")[2]
    assert re.search(r"Comparé à «\s+origin-main-[0-9a-f]{7}\s+»", changes)
    assert "Lycée René-Descartes, Tours (0370035M) | leaflet-a4 | modifié" in changes
    assert (
        "« Il me faut trois choses » → « Voici quoi »" in changes and "1 fichier nominatif n’est pas joint" in changes
    )
    assert page.endswith("\n[leaflets.zip](https://github.example/artifact/1)\n")
    outputs = {name: action.filled(one["value"]) for name, one in read_yaml(ACTION)["outputs"].items()}
    assert [outputs[name] for name in ("changed", "added", "removed", "errors")] == ["3", "0", "0", "1"]
    assert all(Path(outputs[name]).is_file() for name in ("report", "sarif"))
    assert git(clone, "status", "--porcelain") == "" and len(git(clone, "worktree", "list").splitlines()) == 1


@pytest.mark.drill
@needs_git
def test_a_merge_request_with_a_broken_template(origin: Path, tmp_path: Path) -> None:
    """The job fails; the template is named with its line among what GitLab shows beside the change."""
    name = "templates/leaflet-a4/leaflet.xml"
    clone = cloned(origin, tmp_path, (name, "<h2>{% say trouble.title %}</h2>", "<h2>Ça bloque</h7>"))
    base = git(clone, "merge-base", "HEAD", "origin/main")
    job = read_yaml(GITLAB)["leaflets"]
    write_command(tmp_path / "tools" / "leaflet", LEAFLET)
    values = job["variables"] | {"CAMPAIGN": f"{FOLDER}/campaign.toml", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    values["PATH"] = f"{tmp_path / 'tools'}:{ENVIRONMENT['PATH']}"
    assert run_bash("\n".join(job["script"]), clone, values).returncode == 3
    assert job["artifacts"]["paths"] == ["review/"] and (clone / "review" / "report.html").is_file()
    reports = {kind: clone / path for kind, path in job["artifacts"]["reports"].items()}
    entries = json.loads(reports["codequality"].read_text("utf-8"))
    (entry,) = (entry for entry in entries if entry["severity"] == "critical")
    above, _, _ = (clone / FOLDER / name).read_text("utf-8").partition("Ça bloque")
    assert entry["location"] == {"path": f"{FOLDER}/{name}", "lines": {"begin": above.count("\n") + 1}}


# --- pre-commit -----------------------------------------------------------------------------------------------


def staged(folder: Path, hook: dict[str, Any]) -> tuple[list[str], subprocess.CompletedProcess[str]]:
    """Run a hook as pre-commit does, on the staged files that its pattern takes; these, and how it ended."""
    git(folder, "add", "--all")
    names = git(folder, "-c", "core.quotePath=off", "diff", "--cached", "--name-only", "-z").split("\0")
    taken = [name for name in names if name and re.search(hook["files"], name)]
    entry = hook["entry"].split()
    assert entry[0] == "leaflet"
    return taken, run_bash(" ".join(map(shlex.quote, (sys.executable, "-m", *entry, *taken))), folder, {})


@pytest.mark.drill
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
    assert (taken, ended.returncode) == (["listes/ecoles.csv", "pyproject.toml"], 1) and "T314" in ended.stderr


@pytest.mark.drill
@needs_git
def test_the_hook_keeps_names_out(tmp_path: Path) -> None:
    _, names = read_yaml(HOOKS)
    root = tmp_path / "depot"
    make_repository(root)
    campaign(root / FOLDER, with_cards())
    taken, ended = staged(root, names)
    assert taken == [f"{FOLDER}/ecoles.csv", f"{FOLDER}/personnels.csv"]
    assert ended.returncode == 2
    assert "U135" in ended.stderr and "ecoles.csv" not in ended.stderr


def test_names_are_found_whatever_campaign_and_list_are_called(tmp_path: Path) -> None:
    people = b"prenom;nom;uai;adresse_pro\nZoe;If;0370001A;\n"
    for name, text in (("p.csv", b"a;b\n1;2\n"), ("x.csv", people), ("cartes.toml", b'[data]\nstaff = "p.csv"\n')):
        (tmp_path / name).write_bytes(text)
    found = find_named_people([tmp_path / "p.csv", tmp_path / "x.csv", tmp_path / "y.csv"], tmp_path)
    assert [fault.code for fault in found] == ["U135", "U135", "U136"]


def test_the_page_names_what_there_is() -> None:
    """Every input with its default, every output, and files that are there."""
    page = (DOCS / "ci.md").read_text("utf-8")
    action = read_yaml(ACTION)
    for name, one in action["inputs"].items():
        (row,) = re.findall(rf"^\| `{name}` \| (.*?) \|", page, re.MULTILINE)
        assert row == f"`{one['default']}`" or name in ("base", "args"), name
    assert re.findall(r"`([a-z-]+)`", page.partition("Outputs: ")[2].partition("\n\n")[0]) == list(action["outputs"])
    for target in re.findall(r"\]\(([^)#]+)\)", (DOCS / "ci.md").read_text("utf-8")):
        assert (DOCS / target).resolve().is_file(), target
