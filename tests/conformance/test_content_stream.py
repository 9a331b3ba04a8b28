"""Content streams: what is parsed of damaged ones."""

import warnings
from collections.abc import Iterator

import pikepdf
import pytest

from leaflet.pdf.standards.content_stream import read_instructions


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    """A file that lives as long as a test: its objects die with it."""
    with pikepdf.new() as made:
        yield made


def test_tokens_that_do_not_end_are_raised_if_strict(pdf: pikepdf.Pdf) -> None:
    """Otherwise pikepdf warns, and what was read stays."""
    cut = pikepdf.Stream(pdf, b"q 1 2")
    with pytest.raises(UserWarning):
        read_instructions(cut, strict=True)
    with warnings.catch_warnings(action="ignore"):
        assert [str(one.operator) for one in read_instructions(cut)] == ["q"]
