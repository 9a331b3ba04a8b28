"""The page: whole, closed to the outside, escaped, the same each time, without anybody's name."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES
from leaflet.preflight.report.html import style_hash
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.manifest import read_manifest
from leaflet.program import assets
from tests.groups import with_drills
from tests.report.support import CAMPAIGN, HEADER, ROWS, Page, built, campaign, parsed, report, with_cards

NASTY = (
    '0370035M;"Lycée <script>alert(1)</script> ""l’été"" & co";Tours;37010;150\n'
    "0370036N;<img src=x onerror=alert(1)>;Tours;37013;100\n"
    "9741051Z;كلية الأداب;Bras-Panon;97412;\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("made")
    return folder, report(folder / "out", campaign=built(folder))[0]


@pytest.fixture(scope="module")
def page(made: tuple[Path, str]) -> Page:
    return parsed(made[1])


def test_what_was_built_and_for_whom(page: Page) -> None:
    for text in (
        *("Élections professionnelles 2018", "Vote du jeudi 29\u00a0novembre au jeudi 6\u00a0décembre 2018"),
        *("Section d’essai · v1", "jeudi 29\u00a0novembre 2018, 10\u00a0h"),
        "250 exemplaires pour 3 établissements, dans 2 communes.",
        *("1 établissement de la liste n’indique pas de nombre d’exemplaires.", "La Réunion", "Orléans-Tours"),
    ):
        assert text in page.text
    figures = {label.text: value.text for label, value in zip(page.all("dt")[:5], page.all("dd")[:5], strict=True)}
    assert figures == {
        "établissements": "3",
        "communes": "2",
        "exemplaires": "250",
        "fichiers PDF": "3",
        "pages": "6",
    }


def test_a_file_that_the_campaign_does_not_make(tmp_path: Path) -> None:
    path = built(tmp_path)
    first, second, _ = sorted((tmp_path / "out").rglob("*.pdf"))
    second.write_bytes(first.read_bytes())
    found = report(tmp_path / "out", campaign=path)[2].file_faults
    assert ("K010", second.name) in [(fault.code, Path(fault.place.file or "").name) for fault in found]


def test_what_a_list_does_not_say_of_all_files_is_not_counted(tmp_path: Path) -> None:
    """The files of a school that is not in the list were made for copies that nobody knows here."""
    path = built(tmp_path)
    (tmp_path / "ecoles.csv").write_text(HEADER + ROWS.split("\n", 1)[1], "utf-8")
    shown = parsed(report(tmp_path / "out", campaign=path)[0])
    assert [label.text for label in shown.all("dt")[:3]] == ["établissements", "fichiers PDF", "pages"]
    assert "inconnue ou incomplète ici" in shown.text


def test_every_fault_says_what_where_and_what_to_do(page: Page) -> None:
    first, _ = page.all("section", class_="faults")
    assert "Dans la campagne et ses listes aucune erreur, 1 avertissement" in " ".join(first.text.split())
    (fault,) = page.all("article", class_="fault")
    assert "Avertissement C165" in " ".join(fault.text.split())
    assert "La Réunion\u00a0: aucune adresse de messagerie n’est connue" in fault.text
    assert "campaign.toml · «\u00a0academies.reunion.webmail\u00a0»" in fault.text
    assert "→ Cherchez-la sur la page indiquée" in fault.text and page.all("use", href="#icon-warning")
    (verdict,) = page.all("section", class_="verdict")
    assert "Ces fichiers peuvent être imprimés\u00a0: aucune erreur, 1 avertissement à relire." in verdict.text


def test_parts_and_headings_are_in_their_order(page: Page) -> None:
    order = [element.attributes["id"] for element in page.elements if element.tag == "h2"]
    assert order == ["verdict", "pages", "faults", "changes", "built", "readers", "files"]


def test_each_look_of_a_page_is_shown_with_words(page: Page) -> None:
    """Sizes are there before the picture is; the words say document, school, page and what it is."""
    pictures = page.all("img")
    assert 4 <= len(pictures) <= 8
    for picture in pictures:
        assert picture.attributes["src"].startswith("data:image/png;base64,")
        assert int(picture.attributes["width"]) == 800 and int(picture.attributes["height"]) > 800
        assert re.match(r"leaflet-a4, .+ \(\d{7}[A-Z]\), page [12]\u00a0: \w+", picture.attributes["alt"])
    assert "Page type, 2 fichiers comme celui-ci" in " ".join(picture.attributes["alt"] for picture in pictures)


def test_every_file_has_its_hash_and_no_path_of_the_machine(made: tuple[Path, str], page: Page) -> None:
    manifest = read_manifest(made[0] / "out")
    hashes = [entry.sha256 for entry in manifest.entries] if manifest else []
    assert len(hashes) == 3 and [code.text for code in page.all("code") if len(code.text) == 64] == hashes
    assert str(made[0]) not in made[1] and "Fabriqué dans «\u00a0out\u00a0»" in made[1]  # a report is passed on
    (table,) = page.all("table", class_="hashes")
    assert "Fichiers du document leaflet-a4" in table.text
    heads = page.all("th")
    assert {head.attributes["scope"] for head in heads} == {"col", "row"}
    assert len(page.all("caption")) == len(page.all("table"))
    assert "n’indique pas si quelque chose" in page.text and "Rien n’a changé" not in page.text  # no baseline


def test_nothing_is_fetched_and_nothing_runs(made: tuple[Path, str], page: Page) -> None:
    """No scripts, no handlers, no address but of pictures and of places in the page; the policy names the style."""
    html = made[1]
    assert page.all("script") + page.all("link") + page.all("iframe") + page.all("form") == []
    for element in page.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on") and name != "style", element
            if name in ("href", "src"):
                assert value.startswith(("#", "data:image/png;base64,")), element
    (policy,) = [meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes]
    style = html.partition("<style>")[2].partition("</style>")[0]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src '{style_hash(style)}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style and "@import" not in style


def test_links_lead_somewhere_and_names_are_unique(page: Page) -> None:
    names = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(names) == len(set(names))
    for element in page.elements:
        for name in ("href", "aria-labelledby"):
            value = element.attributes.get(name, "#content").removeprefix("#")
            assert value in names, element
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.drill
@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_languages(made: tuple[Path, str], lang: str) -> None:
    html = report(made[0] / "out", campaign=made[0] / "campaign.toml", lang=lang, html=made[0] / "l.html")[0]
    found = parsed(html)
    assert found.all("html", lang=lang) and ("Files made" in found.text) is (lang == "en")
    assert ("from Thursday 29\u00a0November 2018 to" in found.text) is (lang == "en")


@pytest.mark.drill
def test_the_same_files_give_the_same_bytes(made: tuple[Path, str]) -> None:
    """Whatever the day, unless it is told."""
    folder, html = made
    asked = {"campaign": folder / "campaign.toml", "html": folder / "again.html"}
    assert report(folder / "out", **asked)[0] == html
    assert report(folder / "out", **asked, day=date(2018, 11, 26))[0] == html
    told = report(folder / "out", **asked, is_day_shown=True)[0]
    assert "Contrôle fait comme si l’on était le dimanche 25\u00a0novembre 2018" in told


def test_hostile_names_are_text(tmp_path: Path) -> None:
    path = built(tmp_path, rows=NASTY.replace("كلية الأداب", "Lycée Paul Moreau"))
    (tmp_path / "ecoles.csv").write_text((tmp_path / "ecoles.csv").read_text("utf-8").replace("Paul Moreau", "كلية"))
    html, _, _ = report(tmp_path / "out", campaign=path)
    page = parsed(html)
    assert page.all("script") == [] and {img.attributes["src"][:5] for img in page.all("img")} == {"data:"}
    assert 'Lycée <script>alert(1)</script> "l’été" & co, Tours (0370035M)' in page.text
    assert "<img src=x onerror=alert(1)>, Tours (0370036N)" in page.text
    assert any("كلية" in bdi.text for bdi in page.all("bdi"))


def test_direction_marks_do_not_act(tmp_path: Path) -> None:
    """In the name of a folder nobody checked."""
    built(tmp_path, out="\u202etuo")
    html, summary, _ = report(tmp_path / "\u202etuo")
    assert "\u202e" not in html + summary and "\\u202etuo" in html


def test_files_with_names_are_judged_and_not_shown(tmp_path: Path) -> None:
    """No page of theirs, nobody's name; the report says why."""
    path = built(tmp_path, with_cards())
    html, summary, _ = report(tmp_path / "out", campaign=path)
    page = parsed(html)
    assert not {"Passiflore", "Ondine"} & set(re.findall(r"\w+", html + summary))
    assert all(picture.attributes["alt"].startswith("leaflet-a4, ") for picture in page.all("img"))
    assert "leurs pages ne sont pas montrées" in page.text and "établissement, nominatif" in page.text
    assert len([code for code in page.all("code") if len(code.text) == 64]) == 4
    register = page.text.partition("Fiche pour le registre des traitements")[2]
    assert "intérêt légitime" in register and re.search(r"jusqu’au jeudi 6\sdécembre\s2018 au plus tard", register)


