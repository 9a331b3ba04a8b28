"""A staff list and the fonts are read again only if they have changed."""

from typing import Any

import pytest

from leaflet.faults import Report
from leaflet.production import inputs
from leaflet.studio.campaign_reader import SampleLoader
from leaflet.studio.sources import SourceDigests
from tests.previews.conftest import STAFF, Project, change


def test_what_has_not_changed_is_not_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fonts once, the staff with its list or the schools; what was found in it is said each time."""
    calls: list[str] = []

    def count(name: str) -> None:
        real = getattr(inputs, name)

        def call(*args: Any, **values: Any) -> Any:
            calls.append(name)
            return real(*args, **values)

        monkeypatch.setattr(inputs, name, call)

    count("load_staff")
    count("load_fontbook")
    staff = project.folder / "personnels.csv"
    staff.write_text(f"{STAFF}Olga;Orme;0370041X;\n", "utf-8")
    change(project.campaign, "[data]", '[data]\nstaff = "personnels.csv"')
    loader = SampleLoader(SourceDigests())

    def read() -> list[str]:
        calls.clear()
        report = Report()
        loader.read(project.options(keep_going=True), report, None)
        assert [fault.code for fault in report.errors] == ["T304"]
        return sorted(calls)

    assert read() == ["load_fontbook", "load_staff"]
    change(project.campaign, "Section d’essai", "Autre section")
    assert read() == []
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    assert read() == []
    change(project.list, "0370040T;Lycée Zola", "0370041U;Lycée Zola")
    assert read() == ["load_staff"]
    change(staff, "Ondine", "Odile")
    assert read() == ["load_staff"]
