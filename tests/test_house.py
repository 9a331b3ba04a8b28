"""The figures of the house: how they are counted (``make lint`` holds them), and limits of a record's way."""

from pathlib import Path

import pytest

from benchmarks import house


def test_what_is_counted_of_the_source(tmp_path: Path) -> None:
    """Lines, code without docstrings and blank lines, names of files and of classes that mean two things."""
    for name, text in {
        "leaflet/__init__.py": "",
        "leaflet/py.typed": "",
        "leaflet/a.py": '"""A module.\n\nMore."""\n\nclass A:\n    """An A."""\n    b = "text"\n    """A b."""\n',
        "leaflet/one/__init__.py": "",
        "leaflet/one/a.py": f"class A: ...\n# why\n{'x = 1' + chr(10)}" + "y = 2\n" * 60,
        "leaflet/icons/a.txt": "\n",
        "tests/one/test_a.py": "\n\n\n",
        "benchmarks/b.py": "\n\n",
        "assets/studio/a.js": "\n",
        "assets/studio/a.d.ts": "\n\n\n",
        "assets/studio/vendor/a.js": "\n\n\n",
        "site/page/a.mjs": "\n\n\n\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    figures, twice = house.read_source(tmp_path)
    assert figures == {
        "files": 4, "lines": 8 + 63, "lines of code": 2 + 63, "files under 60 lines": 3,
        "file names of two or more modules": 1, "class names of two or more modules": 1,
        "entries at the top of the package": 3, "lines of tests": 3, "lines of benchmarks": 2,
        "lines of JavaScript": 5,
    }  # fmt: skip
    assert twice == {"a.py": ["a.py", "one/a.py"], "class A": ["a.py", "one/a.py"]}


def test_a_figure_past_its_limit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one without a limit, and a limit of nothing; a figure at its limit is within it."""
    monkeypatch.setattr(house, "LIMITS", tmp_path / "limits.toml")
    house.LIMITS.write_text("[record]\ncalls = 200\nfiles = 25\ngone = 1\n", "utf-8")
    said = sorted(house.past_limits({"calls": 200.5, "files": 25, "new": 1}, "record"))
    assert [line.partition(":")[0] for line in said] == ["calls", "gone", "new"]
    assert said[0] == "calls: 200.5, and limits.toml allows 200"


def test_the_way_of_a_record_is_within_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls, files and changes of room that a record goes through in a build."""
    monkeypatch.syspath_prepend(house.LIMITS.parent)  # a script finds the others beside it
    found = house.follow_record(house.ROOT)
    assert found["calls"] > found["changes of room"] > 1 and found["files"] > 1
    assert list(house.past_limits(found, "record")) == []
