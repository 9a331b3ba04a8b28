"""How fast files are made, by a clock that the test sets."""

from collections.abc import Callable

import pytest

from leaflet.cli.progress import FileRate, format_duration


class Clock:
    """Seconds, which a test lets pass."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make_files(
    rate: FileRate, clock: Clock, seconds: float, files: Callable[[float], float], step: float = 0.05
) -> None:
    """Let time pass and add after each step how many files are done."""
    start = clock.now
    for number in range(1, round(seconds / step) + 1):
        clock.now = start + number * step
        rate.add(int(files(number * step)))


def test_there_is_no_rate_at_once(clock: Clock) -> None:
    """A fifth of a second says something; no file done says nothing."""
    rate = FileRate(clock)
    assert (rate.files_per_second, rate.seconds_left(0, 10)) == (None, None)
    clock.now += 0.1
    rate.add(5)
    assert rate.files_per_second is None
    clock.now += 0.15
    rate.add(5)
    assert rate.files_per_second == pytest.approx(20)
    rate = FileRate(clock)
    clock.now += 30
    rate.add(0)
    assert (rate.files_per_second, rate.seconds_left(0, 5)) == (None, None)


def test_a_steady_rate(clock: Clock) -> None:
    rate = FileRate(clock)
    make_files(rate, clock, 8, lambda seconds: 100 * seconds)
    assert rate.files_per_second == pytest.approx(100, rel=0.05)
    assert rate.seconds_left(800, 1800) == pytest.approx(10, rel=0.05) and rate.seconds_left(1800, 1800) == 0


def test_the_last_ten_seconds_count(clock: Clock) -> None:
    rate = FileRate(clock)
    make_files(rate, clock, 60, lambda seconds: seconds)
    make_files(rate, clock, 15, lambda seconds: 60 + 200 * seconds)
    assert rate.files_per_second == pytest.approx(200, rel=0.1)


def test_few_points_are_kept(clock: Clock) -> None:
    """However many files are made, five points a second are enough."""
    rate = FileRate(clock)
    make_files(rate, clock, 20, lambda seconds: 10_000 * seconds, step=0.001)
    assert len(rate._points) < 60


@pytest.mark.parametrize(("seconds", "text"), [
    (0, "0 s"), (7.6, "8 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (80, "1 min 20 s"), (3599.7, "1 h 00 min"),
    (7500, "2 h 05 min"), (360_000, "100 h 00 min")
])  # fmt: skip
def test_durations(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text
