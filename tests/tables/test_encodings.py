"""Encodings: found by French letters, reported with a word to judge by, and never guessed where two are as good."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leaflet.faults import DataError
from leaflet.tables.encodings import scores
from tests.support import fault_of
from tests.tables.test_csv_reader import read

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp850", "mac-roman")
TEXTS = {
    "small letters": "Lycée général et technologique à Évreux", "capitals": "LYCÉE FRANÇOIS-VILLON DE L'ÎLE-D'YEU",
    "one accent": "Collège de Tours"
}  # fmt: skip
FRENCH = st.lists(
    st.sampled_from(
        ("école", "Île", "façade", "hôtel", "LYCÉE", "où", "maïs", "forêt", "Évry", "château", "çà", "Noël")
    ),
    min_size=1,
    max_size=6,
)


def listed(name: str) -> str:
    return f"uai;nom;commune\n0370001A;{name};Tours\n"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_found(encoding: str, text: str) -> None:
    _, rows, report = read(listed(text).encode(encoding))
    assert rows[0].cells[1] == text
    reported = [(fault.code, fault.values["encoding"]) for fault in report]
    assert reported == ([("T111", encoding)] if encoding in ("cp1252", "cp850", "mac-roman") else [])


def test_a_word_shows_how_the_file_was_read() -> None:
    _, _, report = read(listed("2Annexé 3").encode("mac-roman"))
    fault = next(iter(report))
    assert (fault.place.line, fault.values["sample"]) == (2, "…Annexé")


@given(words=FRENCH, encoding=st.sampled_from(("cp1252", "cp850", "mac-roman")))
def test_french_is_read_or_asked_about(words: list[str], encoding: str) -> None:
    text = " ".join(words)
    try:
        _, rows, _ = read(listed(text).encode(encoding))
    except DataError as error:
        assert [fault.code for fault in error.faults] == ["T155"]
    else:
        assert rows[0].cells[1] == text


@given(data=st.binary(max_size=60))
def test_any_bytes_are_read_as_they_are_or_refused(data: bytes) -> None:
    """Nothing is replaced: what was decoded encodes to the same bytes."""
    content = b"uai;nom;commune\n0370001A;" + data.translate(None, b'\n\r";\0\x1a') + b";Tours\n"
    assume(content.isascii() is False)
    try:
        _, rows, report = read(content)
    except DataError:
        return
    encoding = next((str(fault.values["encoding"]) for fault in report if fault.code == "T111"), "utf-8")
    if rows:
        assert rows[0].cells[1].encode(encoding) in content


def test_two_readings_as_good_are_asked_about() -> None:
    fault = fault_of(lambda: read(b"uai;nom;commune\n0370001A;Foyer \x85 Tours;Amboise\n"), DataError)
    assert (fault.code, fault.place.line) == ("T155", 2)
    assert "cp1252 « … »" in fault.reason("fr") and "cp850 « à »" in fault.reason("fr")
    assert "--encoding" in fault.way_out("fr")
    _, rows, _ = read(b"uai;nom;commune\n0370001A;Foyer \x85 Tours;Amboise\n", "cp850")
    assert rows[0].cells[1] == "Foyer à Tours"


@pytest.mark.parametrize(("first", "second", "code"), [
    ("utf-8", "cp1252", "T110"), ("cp1252", "mac-roman", "T155"), ("cp850", "cp1252", "T155")
])  # fmt: skip
def test_two_encodings_in_one_file_are_refused(first: str, second: str, code: str) -> None:
    lines = [f"0370001A;Lycée {number};Tours\n" for number in range(5)]
    content = b"uai;nom;commune\n" + "".join(lines).encode(first) + "0370040T;Lycée;Tours\n".encode(second)
    fault = fault_of(lambda: read(content), DataError)
    assert (fault.code, fault.place.line) == (code, 7)


def test_scores_are_comparable() -> None:
    for encoding in ("cp1252", "cp850", "mac-roman"):
        found = scores(listed("Lycée").encode(encoding))
        assert found.pop(encoding) > 0 > max(found.values())
