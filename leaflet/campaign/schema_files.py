"""Name the schemas of files that people write: where they stand beside a campaign, and the first line that says so.

`leaflet.schema` makes and writes them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Named = Literal["campaign", "theme", "election", "template"]
"""A kind of file whose first line names its schema."""

SCHEMA_FILES: Mapping[Named, str] = MappingProxyType(
    {
        "campaign": ".leaflet/campaign.schema.json",
        "theme": ".leaflet/theme.schema.json",
        "election": ".leaflet/election.schema.json",
        "template": ".leaflet/template.xsd",
    }
)
"""The schemas by the kind of file, below the folder of the campaign."""

_LINES: Mapping[Named, str] = MappingProxyType(
    {
        "campaign": "#:schema {path}\n",
        "theme": "#:schema ../{path}\n",
        "election": "#:schema ../{path}\n",
        "template": '<?xml-model href="../../{path}" schematypens="http://www.w3.org/2001/XMLSchema"?>\n',
    }
)
_DIRECTIVES = ("#:schema ", "<?xml-model ")  # how a line begins that names a schema


def with_schema_line(kind: Named, text: str) -> str:
    """Return the text of a file with a first line that names its schema, in the place of another such line."""
    first, _, rest = text.partition("\n")
    return _LINES[kind].format(path=SCHEMA_FILES[kind]) + (rest if first.startswith(_DIRECTIVES) else text)
