"""The look-out for changes: for those who look, as soon as files have settled, until it is over."""

from collections.abc import Callable
from threading import Thread

from leaflet.preview.shown import Shown, View
from leaflet.preview.watch import Gallery, look, watch
from tests.preview.conftest import BALZAC, VINCI, Desk, change


class Told(list[Shown]):
    """What was told, in order."""

    def __call__(self, shown: Shown) -> None:
        self.append(shown)


def nothing() -> None:
    """No pause."""


def edit(desk: Desk, name: str) -> None:
    """A save of the list."""
    change(desk.list, "Lycée Descartes", name)


def test_each_change_once(desk: Desk) -> None:
    """A look that finds nothing new tells nothing."""
    gallery, told = Gallery(desk.workshop()), Told()
    for _ in range(3):
        look(gallery, View(), told, nothing)
    edit(desk, "Lycée René Descartes")
    for _ in range(3):
        look(gallery, View(), told, nothing)
    assert [(shown.number, shown.changed) for shown in told] == [(1, ()), (2, ("inputs",))]


def test_files_settle_first(desk: Desk) -> None:
    """An editor that empties a file and then fills it is waited for: nobody sees the half of it."""
    gallery, told = Gallery(desk.workshop()), Told()
    look(gallery, View(), told, nothing)
    whole = desk.list.read_text("utf-8")
    writes = [whole[:60], whole[:90], whole.replace("Descartes", "René Descartes")]
    desk.list.write_text("", "utf-8")

    def pause() -> None:
        if writes:
            desk.list.write_text(writes.pop(0), "utf-8")

    look(gallery, View(), told, pause)
    assert [(shown.number, shown.errors) for shown in told] == [(1, []), (2, [])]


def test_files_that_never_settle(desk: Desk) -> None:
    """They are taken as they are in the end."""
    gallery, told = Gallery(desk.workshop()), Told()
    look(gallery, View(), told, nothing)
    rows, writes = desk.list.read_text("utf-8"), []

    def pause() -> None:
        writes.append(1)
        desk.list.write_text(rows + "\n" * len(writes), "utf-8")

    pause()
    look(gallery, View(), told, pause)
    assert [shown.number for shown in told] == [1, 2]
    assert 10 < len(writes) < 100


def test_what_is_looked_at_is_made(desk: Desk) -> None:
    """The views of open pages, each once; the first one while no page is open."""
    gallery, told = Gallery(desk.workshop()), Told()
    gallery.show(View(record=BALZAC))
    with gallery.viewing(View(record=BALZAC)), gallery.viewing(View(record=BALZAC)):
        with gallery.viewing(View(record=VINCI)):
            look(gallery, View(), told, nothing)
        change(desk.campaign, "Section d’essai", "Autre section")
        look(gallery, View(), told, nothing)
    look(gallery, View(), told, nothing)
    assert [shown.school and shown.school.uai for shown in told] == [VINCI, BALZAC, "0370035M"]
    assert gallery.views() == ()


def test_who_waits_is_told(desk: Desk) -> None:
    """A page that knows the number of a view gets the next one, or nothing after a while, or at the end."""
    gallery = Gallery(desk.workshop())
    number = gallery.show(View()).number
    assert gallery.wait(View(), -1, 0) == number
    assert gallery.wait(View(), number, 0) is None
    edit(desk, "Lycée René Descartes")
    assert _while(lambda: gallery.show(View()), lambda: gallery.wait(View(), number, 60)) == number + 1
    assert _while(gallery.close, lambda: gallery.wait(View(), number + 1, 60)) is None


def _while(act: Callable[[], object], wait: Callable[[], int | None]) -> int | None:
    """What is waited for in one thread while another acts."""
    found: list[int | None] = []
    thread = Thread(target=lambda: found.append(wait()))
    thread.start()
    act()
    thread.join(60)
    return found[0]


def test_until_it_is_over(desk: Desk) -> None:
    """The first view is made at once; then looks follow one another until somebody says stop."""
    gallery, told, looks = Gallery(desk.workshop()), Told(), []

    def is_over() -> bool:
        looks.append(1)
        if len(looks) == 2:
            edit(desk, "Lycée René Descartes")
        return len(looks) > 3

    watch(gallery, View(), told, is_over)
    assert [shown.number for shown in told] == [1, 2]
