"""Changes are seen once files are stable, and rendered for the views that somebody has open, until it is over."""

from collections.abc import Callable
from threading import Thread

from leaflet.previews.views import RenderedView, View
from leaflet.previews.watch import SharedViews, render_changed, watch
from tests.previews.conftest import BALZAC, VINCI, Project, change


class RenderedList(list[RenderedView]):
    """The views rendered, in order."""

    def __call__(self, view: RenderedView) -> None:
        self.append(view)


def nothing() -> None:
    """No pause."""


def edit(project: Project, name: str) -> None:
    """A save of the list."""
    change(project.list, "Lycée Descartes", name)


def test_each_change_once(project: Project) -> None:
    """A look that finds nothing new tells nothing."""
    views, rendered = SharedViews(project.view_cache()), RenderedList()
    for _ in range(3):
        render_changed(views, View(), rendered, nothing)
    edit(project, "Lycée René Descartes")
    for _ in range(3):
        render_changed(views, View(), rendered, nothing)
    assert [(view.number, view.changed) for view in rendered] == [(1, ()), (2, ("inputs",))]


def test_files_are_stable_first(project: Project) -> None:
    """An editor that empties a file and then fills it is waited for: nobody sees the half of it."""
    views, rendered = SharedViews(project.view_cache()), RenderedList()
    render_changed(views, View(), rendered, nothing)
    whole = project.list.read_text("utf-8")
    writes = [whole[:60], whole[:90], whole.replace("Descartes", "René Descartes")]
    project.list.write_text("", "utf-8")

    def pause() -> None:
        if writes:
            project.list.write_text(writes.pop(0), "utf-8")

    render_changed(views, View(), rendered, pause)
    assert [(view.number, view.errors) for view in rendered] == [(1, []), (2, [])]


def test_files_that_are_never_stable(project: Project) -> None:
    """They are taken as they are in the end."""
    views, rendered = SharedViews(project.view_cache()), RenderedList()
    render_changed(views, View(), rendered, nothing)
    rows, writes = project.list.read_text("utf-8"), []

    def pause() -> None:
        writes.append(1)
        project.list.write_text(rows + "\n" * len(writes), "utf-8")

    pause()
    render_changed(views, View(), rendered, pause)
    assert [view.number for view in rendered] == [1, 2]
    assert 10 < len(writes) < 100


def test_open_views_are_rendered(project: Project) -> None:
    """The views of open pages, each once; the first one while no page is open."""
    views, rendered = SharedViews(project.view_cache()), RenderedList()
    views.render(View(record=BALZAC))
    with views.viewing(View(record=BALZAC)), views.viewing(View(record=BALZAC)):
        with views.viewing(View(record=VINCI)):
            render_changed(views, View(), rendered, nothing)
        change(project.campaign, "Section d’essai", "Autre section")
        render_changed(views, View(), rendered, nothing)
    render_changed(views, View(), rendered, nothing)
    assert [view.school and view.school.uai for view in rendered] == [VINCI, BALZAC, "0370035M"]
    assert views.open_views() == ()


def test_waiting_for_a_change(project: Project) -> None:
    """A page that knows the number of a view gets the next one, or nothing after a while, or at the end."""
    views = SharedViews(project.view_cache())
    number = views.render(View()).number
    assert views.wait_for_change(View(), -1, 0) == number
    assert views.wait_for_change(View(), number, 0) is None
    edit(project, "Lycée René Descartes")
    assert _while(lambda: views.render(View()), lambda: views.wait_for_change(View(), number, 60)) == number + 1
    assert _while(views.close, lambda: views.wait_for_change(View(), number + 1, 60)) is None


def _while(act: Callable[[], object], wait: Callable[[], int | None]) -> int | None:
    """What is waited for in one thread while another acts."""
    found: list[int | None] = []
    thread = Thread(target=lambda: found.append(wait()))
    thread.start()
    act()
    thread.join(60)
    return found[0]


def test_until_it_is_over(project: Project) -> None:
    """The first view is made at once; then looks follow one another until somebody says stop."""
    views, rendered, looks = SharedViews(project.view_cache()), RenderedList(), []

    def is_over() -> bool:
        looks.append(1)
        if len(looks) == 2:
            edit(project, "Lycée René Descartes")
        return len(looks) > 3

    watch(views, View(), rendered, is_over)
    assert [view.number for view in rendered] == [1, 2]
