"""Find what differs between two builds or two PDF files, page by page: words, links, pictures.

compare    two paths → a `Comparison`                 builds     which files belong together
pdf_file   pages, links and properties of a file      pages      one page and its partner
content    equal pages, found without drawing them    glyphs     the letters of such pages
words      the texts of two pages                     pixels     the pictures of two pages
pictures   old page, new page and both as PNG files   values     the findings, and their JSON
"""

from leaflet.compare.compare import compare_paths
from leaflet.compare.values import (
    Comparison,
    LinkChange,
    PageChange,
    PagePictures,
    PropertyChange,
    RecordChange,
    Token,
    WordChange,
    comparison_json,
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
    "compare_paths",
    "comparison_json",
]
