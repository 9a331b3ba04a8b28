"""Write a verdict as a package does that adds an output; what fails there is a fault that names the package."""

from collections.abc import Iterable

from msgspec.structs import asdict

from leaflet.extensions import Added, describe, load
from leaflet.faults import Lang
from leaflet.preflight.findings import CheckedFile, Findings, Output, ShownFault
from leaflet.preflight.formats.fault_text import find_family, format_path
from leaflet.preflight.verdict import LocatedFault, Verdict
from leaflet.production.fault_files import fault_record
from leaflet.version import __version__


class PackageFormat:
    """An output that a package adds.

    Raises:
        UsageError: it cannot be loaded (U140 to U142).
    """

    def __init__(self, added: Added) -> None:
        self._added, self._write = added, load(added, Output).write

    def __call__(self, verdict: Verdict, lang: Lang) -> str:
        """Write the whole verdict.

        Raises:
            UsageError: the package fails to, or what it writes is no text (U144).
        """
        try:
            text = self._write(make_findings(verdict, lang))
            if not isinstance(text, str):
                raise TypeError(f"{type(text).__name__} is no text")
            text.encode()
        except Exception as error:
            raise self._added.refused("U144", problem=describe(error)) from None
        return text


def make_findings(verdict: Verdict, lang: Lang) -> Findings:
    """Return a verdict as outputs of packages get it."""
    return Findings(
        leaflet=__version__,
        packages=verdict.packages,
        lang=lang,
        campaigns=tuple(_checked(one.path.as_posix(), 0, one.located(), lang) for one in verdict.campaigns),
        outputs=tuple(_checked(one.name, 0, one.located(), lang) for one in verdict.outputs),
        files=tuple(_checked(one.name, one.pages, one.located(), lang) for one in verdict.files),
    )


def _checked(path: str, pages: int, located: Iterable[LocatedFault], lang: Lang) -> CheckedFile:
    return CheckedFile(path=format_path(path), pages=pages, faults=tuple(_shown(one, lang) for one in located))


def _shown(one: LocatedFault, lang: Lang) -> ShownFault:
    record = asdict(fault_record(one.fault, lang))
    return ShownFault(**record, family=find_family(one.fault.code), path=format_path(one.path))
