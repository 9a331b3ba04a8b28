"""The metadata of a file: document information and XMP, which must agree (ISO 19005-2 §6.6.3)."""

from datetime import datetime
from html import escape  # xml.sax.saxutils has one too, and urllib with it

from leaflet.pdf.flavour import Claim
from leaflet.pdf.objects import string
from leaflet.program import __version__, own_table

PRODUCER = f"leaflet {__version__}"
_TITLE_MARK = "\x00title\x00"
_IDENTITY_MARK = "\x00identity\x00"

_XMP = own_table("xmp.toml")
_DATES = b"CreationDate", b"ModDate"


class Metadata:
    """The metadata of the files of a build; only the title varies.

    Args:
        author: the publisher.
        created: a date that comes from the content or from SOURCE_DATE_EPOCH, never from the clock; or None.
            Files for the print shop must have one.
        claim: the standards the files conform to.
        language: that of the text, as a flavour has it.
    """

    def __init__(
        self, author: str, created: datetime | None, claim: Claim = "ua1-2a", language: str = "fr-FR"
    ) -> None:
        is_press = claim == "x4"
        assert created or not is_press, "PDF/X wants a date"
        names = ["CreateDate", "ModifyDate", *(["MetadataDate"] if is_press else [])] if created else []
        stamp = created.strftime("%Y-%m-%dT%H:%M:%SZ") if created else ""
        filled = _XMP["packet"].format(
            spaces=_XMP["spaces"][claim],
            title=_TITLE_MARK,
            author=escape(author, quote=False),
            language=language,
            producer=PRODUCER,
            dates="".join(f"<xmp:{name}>{stamp}</xmp:{name}>\n" for name in names),
            claims=_XMP["claims"][claim].format(identity=_IDENTITY_MARK, stamp=stamp),
            schemas=_XMP["accessible"] if claim == "ua1-2a" else "",
        )
        self._xmp = filled.split(_TITLE_MARK)
        program = string(PRODUCER)
        entries = [b"/Author %b /Creator %b /Producer %b" % (string(author), program, program)]
        if created:
            entries += [b"/%b %b" % (name, string(created.strftime("D:%Y%m%d%H%M%SZ"))) for name in _DATES]
        if is_press:
            entries.append(b"/Trapped /False")
        self._information = b" ".join(entries)

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
