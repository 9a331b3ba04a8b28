"""What a file says about itself: document information and XMP, which must agree (ISO 19005-2 §6.6.3)."""

from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape

from leaflet import __version__
from leaflet.pdf.objects import string

PRODUCER = f"leaflet {__version__}"
LANGUAGE = "fr-FR"
_TITLE_MARK = "\x00title\x00"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
{dates}<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Metadata:
    """What all files of a build say; only the title is a record's own.

    Args:
        author: the publisher.
        created: a date that comes from the content or from SOURCE_DATE_EPOCH, never from the clock; or None.
    """

    author: str
    created: datetime | None
    _xmp: tuple[bytes, bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        dates = ""
        if self.created:
            stamp = self.created.strftime("%Y-%m-%dT%H:%M:%SZ")
            dates = f"<xmp:CreateDate>{stamp}</xmp:CreateDate>\n<xmp:ModifyDate>{stamp}</xmp:ModifyDate>\n"
        filled = _XMP.format(
            title=_TITLE_MARK,
            author=escape(self.author),
            language=LANGUAGE,
            producer=PRODUCER,
            dates=dates,
        )
        before, after = filled.split(_TITLE_MARK)
        object.__setattr__(self, "_xmp", (before.encode(), after.encode()))

    def xmp(self, title: str) -> bytes:
        """The XMP packet of a file with this title."""
        before, after = self._xmp
        return before + escape(title).encode() + after

    def information(self, title: str) -> bytes:
        """The document information dictionary, equal to the XMP."""
        entries = [b"/Title " + string(title), b"/Author " + string(self.author)]
        entries += [b"/Creator " + string(PRODUCER), b"/Producer " + string(PRODUCER)]
        if self.created:
            stamp = string(self.created.strftime("D:%Y%m%d%H%M%SZ"))
            entries += [b"/CreationDate " + stamp, b"/ModDate " + stamp]
        return b"<< %b >>" % b" ".join(entries)
