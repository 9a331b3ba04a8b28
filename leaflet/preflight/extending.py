"""Name what a package that adds rules to leaflet may rely on: every name of `__all__`, and nothing else.

These names stay as they are for one version of `API`; names may be added to them. docs/extending.md says what a rule
may ask of each class, and has a whole package.

Lengths are whole micrometres, from the top left of what is seen of a page, y downwards; `to_mm` turns them into
millimetres.
"""

from leaflet.faults import Lang, Message, Severity
from leaflet.files.extensions import API
from leaflet.geometry import Box, to_mm
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, OutputFolder, Rule, RuleSet

__all__ = ["API", "Box", "Context", "Finding", "FinishedFile", "FinishedPage", "Lang", "Message", "Options",
           "OutputFolder", "Rule", "RuleSet", "Severity", "to_mm"]  # fmt: skip
