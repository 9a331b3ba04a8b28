"""The example campaign, built once and judged from outside: validator, second reader, two decoders, text."""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import page as validator
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from leaflet.faults import DataError, Report
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.tables import School, load_schools
from tests.campaigns import campaign_text, compare_all, write_small_campaign
from tests.decoding import crops, decode, decode_by_opencv
from tests.support import EXAMPLE, GREY_THEMES, THEMES, check_structure, faults_of, leaflet_layout, tables_of

FIXED = ("default", "grey", "ink-saver")
DPI = 150
PORTAL = "https://elections2018.education.gouv.fr/"
LONGEST = "0573399K"
OVERSEAS = "9741051Z"
CORSICA = ("6200650M", "7200684F")
NEW_CALEDONIA = "9830557N"
MOST = ("0370035M", LONGEST, NEW_CALEDONIA)
ONE_PER_ACADEMIE = ("0370035M", "0301674G", LONGEST, CORSICA[0], "9710993C", OVERSEAS, "9760316P", NEW_CALEDONIA)

# What each of the nineteen items of the 2018 leaflet must leave in the text, in large print in fewer words.
TABLES = tables_of(__file__)
ITEMS, IN_LARGE_PRINT = TABLES["items"], TABLES["in_large_print"]
# What a page leaves out where a long name, address or case leaves no room for it.
SPARE = {"avis d’inspection, circulaires", "CAPD", "promotions, mouvement", "Magistère"}


def items(theme: str) -> dict[str, list[str]]:
    return {**ITEMS, **IN_LARGE_PRINT} if theme == "large-print" else ITEMS


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return build(BuildOptions(campaign=EXAMPLE / "campaign.toml", out=tmp_path_factory.mktemp("example")))


@cache
def schools() -> tuple[School, ...]:
    return tuple(load_schools(EXAMPLE / "ecoles.csv", report=Report()))


def files(built: BuildResult, theme: str) -> list[Path]:
    folder = "leaflet-a4" if theme == "default" else f"leaflet-a4-{theme}"
    return sorted((built.out / folder).glob("*.pdf"))


def file_of(built: BuildResult, uai: str, theme: str = "default") -> Path:
    return next(path for path in files(built, theme) if path.name.startswith(uai))


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def page_texts(path: Path) -> list[str]:
    """The text of each page as PDFium reads it, white space folded; text over a break of an address is joined."""
    with pypdfium2.PdfDocument(path) as document:
        return [folded(page.get_textpage().get_text_range()) for page in document]


def text_of(path: Path) -> str:
    """All text; addresses that break after a dot or a slash come out whole."""
    return re.sub(r"(?<=/) (?=[a-z])|(?<=[a-z0-9]\.) (?=[a-z])", "", " ".join(page_texts(path)))


