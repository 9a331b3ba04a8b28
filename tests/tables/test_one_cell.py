"""Names and addresses in one cell are split where it is sure how; courtesy titles are no part of names."""

import pytest

from leaflet.tables.person_names import NameOrder, name_order, split_name, without_courtesy_title
from leaflet.tables.school import PostalAddress, split_address
from tests.support import tables_of

TABLES = tables_of(__file__)
BY_CAPITALS, SPLIT = TABLES["capitals"], TABLES["addresses"]


@pytest.mark.parametrize("text", BY_CAPITALS)
def test_the_last_name_stands_in_capitals(text: str) -> None:
    assert split_name(text) == (tuple(BY_CAPITALS[text]) or None)


@pytest.mark.parametrize(("text", "order", "names"), TABLES["ordered"])
def test_else_the_header_says_the_order(text: str, order: NameOrder, names: list[str]) -> None:
    assert split_name(text, order) == (tuple(names) or None)


@pytest.mark.parametrize(("header", "order"), TABLES["headers"])
def test_the_order_of_a_header(header: str, order: NameOrder) -> None:
    assert name_order(header) == order


@pytest.mark.parametrize(("text", "name"), TABLES["courtesy"])
def test_courtesy_titles_are_left_out(text: str, name: str) -> None:
    assert without_courtesy_title(text) == name


@pytest.mark.parametrize("text", SPLIT)
def test_street_postcode_and_town(text: str) -> None:
    lines, postcode, town = SPLIT[text]
    assert split_address(text) == PostalAddress(lines=tuple(lines), postcode=postcode, town=town)


@pytest.mark.parametrize(
    "text", ["12 rue X", "rue X, Tours 37000", "1 rue X 37000 TOURS 02 47 00 00 00", "", "37000"]
)
def test_any_other_text_is_not_split(text: str) -> None:
    """Without a town behind the postcode nobody knows what is what."""
    assert split_address(text) is None
