"""What a package that adds something to leaflet may rely on: every name of `__all__`, and nothing else.

These names stay as they are for one version of `API`; names may be added to them. docs/extending.md has a whole
package that uses them.

    a group of entry points    its object    what the name of the entry point is
    ``leaflet.resources``      (a folder)    any
    ``leaflet.rules``          `RuleSet`     any
    ``leaflet.outputs``        `Output`      what is typed after ``leaflet check --format``
    ``leaflet.storage``        `Storage`     the scheme of an address: ``shelf`` of ``shelf://…``

Lengths are whole micrometres from the top left of the visible page, y downwards; `to_mm` turns them into millimetres.
"""

from leaflet.extensions import API
from leaflet.faults import Lang, Message, Severity
from leaflet.preflight.findings import CheckedFile, Findings, Output, ShownFault
from leaflet.preflight.rule import Finding, Options, Rule, RuleSet
from leaflet.production.storage.objects import Objects, Storage
from leaflet.units import to_mm

__all__ = [
    "API",
    "CheckedFile",
    "Finding",
    "Findings",
    "Lang",
    "Message",
    "Objects",
    "Options",
    "Output",
    "Rule",
    "RuleSet",
    "Severity",
    "ShownFault",
    "Storage",
    "to_mm",
]
