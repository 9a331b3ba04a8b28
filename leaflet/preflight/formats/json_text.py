"""Write a verdict as JSON, whose keys are always present and do not change.

{"leaflet": version, "lang": "fr",
 "rows": {"ready": 310, …},                    rows of the list, of one campaign; null without
 "counts": {"files": 310, "pages": 620, "error": 2, "warning": 5, "note": 0},   of finished files
 "faults": [{"code", "severity", "family", "path", "file", "page", "line", "cell", "field", "record",
             "reason", "way_out", "lang", "values"}],
 "seconds": {"opening": 1.2, "K001": 0.1, …}}  of the processor, over all files
"""

import json
from typing import get_args

from msgspec.structs import asdict

from leaflet.faults import Lang, Severity
from leaflet.preflight.formats.fault_text import find_family, format_path
from leaflet.preflight.verdict import Verdict
from leaflet.production.fault_files import fault_record
from leaflet.version import __version__


def to_json(verdict: Verdict, lang: Lang) -> str:
    """Write the whole verdict."""
    rows = verdict.campaigns[0].rows if len(verdict.campaigns) == 1 else None
    content = {
        "leaflet": __version__,
        "lang": lang,
        "rows": asdict(rows) if rows else None,
        "counts": {
            "files": len(verdict.files),
            "pages": sum(file.pages for file in verdict.files),
            **{severity: verdict.count(severity) for severity in get_args(Severity)},
        },
        "faults": [
            fault_record(found.fault, lang)
            | {"family": find_family(found.fault.code), "path": format_path(found.path)}
            for found in verdict.located()
        ],
        "seconds": {name: round(seconds, 6) for name, seconds in verdict.seconds.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
