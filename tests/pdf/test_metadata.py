"""What a file says of itself: the same in both places, well-formed, and no more than it is."""

import re
from datetime import UTC, datetime
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.pdf.flavour import Claim
from leaflet.pdf.metadata import PRODUCER, Metadata
from leaflet.pdf.objects import string

CLAIMS: tuple[Claim, ...] = get_args(Claim)
DATE = datetime(2026, 11, 24, 8, 30, 5, tzinfo=UTC)
IDENTITY = "0123456789abcdef0123456789ABCDEF"
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfvtid": "http://www.npes.org/pdfvt/ns/id/", "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}  # fmt: skip
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)


def values(packet: bytes) -> dict[str, str]:
    """The properties of an XMP packet by their prefixed names, as another reader finds them."""
    prefixes = {uri: prefix for prefix, uri in SPACES.items()}
    found = {}
    for element in ElementTree.fromstring(packet).iter():
        uri, _, name = element.tag.removeprefix("{").partition("}")
        if uri in prefixes:
            found[f"{prefixes[uri]}:{name}"] = "".join(element.itertext()).strip()
    return found


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_claim_says_what_the_file_is_and_nothing_else(claim: Claim) -> None:
    """A file for screens is not called one for the press, nor the other way round."""
    found = values(Metadata("Section", DATE, claim).xmp("Titre", IDENTITY))
    claims = {name: value for name, value in found.items() if re.match("pdf(a|ua|x|vt)id:", name)}
    wanted = {
        "ua1-2a": {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"},
        "2b": {"pdfaid:part": "2", "pdfaid:conformance": "B"},
        "x4": {"pdfxid:GTS_PDFXVersion": "PDF/X-4"},
    }
    assert claims == wanted[claim]
    assert (b"/Trapped /False" in Metadata("Section", DATE, claim).information("Titre")) == (claim == "x4")


@pytest.mark.parametrize("claim", CLAIMS)
@given(title=texts, author=texts)
def test_any_title_and_author_come_out_as_they_are(claim: Claim, title: str, author: str) -> None:
    """Whatever characters they hold the packet is XML, and both places say the same."""
    metadata = Metadata(author, DATE, claim)
    found = values(metadata.xmp(title, IDENTITY))
    assert (found["dc:title"], found["dc:creator"]) == (title.strip(), author.strip())
    assert found["pdf:Producer"] == found["xmp:CreatorTool"] == PRODUCER and found["dc:language"] == "fr-FR"
    assert metadata.information(title).startswith(b"<< /Title " + string(title) + b" /Author " + string(author))


@pytest.mark.parametrize("author", ["{title}", "{0}", "{", "%b", "&amp;", "]]>"])
def test_an_author_is_text_and_no_pattern(author: str) -> None:
    """What looks like a placeholder or an entity is printed as it is written."""
    assert values(Metadata(author, None).xmp(author))["dc:creator"] == author


def test_dates_are_in_both_places_or_in_none() -> None:
    """They come from the content or from SOURCE_DATE_EPOCH; without one nothing is said."""
    dated, undated = Metadata("S", DATE), Metadata("S", None)
    found = values(dated.xmp("T"))
    assert found["xmp:CreateDate"] == found["xmp:ModifyDate"] == "2026-11-24T08:30:05Z"
    assert dated.information("T").count(b"(D:20261124083005Z)") == 2
    assert not [name for name in values(undated.xmp("T")) if "Date" in name]
    assert b"Date" not in undated.information("T")


def test_a_file_for_the_press_has_date_and_identity() -> None:
    """Three dates, and the same identifier for document and instance, made from 32 digits."""
    found = values(Metadata("S", DATE, "x4").xmp("T", IDENTITY))
    assert found["xmp:MetadataDate"] == found["xmp:ModifyDate"]
    uuid = "uuid:01234567-89ab-cdef-0123-456789abcdef"
    assert (found["xmpMM:DocumentID"], found["xmpMM:InstanceID"]) == (uuid, uuid)
    with pytest.raises(AssertionError):
        Metadata("S", None, "x4")
