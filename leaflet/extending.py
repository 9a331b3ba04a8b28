"""What a package that adds rules to leaflet may rely on: every name of `__all__`, and nothing else.

These names stay as they are for one version of `API`; names may be added to them. docs/extending.md says what a rule
may ask of each class, and has a whole package.

Lengths are whole micrometres, from the top left of what is seen of a page, y downwards; `to_mm` turns them into
millimetres.
"""

from leaflet.extensions import API
from leaflet.faults import Lang, Message, Severity
from leaflet.geometry import Box
from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, OutputFolder, Rule, RuleSet
from leaflet.units import to_mm

__all__ = [
    "API",
    "Box",
    "Context",
    "Finding",
    "FinishedFile",
    "FinishedPage",
    "Lang",
    "Message",
    "Options",
    "OutputFolder",
    "Rule",
    "RuleSet",
    "Severity",
    "to_mm",
]
