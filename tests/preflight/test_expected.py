"""What a campaign expects in the place of finished files."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.preflight.expected_files import expecting
from leaflet.preflight.judge_processes import judge_files
from leaflet.preflight.rules import RULES
from leaflet.preflight.targets import CheckTarget
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.materials import Materials
from tests.preflight.samples import CONTEXT
from tests.preflight.support import build_people, build_schools


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Materials, Path]:
    """A build of leaflets and of cards with names, and what it is made from."""
    folder = tmp_path_factory.mktemp("expected")
    out = build_people(folder)
    materials = check_campaign(InputOptions(campaign=folder / "campaign" / "campaign.toml", out=out)).materials
    assert materials is not None
    return materials, out


def expected(materials: Materials, *paths: Path) -> list[bytes | None]:
    """The bytes that are expected in the place of files that are not as expected."""
    targets = [CheckTarget(path=path, name=path.name) for path in paths]
    with expecting(targets) as held:
        found = held.held(materials)
        assert [target.path for target in found] == list(paths)
        return [target.expected.read_bytes() if target.expected else None for target in found]


def test_a_build_is_as_expected(built: tuple[Materials, Path]) -> None:
    materials, out = built
    files = sorted(out.rglob("*.pdf"))
    assert len({path.parent for path in files}) == 2 and expected(materials, *files) == [None] * len(files)


def test_long_files_are_as_expected(built: tuple[Materials, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leaflet.production.document.LONG", 0)
    test_a_build_is_as_expected(built)


def test_another_file_under_its_name(built: tuple[Materials, Path], tmp_path: Path) -> None:
    """The leaflet of another school is held against the one that belongs there; a file of no school is not."""
    materials, out = built
    one, other = sorted(out.glob("leaflet-a4/*.pdf"))[:2]
    place, stranger = tmp_path / "leaflet-a4" / one.name, tmp_path / "affiche.pdf"
    place.parent.mkdir()
    for path in (place, stranger):
        shutil.copy(other, path)
    assert expected(materials, place, stranger) == [one.read_bytes(), None]


def test_outside_of_the_folders_of_documents(built: tuple[Materials, Path], tmp_path: Path) -> None:
    """A file that lies alone may be of any document; if it is none of them, it is held against the nearest one."""
    materials, out = built
    leaflet = sorted(out.glob("leaflet-a4/*.pdf"))[0]
    card, alone = out / "memo-card" / leaflet.name, tmp_path / leaflet.name
    for one in (leaflet, card):
        shutil.copy(one, alone)
        assert expected(materials, alone) == [None]
    alone.write_bytes(card.read_bytes() + b" ")
    assert expected(materials, alone) == [card.read_bytes()]


def test_a_file_that_is_not_there(built: tuple[Materials, Path]) -> None:
    """That it is missing is a finding of its own."""
    materials, out = built
    path = sorted(out.glob("leaflet-a4/*.pdf"))[0]
    assert expected(materials, path.with_name(path.name).parent.parent / "x" / path.name) == [None]


_TELLING = {  # names of schools of which a rule makes something, in the place of others
    "K301": ("Bel-Air les Tilleuls", "du samedi 4 décembre 2018"),
    "K302": ("le Parc", "du 31 juin 2026"),
    "K510": ("la Haute-Borne", "TODO"),
    "K516": ("publique les Quatre-Vents", "9990001Z"),
}


def test_one_verdict_for_files_that_differ_in_harmless_words(tmp_path: Path) -> None:
    """And one of its own for each whose words a rule sees: verdicts, and what a report shows, are as one by one."""
    out = build_schools(tmp_path, 12, *_TELLING.values())
    campaign = tmp_path / "campaign" / "campaign.toml"
    targets = [CheckTarget(path=path, name=path.name) for path in sorted(out.rglob("*.pdf"))]
    with expecting(targets) as expected:
        materials = check_campaign(InputOptions(campaign=campaign, out=out), expected.see).materials
        assert materials is not None
        held = expected.held(materials)
    kinds = Counter(target.kind for target in held)
    assert None not in kinds and len(kinds) < len(held) and list(kinds.values()).count(1) >= len(_TELLING)
    shared, alone = (list(judge_files(some, CONTEXT)) for some in (held, targets))
    for one, other in zip(shared, alone, strict=True):
        assert replace(one, looks=(), seconds={}) == replace(other, looks=(), seconds={})
        looks, others = ([replace(look, exact=b"") for look in judged.looks] for judged in (one, other))
        assert looks == others != []
    found = Counter(fault.code for one in shared for fault in one.faults)
    assert all(found[code] == 1 for code in _TELLING)
    assert {rule.family for rule in RULES if rule.code.startswith("K3")} == {"dates"}  # asked of one of a kind