@pytest.mark.parametrize(("name", "code"), with_drills([("cut", "K001")], [("tampered", "K903"), ("gone", "K901")]))
def test_what_happened_after_the_build_is_found(tmp_path: Path, name: str, code: str) -> None:
    """The report is written, and ends as a build with this error would."""
    path = built(tmp_path)
    file = next((tmp_path / "out").rglob("*.pdf"))
    if name == "gone":
        file.unlink()
    else:
        data = file.read_bytes()
        file.write_bytes(data[:2000] if name == "cut" else data + b"\n%%EOF\n")
    html, summary, result = report(tmp_path / "out", campaign=path)
    assert result.exit_code == 4 and code in html and code in summary
    assert parsed(html).all("section", class_="error")


def test_a_campaign_that_cannot_be_read_or_is_not_there(tmp_path: Path) -> None:
    """Its files are judged; schools stand there by their UAI; what is not known is said to be."""
    path = built(tmp_path)
    path.write_text(CAMPAIGN.replace('"2018"', '"1918"'), "utf-8")
    html, _, result = report(tmp_path / "out", campaign=path)
    assert "La campagne n’a pas pu être lue" in html and "3 fichiers et 6 pages contrôlés" in html
    assert result.exit_code == 1
    (tmp_path / "out" / "manifest.json").unlink()
    html, _, result = report(tmp_path / "out")
    assert "Sans fichier de campagne" in html and "ne contient pas de manifest.json lisible" in html
    assert result.exit_code == 0


@pytest.mark.drill
def test_many_schools_make_no_more_pictures(tmp_path: Path) -> None:
    """Forty schools are told by a few pages; every file has its row, folded away."""
    names = [f"{n:07d}" for n in range(370_001, 370_041)]
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    rows = "".join(f"{name}{letters[int(name) % 23]};Lycée {name};Tours;37000;10\n" for name in names)
    path = campaign(tmp_path, rows=rows)
    build(BuildOptions(campaign=path, out=tmp_path / "out", verify=False))
    html, summary, _ = report(tmp_path / "out", campaign=path)
    page = parsed(html)
    assert len(page.all("img")) <= 4 and "40 fichiers comme celui-ci" in html
    assert len([code for code in page.all("code") if len(code.text) == 64]) == 40
    assert "open" not in page.all("details", class_="list")[-1].attributes
    assert len(html.encode()) < 700_000 and len(summary.encode()) < 10_000


def test_style_and_page_come_with_the_program() -> None:
    assert {path.name for path in (assets() / "report").iterdir()} == {"report.css", "report.html", "words.toml"}
