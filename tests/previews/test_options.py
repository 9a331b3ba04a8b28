"""Which records are shown is said by one option, and is the same each time."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.production.preview import PreviewOptions, sample_schools, select_records, text_length
from tests.support import school

LIST = [
    school("Lycée Descartes", key="0370035M", line=2, town="Tours", postcode=""),
    school("Lycée Zola", key="0370040T", line=4, town="Tours", postcode=""),
    school("Lycée Balzac", key="0370036N", line=5, town="Tours", postcode="", address=("rue de la Très Longue Vue",)),
    school("Lycée Hugo", key="0370041U", line=9, town="Tours", postcode=""),
]


NONE = PreviewOptions(campaign=Path("campaign.toml"), out=Path("preview"))


@pytest.mark.parametrize(
    ("options", "uai"),
    [(NONE, "0370035M"), (replace(NONE, longest=True), "0370036N"), (replace(NONE, shortest=True), "0370040T")],
)
def test_one_record(options: PreviewOptions, uai: str) -> None:
    """The first; by what there is to print, address included."""
    assert [chosen.key for chosen in select_records(LIST, options)] == [uai]


@pytest.mark.parametrize(
    ("count", "lines"), [(1, [2]), (2, [2, 5]), (3, [2, 5, 9]), (4, [2, 5, 4, 9]), (9, [2, 5, 4, 9])]
)
def test_a_sample(count: int, lines: list[int]) -> None:
    """The first, the longest, then evenly spread; all when there are not more."""
    assert [chosen.line for chosen in select_records(LIST, replace(NONE, sample=count))] == lines


@given(st.integers(1, 40), st.lists(st.text("ab", max_size=9), min_size=1, max_size=60))
def test_a_sample_is_never_short(count: int, names: list[str]) -> None:
    """As many as asked for, none twice, the first and the longest among them, whatever the list."""
    schools = [school(name, key=f"{number:08}", line=number) for number, name in enumerate(names, 2)]
    chosen = sample_schools(schools, count)
    assert len({one.key for one in chosen}) == len(chosen) == min(count, len(schools))
    assert chosen[0] is schools[0]
    assert count == 1 or max(map(text_length, chosen)) == max(map(text_length, schools))


def test_a_sample_is_spread() -> None:
    """Not the next ones in the list, but some of each part of it."""
    schools = [school("Lycée", key=f"{number:08}", line=number) for number in range(100)]
    assert [one.line for one in sample_schools(schools, 5)] == [0, 13, 38, 62, 87]
