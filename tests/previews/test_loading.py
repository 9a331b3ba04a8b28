"""A list and the fonts are read again only if they have changed."""

from typing import Any

import pytest

from leaflet.faults import Report
from leaflet.production import inputs
from leaflet.production.preview.loading import CachingLoader, SourceDigests
from tests.previews.conftest import Project, change


def test_what_has_not_changed_is_not_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts once, the list with the list; what was found in it is said each time."""
    calls: list[str] = []

    def count(name: str) -> None:
        real = getattr(inputs, name)

        def call(*args: Any, **values: Any) -> Any:
            calls.append(name)
            return real(*args, **values)

        monkeypatch.setattr(inputs, name, call)

    count("load_schools")
    count("load_fontbook")
    project.list.write_text(project.list.read_text("utf-8") + "0370041X;Lycée Hugo;Tours;37000;\n", "utf-8")
    loader = CachingLoader(SourceDigests())

    def read() -> list[str]:
        calls.clear()
        report = Report()
        inputs.load_inputs(project.options(keep_going=True), report, loader)
        assert [fault.code for fault in report.errors] == ["T304"]
        return sorted(calls)

    assert read() == ["load_fontbook", "load_schools"]
    change(project.campaign, "Section d’essai", "Autre section")
    assert read() == []
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    assert read() == ["load_schools"]
