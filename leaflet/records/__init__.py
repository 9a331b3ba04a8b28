"""Records: a campaign and a school become the names and values a template sees.

``context`` plain dictionaries for the campaign, the académie, the département and the school · ``blanks`` values
nobody gave, which name their field when a template uses them · ``filters`` how templates format values · ``suggest``
probable user names and addresses.
"""

from leaflet.records.context import RecordContexts, area_of, record_context
from leaflet.records.filters import FILTERS
from leaflet.records.suggest import Suggestion, make_suggestions

__all__ = ["FILTERS", "RecordContexts", "Suggestion", "area_of", "make_suggestions", "record_context"]
