"""Write a verdict for other programs: JSON, SARIF, JUnit, for GitHub, for GitLab, and in the formats of packages.

Each is a function from a `Verdict` and a language to the text of a file. Texts are safe on one line, and secrets are
hidden, as in every message. Not here: what people read on a terminal; see ``leaflet/cli``.
"""

from collections.abc import Callable

from leaflet.extensions import OUTPUTS, find_added, find_named
from leaflet.faults import Lang
from leaflet.preflight.formats.github import to_github
from leaflet.preflight.formats.gitlab import to_gitlab
from leaflet.preflight.formats.json_text import to_json
from leaflet.preflight.formats.junit import to_junit
from leaflet.preflight.formats.sarif import to_sarif
from leaflet.preflight.verdict import Verdict

Format = Callable[[Verdict, Lang], str]

FORMATS: dict[str, Format] = {
    "json": to_json,
    "sarif": to_sarif,
    "junit": to_junit,
    "github": to_github,
    "gitlab": to_gitlab,
}
PEOPLE = "human"  # the name of what is printed for people


def format_names() -> list[str]:
    """Return the names of all outputs, those for people first and those of packages last."""
    return list(dict.fromkeys((PEOPLE, *FORMATS, *(added.name for added in find_added(OUTPUTS)))))


def find_format(name: str) -> Format:
    """Return an output by its name, one of `format_names`.

    Raises:
        UsageError: what packages add cannot be used (U140 to U143).
    """
    added = find_named(OUTPUTS, name.lower(), (PEOPLE, *FORMATS))
    if added is None:
        return FORMATS[name]
    from leaflet.preflight.formats.of_packages import PackageFormat  # most checks have no such output

    return PackageFormat(added)


__all__ = [
    "FORMATS",
    "PEOPLE",
    "Format",
    "find_format",
    "format_names",
    "to_github",
    "to_gitlab",
    "to_json",
    "to_junit",
    "to_sarif",
]
