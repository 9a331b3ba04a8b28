"""Packed sequences are lists in all but the room they take."""

import tracemalloc
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from leaflet.packed import Packed


class Item(Struct, frozen=True):
    """Something like a school."""

    name: str
    lines: tuple[str, ...] = ()
    copies: int | None = None


ITEMS = st.builds(
    Item, st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2).map(tuple), st.none() | st.integers(0, 9)
)
MANY = st.integers(0, 140).flatmap(lambda size: st.lists(ITEMS, min_size=size, max_size=size))


def numbered(count: int) -> list[Item]:
    """So many, no two of them alike."""
    return [Item(f"école {number}", ("3 rue du Moulin",), number % 7) for number in range(count)]


@given(MANY)
def test_it_has_the_items_of_a_list(items: list[Item]) -> None:
    """All of them, forwards and backwards, one by one and in slices."""
    packed = Packed(Item, items)
    assert len(packed) == len(items)
    assert list(packed) == items
    assert list(reversed(packed)) == items[::-1]
    assert [packed[at] for at in range(-len(items), len(items))] == items + items
    assert [packed[at] for at in (slice(1, None), slice(None, -70), slice(None, None, -3))] == [
        items[1:],
        items[:-70],
        items[::-3],
    ]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128])
def test_nothing_is_beyond_its_ends(count: int) -> None:
    """As in a list."""
    packed = Packed(Item, numbered(count))
    for at in (count, -count - 1):
        with pytest.raises(IndexError):
            packed[at]


@given(MANY, MANY)
def test_it_equals_what_has_the_same_items(one: list[Item], other: list[Item]) -> None:
    """A list, or another of its kind; and nothing else."""
    packed = Packed(Item, one)
    assert packed == one
    assert packed == Packed(Item, one)
    assert (packed == other) is (packed == Packed(Item, other)) is (one == other)
    assert packed != tuple(one)


@given(MANY)
def test_what_is_handed_out_is_forgotten(items: list[Item]) -> None:
    """Block by block, and it can be filled again."""
    packed = Packed(Item, items)
    assert list(packed.drain()) == items
    assert not packed
    packed.extend(items)
    assert packed == items


@given(MANY)
def test_it_is_sorted_as_a_list_is(items: list[Item]) -> None:
    """Equal ones stay in their order."""
    packed = Packed(Item, items)
    packed.sort(key=lambda item: item.name)
    assert packed == sorted(items, key=lambda item: item.name)


@pytest.mark.parametrize("count", [2_048, 2_049, 7_000])
def test_a_long_one_is_sorted_in_parts(count: int) -> None:
    """Which are then put together; equal ones stay in their order even so."""
    items = numbered(count)
    packed = Packed(Item, items)
    packed.sort(key=lambda item: item.copies)
    assert packed == sorted(items, key=lambda item: item.copies or 0)


def test_texts_can_be_packed_too() -> None:
    """And stay what they were."""
    texts = [f"feuillet-a4/{number:07}.pdf" for number in range(100)]
    assert Packed(str, texts) == texts


def memory_of(items: Iterable[Item], *, is_packed: bool) -> int:
    """Bytes that a sequence of them takes."""
    tracemalloc.start()
    try:
        kept = Packed(Item, items) if is_packed else list(items)
        assert kept
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_it_takes_a_tenth_of_the_room() -> None:
    """Of that of a list of the same items, sorted or not."""
    made = (Item(f"école {number}", ("3 rue du Moulin", "BP 12"), number) for number in range(5_000))
    again = (Item(f"école {number}", ("3 rue du Moulin", "BP 12"), number) for number in range(5_000))
    assert memory_of(made, is_packed=True) * 10 < memory_of(again, is_packed=False)
