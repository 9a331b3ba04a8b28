"""What differs between two builds or two PDF files, page by page: words, links, pictures.

``compare`` two paths in, a `Comparison` out · ``values`` what is found · ``builds`` which files belong together ·
``content`` equal pages without drawing them (``glyphs`` their letters) · ``pdf_file`` pages, links, properties ·
``words`` the text · ``pixels`` the pictures · ``pages`` one page and its partner · ``drawing`` old, new and both on
one another as PNG · ``as_json`` for programs.
"""

from leaflet.compare.as_json import comparison_json
from leaflet.compare.compare import compare
from leaflet.compare.values import (
    Comparison,
    LinkChange,
    PageChange,
    PagePictures,
    PropertyChange,
    RecordChange,
    Token,
    WordChange,
)

__all__ = [
    "Comparison",
    "LinkChange",
    "PageChange",
    "PagePictures",
    "PropertyChange",
    "RecordChange",
    "Token",
    "WordChange",
    "compare",
    "comparison_json",
]
