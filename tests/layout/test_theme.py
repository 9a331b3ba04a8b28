"""Themes are checked when they are read: what would not print well is refused with the token's name."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from leaflet.faults import Place
from leaflet.files.resources import program_resources
from leaflet.layout.fonts import WEIGHTS
from leaflet.layout.theme import load_theme
from leaflet.program import assets
from tests.support import GREY_THEMES, THEMES, fault_of, only, tables_of, theme_named

SHIPPED = assets() / "themes"
DEFAULT = (SHIPPED / "default.toml").read_text("utf-8")


def with_theme(folder: Path, tokens: str, name: str = "mine") -> Path:
    (folder / "themes").mkdir(exist_ok=True)
    (folder / "themes" / "default.toml").write_text(DEFAULT, "utf-8")
    (folder / "themes" / f"{name}.toml").write_text(tokens, "utf-8")
    return folder


@pytest.mark.parametrize(("table", "lines", "field", "named"), tables_of(__file__)["refused"])
def test_a_faulty_token_is_refused(tmp_path: Path, table: str, lines: str, field: str, named: str) -> None:
    """M302 names the theme's file, the token and what is wrong with it."""
    head = f"[{table}]\n" if table else ""
    folder = with_theme(tmp_path, f'extends = "default"\n{head}{lines}')
    fault = fault_of(lambda: load_theme(only(folder), "mine"))
    assert (fault.code, fault.place.file) == ("M302", "mine.toml")
    assert (fault.place.field or "").startswith(field) and named in fault.reason("en")


@pytest.mark.parametrize(
    "table", ["type.body", "type.small", "space.line", "space.pad", "surfaces.leaf", "colors.code"]
)
def test_a_token_that_layout_needs_cannot_be_left_out(tmp_path: Path, table: str) -> None:
    """A theme of its own without a token every leaflet needs is refused when it is read, not when it is used."""
    kind, name = table.split(".")
    lines = DEFAULT.splitlines(keepends=True)
    victim = next(i for i in range(lines.index(f"[{kind}]\n"), len(lines)) if lines[i].startswith(f"{name} ="))
    folder = with_theme(tmp_path, "".join(lines[:victim] + lines[victim + 1 :]))
    assert fault_of(lambda: load_theme(only(folder), "mine")).code == "M302"


def test_themes_that_are_refused(tmp_path: Path) -> None:
    """M302 repeats what the reader of TOML says; a circle of « extends » is one, too."""
    folder = with_theme(tmp_path, "[page")
    assert fault_of(lambda: load_theme(only(folder), "mine")).code == "M302"
    (tmp_path / "mine.toml").write_bytes(b'description = "\xe9"')
    assert fault_of(lambda: load_theme(only(folder), "mine")).code == "M302"
    folder = with_theme(tmp_path, 'extends = "other"')
    with_theme(tmp_path, 'extends = "mine"', "other")
    fault = fault_of(lambda: load_theme(only(folder), "mine"))
    assert (fault.code, fault.place) == ("M302", Place(file="other.toml", field="extends"))
    assert "it extends itself" in fault.reason("en")
    with_theme(tmp_path, 'extends = "nowhere"')
    fault = fault_of(lambda: load_theme(only(folder), "mine"))
    assert (fault.code, fault.place) == ("M301", Place(file="mine.toml", field="extends"))


@pytest.mark.parametrize("name", ["poster", "../default", ""])
def test_an_unknown_theme_lists_the_known_ones(name: str) -> None:
    fault = fault_of(lambda: load_theme(program_resources(), name))
    assert fault.code == "M301" and all(known in fault.way_out("fr") for known in THEMES)


def test_a_theme_changes_only_what_it_names(tmp_path: Path) -> None:
    """The rest is the theme it extends, token by token."""
    folder = with_theme(tmp_path, 'extends = "default"\n[colors]\nmute = "#000000"\n[space]\npad = "5 mm"')
    mine, default = load_theme(only(folder), "mine"), theme_named("default")
    assert (mine.colors, mine.space) == ({**default.colors, "mute": "#000000"}, {**default.space, "pad": 5000})
    assert (mine.type, mine.page, mine.surfaces) == (default.type, default.page, default.surfaces)


@pytest.mark.parametrize("name", THEMES)
def test_floors_contrast_and_copy_fit_of_themes(name: str) -> None:
    """Body 11.5 pt, lines 0.5 pt, modules 0.6 mm; contrast 7:1 (WCAG 1.4.6); steps never loosen the type."""
    theme = theme_named(name)
    assert theme.type["body"].floor >= 11.5 and theme.space["line"] >= 176
    assert theme.space["writing-gap"] >= 8000 and theme.qr.copied >= 800
    assert theme.qr.module_floor >= 600 and all(token.size >= token.floor for token in theme.type.values())
    if name == "large-print":
        assert min(token.floor for token in theme.type.values()) >= 16
    for kind, surface in theme.surfaces.items():
        for used in (surface.text, surface.quiet):
            darker, lighter = sorted(_luminance(theme.colors[one]) for one in (used, surface.fill or "paper"))
            assert (lighter + 0.05) / (darker + 0.05) >= (4.5 if kind == "number" else 7)
    fit = theme_named(name).fit
    assert (list(fit.type), list(fit.spare)) == (sorted(fit.type, reverse=True), sorted(fit.spare))
    assert all(cut.type == 1 or cut.spare == max(fit.spare) for cut in fit.cuts)
    assert all(b[1] < a[1] for a, b in pairwise(list(zip(fit.cuts, fit.space, strict=True))) if a[0] == b[0])
    weights = {token.weight for token in theme.type.values()}  # and those that every template may ask for
    assert set(theme.weights) == weights | {"regular", "medium", "bold", "extrabold"}
    assert name not in GREY_THEMES or all(color.startswith("K ") for color in theme.colors.values())


def test_shipped_themes() -> None:
    """Each is tested here; no surface of the ink saver has a filling but that of the paper, or a bar."""
    theme = theme_named("ink-saver")
    assert {theme.colors[surface.fill or "paper"] for surface in theme.surfaces.values()} == {"K 0"}
    assert not any(surface.bar for surface in theme.surfaces.values())
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(THEMES)
    assert all("description" in tomllib.loads(path.read_text("utf-8")) for path in SHIPPED.glob("*.toml"))


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.1) of a theme's colour."""
    if color.startswith("K "):
        parts = [1 - int(color[2:]) / 100] * 3
    else:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_weight_of_one_token_is_embedded(tmp_path: Path) -> None:
    """In the order of weights, whatever the order of tokens."""
    tokens = 'extends = "default"\n[type]\ncard = { size = 11, leading = 1.3, weight = "semibold", floor = 10 }'
    assert load_theme(only(with_theme(tmp_path, tokens)), "mine").weights == WEIGHTS
