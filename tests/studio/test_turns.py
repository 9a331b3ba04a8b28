"""Who looks at a page does not wait for the small pictures beside it."""

from threading import Event, Thread

from leaflet.studio.context import Turns


def test_who_goes_first_overtakes_those_who_wait() -> None:
    """Two small ones wait when a large one comes: it is next."""
    turns, seen, begun, go = Turns(), list[str](), Event(), Event()

    def take(name: str, *, goes_first: bool = False) -> None:
        with turns.take(goes_first=goes_first):
            begun.set()
            go.wait(10)
            seen.append(name)

    threads = [Thread(target=take, args=("holder",))]
    threads[0].start()
    assert begun.wait(10)
    threads += [Thread(target=take, args=("small",)) for _ in range(2)]
    threads.append(Thread(target=take, args=("large",), kwargs={"goes_first": True}))
    for thread in threads[1:]:
        thread.start()
    while turns._first != 1:
        pass
    go.set()
    for thread in threads:
        thread.join(10)
    assert seen == ["holder", "large", "small", "small"]


def test_a_turn_ends_with_an_error() -> None:
    """What went wrong for one does not keep the others waiting."""
    turns = Turns()
    for _ in range(2):
        try:
            with turns.take(goes_first=True):
                raise ValueError
        except ValueError:
            pass
