"""Write a verdict for other programs: JSON, SARIF, for GitHub, for GitLab.

Each is a function from a `Verdict` and a language to the text of a file. Texts are safe on one line, and secrets are
hidden, as in every message.
"""

from collections.abc import Callable

from leaflet.faults import Lang
from leaflet.preflight.formats.ci_text import to_github, to_gitlab, to_sarif
from leaflet.preflight.formats.json_findings import to_json
from leaflet.preflight.verdict import Verdict

Format = Callable[[Verdict, Lang], str]

FORMATS: dict[str, Format] = {"json": to_json, "sarif": to_sarif, "github": to_github, "gitlab": to_gitlab}
PEOPLE = "human"  # the name of what is printed for people

__all__ = ["FORMATS", "PEOPLE", "Format", "to_github", "to_gitlab", "to_json", "to_sarif"]