def pictures(path: Path) -> Iterator[np.ndarray]:
    """Each page as grey levels at 150 dpi."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        bitmap = page.render(scale=DPI / 72, grayscale=True)
        yield np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    document.close()


def photocopied(picture: np.ndarray, seed: int) -> np.ndarray:
    """A grey photocopy: blurred, noisy, contrast lost at both ends."""
    blurred = np.asarray(Image.fromarray(picture).filter(ImageFilter.GaussianBlur(0.8)), dtype=float)
    noise = np.random.default_rng(seed).normal(0, 12, blurred.shape)
    return np.clip(50 + blurred * 0.65 + noise, 0, 255).astype(np.uint8)


def twice_copied(picture: np.ndarray) -> np.ndarray:
    """A copy of a copy on a machine with hard contrast: greys are pushed towards black or white."""
    hard = 255 / (1 + np.exp(-(photocopied(picture, 11).astype(float) - 130) / 14))
    return photocopied(hard.astype(np.uint8), 12)


def test_every_school_in_every_theme(built: BuildResult) -> None:
    """At least a dozen schools, one file each in every theme, named after UAI and school."""
    assert len(schools()) >= 12
    for theme in THEMES:
        names = [path.name for path in files(built, theme)]
        assert [name[:8] for name in names] == sorted(school.key for school in schools())
        assert all(re.fullmatch(r"[0-9]{7}[A-Z]-[a-z0-9-]+\.pdf", name) for name in names)


def test_the_example_shows_the_hard_cases() -> None:
    """A name of 110 characters, an overseas school, both Corsican prefixes, a school without address."""
    by_uai = {school.key: school for school in schools()}
    assert len(by_uai[LONGEST].name) == 110 and {OVERSEAS, NEW_CALEDONIA, *CORSICA} <= set(by_uai)
    assert any(not school.address for school in schools())


def test_the_manifest_lists_what_is_there(built: BuildResult) -> None:
    """Each entry names a file with those bytes and pages, what it was made from, and nothing about people."""
    manifest = json.loads((built.out / "manifest.json").read_text("utf-8"))
    assert len(manifest["files"]) == built.files == len(schools()) * len(THEMES)
    for entry in manifest["files"]:
        assert set(entry) == {
            *("record", "document", "file", "pages", "sha256", "personal", "size", "step", "without_message"),
            *("making", "context", "row"),
        }
        assert entry["making"] in manifest["makings"]
        assert hashlib.sha256((built.out / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        with pikepdf.open(built.out / entry["file"]) as pdf:
            assert len(pdf.pages) == entry["pages"]
    assert sum(entry["pages"] for entry in manifest["files"]) == built.pages


def differing(built: BuildResult, theme: str) -> list[Path]:
    """The files that differ most: all of the default theme; of others the longest name, one overseas, a usual one."""
    found = files(built, theme)
    return found if theme == "default" else [path for path in found if path.name[:8] in MOST]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_files_pass_the_validator(built: BuildResult, theme: str, profile: str) -> None:
    for path in differing(built, theme):
        verdict = validator.validate_pdf(str(path), profile=profile)
        assert verdict.is_compliant, [(failure.rule_id, failure.message) for failure in verdict.failures]


@pytest.mark.parametrize("theme", THEMES)
def test_each_school_has_its_leaflet(built: BuildResult, theme: str) -> None:
    """Structure agrees; wherever a school is, all items and its name, town and UAI are printed."""
    found = {path.name: check_structure(path.read_bytes()) for path in differing(built, theme)}
    assert not any(found.values()), found
    own = {"pia.ac-orleans-tours.fr", "www.ac-orleans-tours.fr/dsden37", "bv.ac-orleans-tours.fr/sosidentifiant"}
    own |= {"L’initiale du prénom et le nom", "Julie Labert", "jlabert", *SPARE}
    password = {"NUMEN en majuscules", "déjà changé"}  # nobody wrote of the first passwords outside the thirty
    for path in files(built, theme):
        text = text_of(path)
        outside = password if path.name.startswith(NEW_CALEDONIA) else set()
        for words in (words for item in items(theme).values() for words in item if words not in own | outside):
            assert words in text, (path.name, words)
    for school in schools():
        text = text_of(file_of(built, school.key, theme))
        for words in (school.name, school.town, school.key):
            assert folded(words).replace("'", "’") in text


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(built: BuildResult) -> None:
    for theme in THEMES:
        for path in differing(built, theme):
            done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("theme", FIXED)
def test_a_leaflet_has_two_pages(built: BuildResult, theme: str) -> None:
    assert {len(page_texts(path)) for path in files(built, theme)} == {2}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("item", ITEMS)
def test_the_leaflet_says_every_item(built: BuildResult, theme: str, item: int) -> None:
    """Each of the nineteen items of the 2018 leaflet is in the text of a school of Indre-et-Loire."""
    text = text_of(file_of(built, "0370035M", theme))
    for words in items(theme)[item]:
        assert words in text, words


@pytest.mark.parametrize("theme", THEMES)
def test_the_memo_is_blank_paper(built: BuildResult, theme: str) -> None:
    """Where people write there is room for a pen and nothing is printed, in the file itself."""
    pages = list(pictures(file_of(built, "0370036N", theme)))
    labels = []
    for picture, face in zip(pages, leaflet_layout("Lycée Balzac", theme).faces, strict=True):
        for placed in face.placed:
            for blank in placed.piece.blanks:
                box = blank.box.moved(placed.x, placed.y)
                assert box.height >= 8_000 and box.width >= 40_000
                left, top, right, bottom = (round(um * DPI / 25_400) for um in (box.x, box.y, box.right, box.bottom))
                assert picture[top + 2 : bottom - 2, left + 2 : right - 2].min() == 255
                labels.append(blank.label)
    assert labels == ["Adresse pro", "Mot de passe"]


@pytest.mark.parametrize("theme", THEMES)
def test_every_code_decodes_to_a_printed_link(built: BuildResult, theme: str) -> None:
    """ZXing and OpenCV read every code at 150 dpi, and what they read is printed beside it and clickable."""
    for path in differing(built, theme):
        found = [code for picture in pictures(path) for code in decode(picture)]
        assert found.count(PORTAL) == 2
        assert len(found) == 2 + (not path.name.startswith(NEW_CALEDONIA)), path.name
        text = text_of(path)
        with pikepdf.open(path) as pdf:
            links = {str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", [])}
        for href in found:
            assert href.removeprefix("https://").removesuffix("/") in text and href in links
    for path in (file_of(built, "0370035M", theme), file_of(built, LONGEST, theme), file_of(built, OVERSEAS, theme)):
        for picture in pictures(path):
            assert sorted(decode_by_opencv(crop) for crop in crops(picture)) == decode(picture)


@pytest.mark.parametrize("theme", THEMES)
def test_codes_survive_a_photocopy(built: BuildResult, theme: str) -> None:
    """After a simulated grey photocopy every code still decodes, in both decoders' hands."""
    for picture in pictures(file_of(built, "0370035M", theme)):
        copy = photocopied(picture, 7)
        assert decode(copy) == decode(picture)
        for crop in crops(copy):
            assert decode_by_opencv(crop) in decode(picture)


