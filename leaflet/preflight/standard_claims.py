"""The standards that a file claims to keep, whether it does (page-validation), and whether it is read on a screen."""

import page as validation
import pikepdf

from leaflet.preflight.reader.finished import FinishedFile

ARCHIVES = ("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")
_LENGTH = "STREAM-LENGTH"  # told wrongly where a stream's last byte is a carriage return; K001 tells true ones
_CARRIAGE_RETURN = b"\r\nendstream"
_BY_TEXT = ("NOTDEF-GLYPH", "FONT-UNICODE-MAPPING")  # what the texts of a file decide, not its structure

Failures = tuple[tuple[str, str], ...]  # rule and message of each


def claimed(file: FinishedFile, *profiles: str) -> list[str]:
    """Return those of some profiles of page-validation that a file claims."""
    return [profile for profile in profiles if profile in file.claims]


def validate(file: FinishedFile, profile: str, most_forms: int) -> Failures | str:
    """Return rule and message of all that page-validation finds; one message if the file is too large for it."""

    def make() -> Failures | str:
        limits = validation.SafetyLimits(max_form_invocations=most_forms)
        try:
            report = validation.validate_pdf_bytes(file.data, profile=profile, limits=limits)
        except validation.SafetyLimitError as error:
            return str(error)
        except validation.PageError as error:
            return ((profile, str(error)),)
        beside = (*_BY_TEXT, _LENGTH) if _CARRIAGE_RETURN in file.data else _BY_TEXT
        failures = ((found.rule_id, found.message) for found in report.failures)
        return tuple((rule, text) for rule, text in failures if not any(part in rule for part in beside))

    return file.memory.recall(f"claim {profile} {most_forms}".encode(), file.structure_key, make)


def tree(file: FinishedFile) -> pikepdf.Dictionary | None:
    """Return the root of the structure tree of a file; None without tags."""
    found = file.root.get("/StructTreeRoot")
    return found if isinstance(found, pikepdf.Dictionary) else None


def claims_tags(file: FinishedFile) -> bool:
    """Check whether a file says it is accessible, or archivable at the level that asks for tags."""
    return bool(file.claims & {"ua1", "1a", "2a", "3a"})


def is_for_people(file: FinishedFile) -> bool:
    """Check whether anybody reads a file on a screen: it is neither for a press nor one of our print runs."""
    is_press = any(claim.startswith(("x", "vt")) for claim in file.claims)
    return not is_press and not (file.is_ours and tree(file) is None)
