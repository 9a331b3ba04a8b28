"""What is looked at in the window is what is printed: each page is that of the file made, whatever has changed."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from leaflet.files.raster import make_png
from leaflet.pdf.page_images import PDFIUM, render_raster
from leaflet.production.manifest import read_manifest
from leaflet.program import assets, templates
from leaflet.studio.engine import Engine
from tests.previews.conftest import PRINTER, change
from tests.studio.support import HERE, SCHOOLS, answered
from tests.support import EXAMPLE

WIDTH = 400
FIRST, NAMED = "0370035M", "Lycée d’exemple, Tours"
TRIED = {"key": "orleans-tours.webmail"}
Change = Callable[[Engine], object]


def answer(key: str, value: str) -> Change:
    return lambda engine: engine.call("answer", {"key": key, "value": value})


def word(key: str, text: str) -> Change:
    return lambda engine: engine.call("word", {"key": key, "text": text})


def choose(**chosen: object) -> Change:
    return lambda engine: engine.call("choose", chosen)


def write(name: str, text: str) -> Change:
    def act(engine: Engine) -> None:
        path = engine.folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return act


def logo(engine: Engine) -> None:
    engine.upload("logo", "logo.png", (EXAMPLE / "logo.png").read_bytes())


def other_template(engine: Engine) -> None:
    shutil.copytree(templates() / "leaflet-a4", engine.folder.path / "templates" / "leaflet-a4")
    change(
        engine.folder.path / "templates" / "leaflet-a4" / "leaflet.xml", "{% say a4.keys-title.three %}", "Nos codes"
    )


THEME = (assets() / "themes" / "default.toml").read_text("utf-8")
LEAFLETS: dict[str, Change] = {
    "answer": answer("publisher.name", "Une autre section d’essai"),
    "portal": lambda engine: [
        answer("links.portal", "https://exemple-vote-2026-bis.gouv.fr/")(engine),
        engine.call("compare", {"keys": ["links.portal"]}),
    ],
    "steps": answer("steps", "J’ouvre le portail\nJe vote"),
    "hour": answer("vote.closes_at", "16 h 30"),
    "list": lambda engine: engine.upload("list", "b.csv", SCHOOLS.replace("Trois-Tilleuls", "Quatre-Vents").encode()),
    "cell": lambda engine: engine.call("mend", {"line": 2, "field": "name", "value": "Collège des Quatre-Vents"}),
    "row left out": lambda engine: engine.call("leave", {"line": 2}),
    "address that works": lambda engine: engine.call("confirmAddress", TRIED),
    "another address": lambda engine: engine.call(
        "confirmAddress", {**TRIED, "url": "https://webmail.ac-orleans-tours.fr/"}
    ),
    "help that works": lambda engine: engine.call("confirmAddress", {"key": "orleans-tours.help"}),
    "logo": logo,
    "colour": choose(color="#c8102e"),
    "theme": choose(documents=[{"id": "leaflet-a4", "theme": "ink-saver"}]),
    "document": choose(documents=[{"id": "poster-a3"}]),
    "message": word("publisher.message.text", "Une question ? Venez nous voir."),
    "message title": word("publisher.message.title", "Votre section vous répond"),
    "title": word("title", "Votons ensemble"),
    "imprint": word("publisher.imprint", "Imprimé à la main"),
    "sentence": word("words.step.vote.proof", "Je garde *ma* preuve."),
    "memo lines": word("memo.lines", "Mot de passe élections\nIdentifiant du vote"),
    "academies beside": write(
        "academies.toml",
        '[orleans-tours]\nlogin_rule = { value = "first.last", source = "essai", confidence = "M", '
        'attested = "2026", read_on = 2026-11-24 }\n',
    ),
    "addresses by hand": write(
        "addresses.toml",
        '[academies.orleans-tours]\nhelp = { value = "https://bv.ac-orleans-tours.fr/essai/", '
        "confirmed_on = 2026-11-30 }\n",
    ),
    "theme beside": write("themes/default.toml", THEME.replace("#1f3a93", "#0b6e4f")),
    "template beside": other_template,
    "undo": lambda engine: [choose(color="#c8102e")(engine), engine.call("undo", {}), logo(engine)],
}
CARDS: dict[str, Change] = {
    "names": lambda engine: engine.call("pastePeople", {"text": "EXEMPLE Zoé\n"}),
    "one name": lambda engine: engine.call("mendPerson", {"line": 2, "first": "Zoé", "last": "Exemple"}),
    "swapped names": lambda engine: engine.call("swapNames", {}),
    "first place": lambda engine: engine.call("chooseSheet", {"sheet": "cards-a4", "start": 4}),
    "sheet": lambda engine: engine.call("chooseSheet", {"sheet": "sigel-dp835", "start": 1}),
    "memo lines": word("memo.lines", "Mot de passe pour voter"),
    "address that works": lambda engine: engine.call("confirmAddress", TRIED),
    "printer": write("printer.toml", PRINTER),
}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    path = tmp_path_factory.mktemp("prepared")
    for kind in ("leaflets", "cards"):
        engine = answered(path / kind, kind)
        if kind == "leaflets":
            engine.upload("list", "a.csv", SCHOOLS.encode())
        else:
            school = {"uai": FIRST, "name": "Lycée d’exemple", "town": "Tours"}
            engine.call("pastePeople", {"text": "Labert\tJulie\nMartin\tPaul\n", "school": school})
        engine.close()
    return {folder.name: folder for folder in path.iterdir()}


def looked_at(engine: Engine) -> list[bytes]:
    drawn = [engine.call("picture", {"width": WIDTH})]
    drawn += [engine.call("picture", {"width": WIDTH, "page": 1 + page}) for page in range(1, drawn[0]["pages"])]
    return [engine.picture_bytes(one["url"][8:-4]) or b"" for one in drawn]


def printed(engine: Engine) -> list[bytes]:
    if left := engine.call("plan", {}).get("toCompare"):
        engine.call("compare", {"keys": left})
    list(engine.make({"outputs": ["files"], "changedOnly": False}))
    manifest = read_manifest(engine.folder.outputs.files)
    assert manifest is not None
    line = engine.call("picture", {"width": WIDTH})["line"]
    (record,) = (row["key"] for row in engine.call("rows", {"show": "all"})["rows"] if row["line"] == line)
    (document, *_) = (one["id"] for one in engine.call("choices", {})["documents"] if one["chosen"])
    (file,) = (one.file for one in manifest.entries if one.record == record and one.document.startswith(document))
    with PDFIUM, closing(pypdfium2.PdfDocument(engine.folder.outputs.files / file)) as pdf:
        return [make_png(render_raster(page, WIDTH / page.get_width())) for page in pdf]


USUAL = {"answer", "list", "theme", "template beside", "names"}  # one of each cache
CHANGED = [*(("leaflets", name) for name in LEAFLETS), *(("cards", name) for name in CARDS)]


@pytest.mark.parametrize(
    ("kind", "changed"), [pytest.param(*one, marks=() if one[1] in USUAL else pytest.mark.drill) for one in CHANGED]
)
def test_what_is_looked_at_is_printed(prepared: dict[str, Path], tmp_path: Path, kind: str, changed: str) -> None:
    """It was looked at before the change, too; each of these changes can be seen."""
    engine = Engine(Path(shutil.copytree(prepared[kind], tmp_path / kind)), "fr", HERE)
    engine.call("open", {})
    before = looked_at(engine)
    assert looked_at(engine) == before
    (LEAFLETS if kind == "leaflets" else CARDS)[changed](engine)
    after = looked_at(engine)
    assert after != before and after == printed(engine)
    engine.close()
