"""Run a job of GitHub as its runner would: expressions, conditions, steps, and the files that steps write.

Actions of others are stood in for by what they do for us: an interpreter, a list of the files that are uploaded.
Whatever a recipe uses that is not here is an error, so that nothing passes unread.

Source: GitHub Docs, « Metadata syntax for GitHub Actions » and « Evaluate expressions in workflows and actions »,
read on 27 November 2026.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.git_folders import ENVIRONMENT

ROOT = Path(__file__).parents[1]
ACTION = ROOT / "action.yml"
_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|\|\||&&|==|!=|[(),!]|[A-Za-z_][\w.-]*)")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
Context = Mapping[str, Any]


def read_yaml(path: Path) -> Any:
    """The values of a YAML file."""
    return YAML(typ="safe", pure=True).load(path)


# --- expressions ----------------------------------------------------------------------------------------------


class _Expression:
    """An expression, read from left to right; ``||`` binds less than ``&&``, and both give one of their sides."""

    def __init__(self, text: str, context: Context) -> None:
        self.tokens: list[str] = []
        self.context = context
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            assert match, f"no expression that is known here: {text}"
            self.tokens.append(match[1])
            at = match.end()

    def value(self) -> Any:
        found = self._any()
        assert not self.tokens, f"left over: {self.tokens}"
        return found

    def _take(self, *wanted: str) -> bool:
        if self.tokens and self.tokens[0] in wanted:
            self.tokens.pop(0)
            return True
        return False

    def _any(self) -> Any:
        found = self._all()
        while self._take("||"):
            other = self._all()
            found = found or other
        return found

    def _all(self) -> Any:
        found = self._compared()
        while self._take("&&"):
            other = self._compared()
            found = found and other
        return found

    def _compared(self) -> Any:
        found = self._single()
        if self.tokens and self.tokens[0] in ("==", "!="):
            is_equal = self.tokens.pop(0) == "=="
            left, right = (str(side or "").lower() for side in (found, self._single()))
            return (left == right) == is_equal
        return found

    def _single(self) -> Any:
        if self._take("("):
            found = self._any()
            assert self._take(")")
            return found
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self._take("("):
            return self._call(token)
        found: Any = self.context
        for name in token.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def _call(self, name: str) -> Any:
        given = []
        while not self._take(")"):
            given.append(self._any())
            self._take(",")
        if name == "always":
            return True
        assert name == "format", f"no function that is known here: {name}"
        return re.sub(r"\{(\d)\}", lambda match: str(given[1 + int(match[1])]), given[0])


def evaluate(text: str, context: Context) -> Any:
    """The value of an expression, which may be an empty text, nothing, true or false."""
    return _Expression(text, context).value()


def fill(text: Any, context: Context) -> str:
    """A value of a recipe with its expressions filled in."""

    def filled(match: re.Match[str]) -> str:
        value = evaluate(match[1], context)
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return str(text).lower() if isinstance(text, bool) else _EXPRESSION.sub(filled, str(text))


# --- steps ----------------------------------------------------------------------------------------------------


@dataclass
class Job:
    """A job and what is left of it.

    Attributes:
        workspace: the clone that steps run in.
        github: values of the context ``github``.
        steps: how each step ended, by its name.
        log: what steps printed on standard output.
        artifacts: the paths of each artifact, sorted.
        outputs: of the action.
        installed: what pip was called with.
    """

    workspace: Path
    github: dict[str, Any]
    steps: dict[str, str] = field(default_factory=dict)
    log: str = ""
    artifacts: dict[str, list[str]] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def temp(self) -> Path:
        """The folder of the runner for files of this job."""
        return self.workspace.parent / "runner temp"

    @property
    def page(self) -> str:
        """What the page of the job shows."""
        page = self.temp / "page.md"
        return page.read_text("utf-8") if page.is_file() else ""

    @property
    def installed(self) -> list[str]:
        """What pip was called with, call by call."""
        return (self.temp / "pip.log").read_text("utf-8").splitlines()

    def run(self, recipe: Path) -> "Job":
        """Run the one job of a workflow, whose last step is our action."""
        (job,) = read_yaml(recipe)["jobs"].values()
        checkout, ours = job["steps"]
        assert checkout["uses"].startswith("actions/checkout@")
        assert "leaflet" in ours["uses"]
        self.run_action(ours.get("with", {}))
        return self

    def run_action(self, given: Mapping[str, Any]) -> None:
        """Run our action with some inputs."""
        self.temp.mkdir()
        action = read_yaml(ACTION)
        inputs = {name: fill(given.get(name, one["default"]), {}) for name, one in action["inputs"].items()}
        assert set(given) <= set(inputs)
        context: dict[str, Any] = {"inputs": inputs, "github": self.github, "steps": {}}
        for number, step in enumerate(action["runs"]["steps"]):
            name = step.get("name") or step["uses"].partition("@")[0]
            wanted = evaluate(step["if"], context) if "if" in step else "failure" not in self.steps.values()
            if not wanted:
                self.steps[name] = "skipped"
                continue
            outputs = self._use(step, context) if "uses" in step else self._command(step, name, number, context)
            context["steps"][step.get("id", f"#{number}")] = {"outputs": outputs}
            self.steps.setdefault(name, "success")
        self.outputs = {name: fill(one["value"], context) for name, one in action["outputs"].items()}

    def _use(self, step: Mapping[str, Any], context: Context) -> dict[str, str]:
        """Do what an action of others does for us."""
        given = {name: fill(value, context) for name, value in step["with"].items()}
        match step["uses"].partition("@")[0]:
            case "actions/setup-python":
                assert re.fullmatch(r"3\.\d+", given["python-version"])
                assert given["update-environment"] == "false"
                return {"python-path": str(self._interpreter())}
            case "actions/upload-artifact":
                assert re.fullmatch(r'[^":<>|*?\r\n\\/]+', given["name"])
                folder = Path(given["path"])
                files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
                self.artifacts[given["name"]] = files
                return {"artifact-url": "https://github.example/artifact/1"} if files else {}
        raise AssertionError(step["uses"])

    def _command(self, step: Mapping[str, Any], name: str, number: int, context: Context) -> dict[str, str]:
        """Run the commands of a step, and return the outputs that they write."""
        assert step["shell"] == "bash"
        output = self.temp / f"output-{number}"
        values = {
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temp / "page.md"),
            **{key: fill(value, context) for key, value in step.get("env", {}).items()},
        }
        done = run_bash(fill(step["run"], {}), self.workspace, values, "--noprofile", "--norc")
        self.log += done.stdout
        if done.returncode:
            self.steps[name] = "failure"
        lines = output.read_text("utf-8").splitlines() if output.is_file() else []
        return dict(line.split("=", 1) for line in lines)

    def _interpreter(self) -> Path:
        """Write an interpreter whose virtual environments have our command, and a pip that notes what it is to do."""
        note = f'#!/bin/sh\necho "$*" >> "{self.temp}/pip.log"\n'
        command = f'#!/bin/sh\nexec "{sys.executable}" -m leaflet "$@"\n'
        lines = [
            "#!/bin/sh",
            '[ "$1 $2 $3" = "-I -m venv" ] && mkdir -p "$4/bin" || exit 9',
            f"cat > \"$4/bin/python\" <<'EOF'\n{note}EOF",
            f"cat > \"$4/bin/leaflet\" <<'EOF'\n{command}EOF",
            'chmod +x "$4/bin/python" "$4/bin/leaflet"',
        ]
        path = self.temp / "python"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        path.chmod(0o755)
        return path


def run_bash(
    command: str, folder: Path, values: Mapping[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as runners do: it ends at the first error."""
    return subprocess.run(
        ["bash", *options, "-e", "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(folder.parent), "PYTHONPATH": str(ROOT), **values},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
