"""Content streams: what is parsed of damaged ones."""

import warnings

import pikepdf
import pytest

from leaflet.pdf.standards.content_stream import read_instructions


def test_tokens_that_do_not_end_are_raised_if_strict() -> None:
    """Otherwise pikepdf warns, and what was read stays."""
    pdf = pikepdf.new()  # its objects die with it
    cut = pikepdf.Stream(pdf, b"q 1 2")
    with pytest.raises(UserWarning):
        read_instructions(cut, strict=True)
    with warnings.catch_warnings(action="ignore"):
        assert [str(one.operator) for one in read_instructions(cut)] == ["q"]
