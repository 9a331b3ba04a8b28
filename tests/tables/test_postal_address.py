"""An address in one cell is split at its postcode and town."""

import tomllib
from pathlib import Path

import pytest

from leaflet.tables.school import PostalAddress, split_address

SPLIT = tomllib.loads(Path(__file__).with_name("postal_addresses.toml").read_text("utf-8"))


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
