"""The metadata of a file: document information and XMP, which must agree (ISO 19005-2 §6.6.3)."""

from dataclasses import dataclass, field
from datetime import datetime
from html import escape  # xml.sax.saxutils has one too, and urllib with it

from leaflet.pdf.flavour import Claim
from leaflet.pdf.objects import string
from leaflet.program import __version__

PRODUCER = f"leaflet {__version__}"
LANGUAGE = "fr-FR"
_TITLE_MARK = "\x00title\x00"
_IDENTITY_MARK = "\x00identity\x00"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/"{spaces}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
{dates}<pdf:Producer>{producer}</pdf:Producer>
{claims}</rdf:Description>
{schemas}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

_ARCHIVE_SPACES = ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
_UA_SPACES = ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
_PRESS_SPACES = ' xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
_VARIABLE_SPACES = ' xmlns:pdfvtid="http://www.npes.org/pdfvt/ns/id/"'
_SPACES: dict[Claim, str] = {
    "ua1-2a": _ARCHIVE_SPACES + _UA_SPACES,
    "2b": _ARCHIVE_SPACES,
    "x4": _PRESS_SPACES,
    "vt1": _PRESS_SPACES + _VARIABLE_SPACES,
}

_ARCHIVE = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>{level}</pdfaid:conformance>\n"
_UA = "<pdfuaid:part>1</pdfuaid:part>\n"
_PRESS = """<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{identity}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
"""
_VARIABLE = """<pdfvtid:GTS_PDFVTVersion>PDF/VT-1</pdfvtid:GTS_PDFVTVersion>
<pdfvtid:GTS_PDFVTModDate>{stamp}</pdfvtid:GTS_PDFVTModDate>
"""

_UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
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
"""


@dataclass(frozen=True)
class Metadata:
    """The metadata of the files of a build; only the title varies.

    Args:
        created: a date that comes from the content or from SOURCE_DATE_EPOCH, never from the clock; or None.
            Files for the print shop must have one.
    """

    author: str  # the publisher
    created: datetime | None
    claim: Claim = "ua1-2a"  # the standards the files conform to
    _xmp: list[str] = field(init=False, repr=False)
    _information: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        assert self.created or self.claim in ("ua1-2a", "2b"), "PDF/X wants a date"
        filled = _XMP.format(
            spaces=_SPACES[self.claim],
            title=_TITLE_MARK,
            author=escape(self.author, quote=False),
            language=LANGUAGE,
            producer=PRODUCER,
            dates=self._dates(),
            claims=self._claims(),
            schemas=_UA_SCHEMA if self.claim == "ua1-2a" else "",
        )
        object.__setattr__(self, "_xmp", filled.split(_TITLE_MARK))
        object.__setattr__(self, "_information", self._same_information())

    @property
    def _stamp(self) -> str:
        return self.created.strftime("%Y-%m-%dT%H:%M:%SZ") if self.created else ""

    def _dates(self) -> str:
        if not self.created:
            return ""
        names = ["CreateDate", "ModifyDate"]
        names += ["MetadataDate"] if self.claim in ("x4", "vt1") else []
        return "".join(f"<xmp:{name}>{self._stamp}</xmp:{name}>\n" for name in names)

    def _claims(self) -> str:
        if self.claim in ("ua1-2a", "2b"):
            archive = _ARCHIVE.format(level=self.claim[-1].upper())
            return archive + _UA if self.claim == "ua1-2a" else archive
        press = _PRESS.format(identity=_IDENTITY_MARK)
        return press + _VARIABLE.format(stamp=self._stamp) if self.claim == "vt1" else press

    def xmp(self, title: str, identity: str = "") -> bytes:
        """Return the XMP packet of a file; `identity` is 32 hexadecimal digits made from its content."""
        text = escape(title, quote=False).join(self._xmp)
        if identity:
            groups = (identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:32])
            text = text.replace(_IDENTITY_MARK, "-".join(groups).lower())
        return text.encode()

    def information(self, title: str) -> bytes:
        """Return the document information dictionary, equal to the XMP."""
        return b"<< /Title %b %b >>" % (string(title), self._information)

    def _same_information(self) -> bytes:
        """Return the entries that all files share."""
        entries = [b"/Author " + string(self.author)]
        entries += [b"/Creator " + string(PRODUCER), b"/Producer " + string(PRODUCER)]
        if self.created:
            stamp = string(self.created.strftime("D:%Y%m%d%H%M%SZ"))
            entries += [b"/CreationDate " + stamp, b"/ModDate " + stamp]
        if self.claim in ("x4", "vt1"):
            entries.append(b"/Trapped /False")
        return b" ".join(entries)
