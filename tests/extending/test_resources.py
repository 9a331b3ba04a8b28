"""Resources of packages: looked for once, made anew when they change, named with their release."""

from pathlib import Path

from leaflet.files.extensions import _all_added
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import read_manifest
from tests.extending.packages import installed, write_package
from tests.own_resources import write_own


def made(campaign: Path) -> BuildResult:
    return build(BuildOptions(campaign=campaign, out=campaign.parent / "out"))


def packages(campaign: Path) -> tuple[str, ...]:
    manifest = read_manifest(campaign.parent / "out")
    assert manifest is not None
    return manifest.packages


def release(site: Path, version: str, template: str) -> Path:
    folder = write_package(
        site, "syndicat", "raise SystemExit", {"leaflet.resources": {"a": "syndicat"}}, release=version
    )
    (folder / "templates" / "mien").mkdir(parents=True)
    (folder / "templates" / "mien" / "leaflet.xml").write_text(template, "utf-8")
    return site


def test_a_new_release(tmp_path: Path) -> None:
    """Files stay if it has changed nothing in them, and are made anew if it has; the list names it in both cases."""
    campaign = write_own(tmp_path / "c")
    own = tmp_path / "c" / "templates" / "mien" / "leaflet.xml"
    template = own.read_text("utf-8")
    own.unlink()
    with installed(release(tmp_path / "1", "1.0", template)):
        assert (made(campaign).made, packages(campaign)) == (3, ("syndicat 1.0",))
    with installed(release(tmp_path / "2", "1.1", template)):
        assert (made(campaign).made, packages(campaign)) == (0, ("syndicat 1.1",))
    with installed(release(tmp_path / "3", "2.0", template.replace("<p>", "<p>Chers collègues, ", 1))):
        assert (made(campaign).reasons, packages(campaign)) == ({"template": 3}, ("syndicat 2.0",))


def test_what_is_not_used_is_not_named(tmp_path: Path) -> None:
    campaign = write_own(tmp_path / "c")
    with installed(release(tmp_path / "1", "1.0", "<leaflet/>")):
        made(campaign)
    assert packages(campaign) == ()


def test_packages_are_looked_through_once(tmp_path: Path) -> None:
    campaign = write_own(tmp_path)
    _all_added.cache_clear()
    made(campaign)
    assert _all_added.cache_info().misses == 1