@pytest.mark.parametrize("theme", ["default", "large-print"])  # the grey ones have the same codes as default
def test_every_academie_s_code_has_a_second_witness(built: BuildResult, theme: str) -> None:
    """OpenCV reads each different address of the campaign, ZXing also from a copy of a copy."""
    seen: set[str] = set()
    for uai in ONE_PER_ACADEMIE:
        for picture in pictures(file_of(built, uai, theme)):
            found = decode(picture)
            if seen.issuperset(found):
                continue
            for crop in crops(picture):
                assert decode_by_opencv(crop) in found, uai
            assert decode(twice_copied(picture)) == found, uai
            seen.update(found)
    assert len(seen) == len(ONE_PER_ACADEMIE)  # the portal, and a mailbox or site for all but the last


@pytest.mark.parametrize("theme", GREY_THEMES)
def test_grey_files_have_no_colour(built: BuildResult, theme: str) -> None:
    """Grey and ink-saver leaflets use DeviceGray only, the logo included."""
    for path in differing(built, theme):
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                operators = {str(i.operator) for i in pikepdf.parse_content_stream(page)}
                assert not operators & {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}
                for image in page.get_images().values():
                    assert image.ColorSpace == "/DeviceGray"


def test_ink_saver_leaves_no_solid_area(built: BuildResult) -> None:
    """Outlines instead of fills: the ink on a page stays near that of text. Dates, codes and pictures make 9.1 %."""
    for picture in pictures(file_of(built, "0370035M", "ink-saver")):
        assert (255 - picture.mean()) / 255 < 0.095


def test_what_is_not_known_is_not_printed(built: BuildResult) -> None:
    """The portal alone, or the académie's own site where no mailbox is confirmed; the build says so once."""
    text = text_of(file_of(built, NEW_CALEDONIA))
    assert "elections2018.education.gouv.fr" in text and "ac-orleans-tours" not in text
    assert [fault.place.field for fault in built.faults if fault.code == "C166"] == [
        "academies.nouvelle-caledonie.webmail"
    ]
    text = text_of(file_of(built, OVERSEAS))
    assert "www.ac-reunion.fr" in text and "choisis « messagerie »" in text
    fields = [fault.place.field for fault in built.faults if fault.code in ("C164", "C165")]
    assert len(fields) == len(set(fields)) >= 4


