"""The walker of content streams: what each operator changes, and what changes nothing."""

import warnings
from collections.abc import Iterator

import pikepdf
import pytest

from leaflet.conformance.content_stream import (
    MARKED_CONTENT,
    SAVING,
    TEXT_OBJECTS,
    TEXT_STATE,
    MarkedSequence,
    TextWalker,
    read_instructions,
    shown_strings,
)


class Walker(TextWalker):
    """A walker with all tables."""

    operators = SAVING | TEXT_STATE | TEXT_OBJECTS | MARKED_CONTENT


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    """A file that lives as long as a test: its objects die with it."""
    with pikepdf.new() as made:
        yield made


def walked(pdf: pikepdf.Pdf, *contents: bytes, resources: pikepdf.Dictionary | None = None) -> Walker:
    """A walker at the end of contents."""
    walker = Walker(resources)
    walker.walk(read_instructions(*(pikepdf.Stream(pdf, content) for content in contents)))
    return walker


def test_streams_are_one_text(pdf: pikepdf.Pdf) -> None:
    """The state at the end of a stream is the one in which the next begins."""
    graphics = walked(pdf, b"BT /F1 9 Tf", b"3 Tr ET").graphics
    assert (graphics.font, graphics.mode) == ("/F1", 3)


def test_saved_states_come_back(pdf: pikepdf.Pdf) -> None:
    """Whatever is between q and Q; one Q too many changes nothing."""
    walker = walked(pdf, b"/F1 9 Tf q /F2 8 Tf 3 Tr Q Q")
    assert (walker.graphics.font, walker.graphics.mode, walker.saved) == ("/F1", 0, [])


def test_sequences_have_tag_and_identifier(pdf: pikepdf.Pdf) -> None:
    """Of property lists written there or among the resources; inside a text object or not."""
    resources = pikepdf.Dictionary(Properties=pikepdf.Dictionary(M=pikepdf.Dictionary(MCID=7)))
    walker = walked(pdf, b"/A BMC /P << /MCID 1 >> BDC EMC BT /P /M BDC /Q /N BDC ET", resources=resources)
    assert walker.sequences == [
        MarkedSequence("/A", None, False),
        MarkedSequence("/P", 7, True),
        MarkedSequence("/Q", None, True),
    ]
    assert not walker.in_text


def test_a_table_not_taken_changes_nothing(pdf: pikepdf.Pdf) -> None:
    """A walker executes only what its class asks for."""

    class Bare(TextWalker):
        operators = SAVING

    walker = Bare()
    walker.walk(read_instructions(pikepdf.Stream(pdf, b"BT /F1 9 Tf /A BMC")))
    assert (walker.graphics.font, walker.in_text, walker.sequences) == ("", False, [])


def test_shown_strings_are_those_of_arrays_too(pdf: pikepdf.Pdf) -> None:
    """Numbers between them are no strings."""
    one, other = read_instructions(pikepdf.Stream(pdf, b'[(a) 20 (b)] TJ 1 2 (c) "'))
    assert [*shown_strings(one.operands), *shown_strings(other.operands)] == [b"a", b"b", b"c"]


def test_tokens_that_do_not_end_are_raised_if_strict(pdf: pikepdf.Pdf) -> None:
    """Otherwise pikepdf warns, and what was read stays."""
    cut = pikepdf.Stream(pdf, b"q 1 2")
    with pytest.raises(UserWarning):
        read_instructions(cut, strict=True)
    with warnings.catch_warnings(action="ignore"):
        assert [str(one.operator) for one in read_instructions(cut)] == ["q"]