# --- other elections ------------------------------------------------------------------------------------------

ALL_THEMES = "".join(f'[[document]]\ntemplate = "leaflet-a4"\ntheme = "{theme}"\n' for theme in THEMES)
GIVEN_2026 = TABLES["given_2026"]


def build_election(folder: Path, election: str, head: str = "") -> BuildResult:
    text = campaign_text(ALL_THEMES, election=election, head=f"{head}\n")
    campaign = compare_all(write_small_campaign(folder, text, (EXAMPLE / "ecoles.csv").read_bytes()))
    only = frozenset({"0370035M", LONGEST, NEW_CALEDONIA})
    return build(BuildOptions(campaign=campaign, out=folder / "out", only=only))


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuildResult]:
    return {
        election: build_election(tmp_path_factory.mktemp(election), election, head)
        for election, head in (("2022", ""), ("2026", GIVEN_2026))
    }


@pytest.mark.parametrize("election", ["2022", "2026"])
def test_other_elections_build_in_every_theme(others: dict[str, BuildResult], election: str) -> None:
    """The same template, driven by another profile: valid, sound, and scanning, in all themes."""
    paths = sorted(others[election].out.rglob("*.pdf"))
    assert len(paths) == others[election].files == 3 * len(THEMES)
    for path in paths:
        for profile in ("ua1", "2a"):
            assert validator.validate_pdf(str(path), profile=profile).is_compliant, path
        assert check_structure(path.read_bytes()) == [] and any(decode(picture) for picture in pictures(path))


def test_2022_says_its_own_procedure(others: dict[str, BuildResult]) -> None:
    """E-mail as login, a password, the code of the notice, which has no line on the card, question and réassort."""
    text = text_of(file_of(others["2022"], "0370035M"))
    for words in (
        "Je tape mon adresse pro", "Mot de passe élections", "Je garde mon code de vote", "En bas à gauche",
        "question défi", "Dès le 1er décembre",
        "www.education-jeunesse-recherche-sports.gouv.fr/electionspro2022/portail/accueil",
    ):  # fmt: skip
        assert words in text, words
    for theme in THEMES:
        pages = page_texts(file_of(others["2022"], "0370035M", theme))
        memo = next(text for text in pages if "Aide-mémoire" in text).partition("Aide-mémoire")[2]
        assert "Mot de passe élections" in memo
        assert "code" not in memo.replace("QR code", "").partition("code de vote reste")[0].casefold()


def test_2026_says_what_the_campaign_gives(others: dict[str, BuildResult]) -> None:
    """Dates come from the profile; portal, steps, buttons and memo lines from the campaign, in its own words."""
    text = text_of(file_of(others["2026"], "0370035M"))
    for words in (
        *("2026", "décembre", "Je saisis mon adresse", "Un lien arrive.", "Consultez vos mails.", "Adresse pro"),
    ):
        assert words in text, words
    assert "vote.exemple.education.gouv.fr" in text
    for old in ("2018", "2022", "Mot de passe élections", "code de vote"):
        assert old not in text, old


def test_2026_asks_for_all_that_nobody_knows(tmp_path: Path) -> None:
    """A 2026 campaign with nothing filled in is told at once all facts the template needs and where to write them."""
    faults = faults_of(lambda: build_election(tmp_path, "2026"), DataError)
    assert {(fault.code, fault.place.file, fault.place.source) for fault in faults} == {
        ("C182", "campaign.toml", None)
    }
    fields = [fault.place.field for fault in faults]
    assert {"links.portal", "steps", "memo.lines", "notice.code_name", "account.login"} <= set(fields)
    assert len(fields) == len(set(fields))
    portal = faults[fields.index("links.portal")]
    assert "leaflet-a4" in portal.reason("fr")
    assert 'portal = "https://' in portal.way_out("fr") and "[links]" in portal.way_out("fr")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").rglob("*.pdf"))
