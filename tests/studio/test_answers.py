"""Answers of « L'élection »: what is understood as it is typed, and what is refused, in the window's words."""

import random
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins
from PIL import Image

from leaflet.campaign.logo import MAX_LOGO_BYTES
from leaflet.files.raster import Raster, make_png
from leaflet.files.words import load_words
from leaflet.studio.engine import Engine
from leaflet.studio.json_values import find_place, show_fault
from tests.campaign.fault_cases import CASES
from tests.groups import with_drills
from tests.studio.support import HERE, PORTAL, SCHOOLS, ready, refusal, started
from tests.support import EXAMPLE, tables_of
from tests.tables.fault_cases import CASES as LISTS

TABLES = tables_of(__file__)
PAGE = load_words("studio", "fr")
# What nobody should read in the window: a quotation mark or bracket to type, a setting, a key, a number of Unicode.
TYPED = re.compile(
    r"[\"\[\]{}]|\b[a-z]+_[a-z]+\b|\b[a-z]+\.[a-z_]+\b|\w = |U\+|octets|bytes|entre guillemets|fichier$"
)
ADDRESS = re.compile(r"https?://\S*|\b[\w.-]+\.(?:fr|com|ly|\d)\b")


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return started(tmp_path / "campagne", "2026")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Start an engine to which many cases give their answers, each its own."""
    return started(tmp_path_factory.mktemp("answers"), "2026")


def typed(engine: Engine, key: str, text: str, **more: object) -> dict[str, Any]:
    return engine.call("answer", {"key": key, "value": text, **more})["answer"]


def question(engine: Engine, key: str) -> dict[str, Any]:
    groups = engine.call("answers", {})["groups"]
    return next(one for group in groups for one in group["items"] if one["key"] == key)


@pytest.mark.parametrize(("key", "text", "shown", "kept"), TABLES["understood"])
def test_what_can_be_understood_is_understood(shared: Engine, key: str, text: str, shown: str, kept: str) -> None:
    """The field has it as one writes it here, the campaign file as everybody reads it."""
    answer = typed(shared, key, text)
    assert answer["value"].replace("\u00a0", " ") == shown and answer["refused"] is None
    assert f"{key.rpartition('.')[2]} = {kept}" in shared.folder.campaign.read_text("utf-8")


DOUBTED = ("03 20 00 00 0", "+33 03 20 00 00 00", "Tél. 0320000", "8 rue de l’Exemple", "8 rue, 590000 Lille")
RIGHT = ("03 20 00 00 00, bureau", "+33 (0)3 20 00 00 00", "a.06@b.fr", "59000 le 05.12.2026", "8 rue, 59 000 Lille")


@pytest.mark.parametrize("text", [*DOUBTED, *RIGHT])
def test_a_telephone_and_an_address_are_doubted_where_a_part_is_missing(shared: Engine, text: str) -> None:
    key = "publisher.address" if "rue" in text else "publisher.contact"
    assert [fault["severity"] for fault in typed(shared, key, text)["faults"]] == ["warning"] * (text in DOUBTED)


def test_a_wrong_answer_stays_at_its_field_until_it_is_right(engine: Engine) -> None:
    """Campaign and page have the one before; another answer, a new window and an undo change nothing of it."""
    typed(engine, "links.portal", PORTAL)
    before = engine.folder.campaign.read_bytes()
    wrong = "https://www.monvote.fr/educ"
    answer = engine.call("answer", {"key": "links.portal", "value": wrong})
    assert engine.folder.campaign.read_bytes() == before
    assert answer["undo"]["text"] == "Réponse changée\u00a0: L’adresse complète du portail de vote"
    typed(engine, "publisher.name", "Section d’essai")
    engine.call("undo", {})
    again = Engine(engine.folder.path, "fr", HERE)
    for found in (answer["answer"], question(engine, "links.portal"), question(again, "links.portal")):
        assert found["value"] == PORTAL and found["refused"]["value"] == wrong
        assert found["refused"]["faults"][0]["text"] == "www.monvote.fr n’est pas un site officiel connu."
    campaign = again.call("open", {})["campaign"]
    (refused,) = campaign["refused"]
    assert refused["at"] == {"station": "election", "field": "links.portal"}
    assert (campaign["stations"][0]["state"], campaign["stations"][0]["word"]) == ("look", "1 réponse refusée")
    assert typed(again, "links.portal", PORTAL)["refused"] is None
    assert again.call("open", {})["campaign"]["refused"] == []


def test_answers_before_and_after(engine: Engine) -> None:
    """An official one stays official; a first day after the last one is refused until that is corrected."""
    official = question(engine, "vote.opens_on")
    assert typed(engine, "vote.opens_on", "2025-12-03")["refused"]
    campaign = engine.call("dropRefusal", {"key": "vote.opens_on"})["campaign"]
    assert question(engine, "vote.opens_on") == official and campaign["refused"] == []
    refused = typed(engine, "vote.opens_on", "2026-12-12")["refused"]
    assert refused["faults"][0]["text"].startswith("La fin (jeudi 10\u00a0décembre 2026) serait avant le début (sam")
    typed(engine, "vote.closes_on", "2026-12-19")
    assert question(engine, "vote.opens_on")["refused"] is None
    assert question(engine, "vote.opens_on")["value"] == "2026-12-12"
    assert question(engine, "vote.closes_on")["official"] == "2026-12-10"
    engine.call("undo", {})
    assert question(engine, "vote.closes_on")["value"] == "2026-12-10"
    refused = typed(engine, "vote.closes_on", "2025-12-10")["refused"]
    assert [fault["code"] for fault in refused["faults"]] == ["C114"]
    typed(engine, "steps", "Je demande à créer mon compte")  # which has a name
    assert question(engine, "account.name")["required"]


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        *(("publisher.message.text", "mot de passe : Azerty12!"), ("account.login", "12E3456789ABC")),
        *(("notice.how", "2 85 05 37 261 001 42"), ("links.portal", "https://moi:Azerty12@vote.education.gouv.fr/")),
        ("links.help", "https://vote.education.gouv.fr/?token=Azerty12"),
        ("links.help", "https://vote.education.gouv.fr/?u=jean.dupont@ac-tours.fr"),
        ("links.help", "https://vote.education.gouv.fr/p/9f86d081884c7d659a2feaa0c55ad015"),
    ],
)
def test_a_secret_that_is_typed_is_kept_nowhere(shared: Engine, key: str, secret: str) -> None:
    """It is refused at its field as other texts are, and said again by nobody."""
    answer = typed(shared, key, secret)
    typed(shared, "publisher.name", "Section d’essai")
    again = Engine(shared.folder.path, "fr", HERE)
    for found in (answer, question(shared, key), question(again, key)):
        assert found["refused"]["value"] is None and found["refused"]["faults"] and secret not in str(found)
    for path in shared.folder.path.rglob("*"):
        if path.is_file():
            assert secret not in path.read_text("utf-8", "ignore")


def test_addresses_that_are_doubted(engine: Engine) -> None:
    """A lost end is proposed; an unknown site may be printed for a reason, which is gone with the address."""
    found = typed(engine, "links.portal", "https://exemple-vote-2026.gouv")["refused"]["faults"][0]
    assert found["ways"][1]["args"] == {"key": "links.portal", "value": PORTAL.rstrip("/")}
    found = typed(engine, "links.portal", f"{PORTAL.rstrip('/')}./")["refused"]["faults"][0]
    assert found["ways"][-1]["args"]["value"] == PORTAL
    url = "https://vote.exemple.fr/"
    (way,) = [way for way in typed(engine, "links.portal", url)["refused"]["faults"][0]["ways"] if way.get("asks")]
    assert way["asks"]["key"] == "reason"
    answer = engine.call(way["call"], {**way["args"], "reason": "prestataire nommé sur la notice"})["answer"]
    assert (answer["value"], answer["refused"]) == (url, None)
    assert 'reason = "prestataire nommé sur la notice"' in engine.folder.campaign.read_text("utf-8")
    typed(engine, "links.portal", url)  # the same again changes nothing
    assert "[[allow]]" in engine.folder.campaign.read_text("utf-8")
    typed(engine, "links.portal", PORTAL)
    assert "allow" not in engine.folder.campaign.read_text("utf-8")


SLIPS = (" education.gouv.fr", "education.gouv.fr.", "education.gouv.fr:8443", "education.gouv.fr:")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("http://vote.education.gouv.fr/", "https://vote.education.gouv.fr/"),
        ("vote.education.gouv.fr", "https://vote.education.gouv.fr"),
        ("https://vote.educaton.gouv.fr/a", "https://vote.education.gouv.fr/a"),
        *((f"https://vote.{slip}/", "https://vote.education.gouv.fr/") for slip in SLIPS),
    ],
)
def test_an_address_that_is_meant_is_offered(shared: Engine, text: str, meant: str) -> None:
    """A button puts it into the field."""
    (way,) = ways_out(shared, text)
    assert way["text"] == f"Mettre {meant}"
    assert shared.call(way["call"], way["args"])["answer"]["value"] == meant


def test_nothing_is_offered_where_nobody_knows_which_sign_is_missing(shared: Engine) -> None:
    for slip in ("vote education.gouv.fr", "vote.education-gouv.fr", "http://vote.education-gouv.fr"):
        assert ways_out(shared, slip) == []


def ways_out(engine: Engine, portal: str) -> list[dict[str, Any]]:
    """Type an address that is refused, and return what can be pressed then."""
    return [way for way in typed(engine, "links.portal", portal)["refused"]["faults"][0]["ways"] if way.get("call")]


def test_a_word_of_ones_own_is_refused_at_its_field(engine: Engine) -> None:
    """On « Les pages » and in « L'élection », which both ask for it."""
    word = {"key": "publisher.message.title", "text": "Un\u200btitre"}
    (item,) = [one for one in engine.call("word", word)["words"]["items"] if one["key"] == word["key"]]
    assert (item["text"], item["refused"]["value"]) == ("", "Un\u200btitre")
    assert question(engine, word["key"])["refused"] == item["refused"]
    engine.call("word", {"key": "title", "text": "x" * 2001})
    places = [one["at"] for one in engine.call("open", {})["campaign"]["refused"]]
    assert places == [
        {"station": "election", "field": "publisher.message.title"},
        {"station": "pages", "field": "title"},
    ]


@pytest.mark.parametrize("page", with_drills([1], [2]))
def test_every_sentence_that_a_page_offers_can_be_written_anew(tmp_path: Path, page: int) -> None:
    """It changes where it was seen, and stays as the campaign has it; erased, or the program's, it is as before."""
    engine = ready(tmp_path / "ready")
    asked = {"document": "leaflet-a4", "page": page, "width": 200}

    def seen() -> dict[str, dict[str, Any]]:
        return {zone["key"]: zone["word"] for zone in engine.call("picture", asked)["zones"] if zone["word"]}

    before, words = engine.folder.campaign.read_text("utf-8").splitlines(), seen()
    assert len(words) > 15 and {"words.step.vote.when", "words.portal.type"}.isdisjoint(words)
    for key, word in words.items():
        plain = word["text"].replace("*", "")
        engine.call("word", {"key": key, "text": f"*{plain[0]}*{plain[1:]}"})
    changed, listed = seen(), {one["key"]: one for one in engine.call("words", {})["items"]}
    assert changed.keys() == words.keys()
    for key, word in changed.items():
        assert word["text"].startswith("*") and word["text"] != words[key]["text"]
        assert listed[key]["text"] == word["text"] and words[key]["text"] in listed[key]["hint"]
    erased, given, *others = words
    engine.call("word", {"key": erased, "text": ""})
    engine.call("word", {"key": given, "text": words[given]["text"]})
    again = seen()
    assert [again[key] for key in words] == [words[erased], words[given], *(changed[key] for key in others)]
    after = [line for line in engine.folder.campaign.read_text("utf-8").splitlines() if not line.startswith("[words")]
    assert len([*filter(None, after)]) == len([*filter(None, before)]) + len(others) and {*before} <= {*after}


def test_a_sentence_prints_a_column_of_the_list(tmp_path: Path) -> None:
    """It is named by its title, and each page has the cell of its school; what cannot be printed is at its row."""
    engine, key = ready(tmp_path / "ready"), "words.step.vote.proof"
    rooms = zip(SCHOOLS.strip().splitlines(), ["Salle du vote", "B 12", "CDI", *"字456"], strict=True)
    engine.upload("list", "salles.csv", "\n".join(map(";".join, rooms)).encode())
    asked = {"document": "leaflet-a4", "page": 1, "width": 200}
    shown = next(zone["word"] for zone in engine.call("picture", asked)["zones"] if zone["key"] == key)
    assert shown["columns"] == ["Salle du vote"]
    for typed, codes in (("Ici : *{salle du vote}*", []), ("Ici : {Salle}", ["M212"])):
        items = engine.call("word", {"key": key, "text": typed})["words"]["items"]
        (item,) = [one for one in items if one["key"] == key]
        assert [one["code"] for one in (item["refused"] or {"faults": []})["faults"]] == codes
        assert (item["text"], item["columns"]) == ("Ici : *{Salle du vote}*", ["Salle du vote"])
        for of, room in (("first", "B 12"), (3, "CDI")):
            zones = engine.call("picture", {**asked, "of": of})["zones"]
            assert [zone["label"] for zone in zones if zone["key"] == key] == [f"Ici : {room}"]
    (found,) = engine.call("verify", {})["findings"]
    assert (found["code"], found["state"], found["lines"]) == ("G101", "mend", [4])
    data = engine.folder.read().get("data", "print")
    engine.call("undo", {})
    assert data == ["Salle du vote"] and engine.folder.read().get("data", "print") is None


def test_a_sentence_is_written_for_some_schools(tmp_path: Path) -> None:
    """A sector, the schools with a cell, or one alone has its own: the more particular is printed until erased.

    What is refused describes no group, and a key that nobody offers writes nothing.
    """
    engine, field = ready(tmp_path / "ready"), "words.step.vote.proof"
    sectors = zip(
        SCHOOLS.strip().splitlines(),
        ["Statut_public_prive;Site", *["Privé;Nord"] * 2, *["Public;Sud"] * 4],
        strict=True,
    )
    engine.upload("list", "zones.csv", "\n".join(map(";".join, sectors)).encode())
    before = engine.folder.campaign.read_text("utf-8")

    def written(at: str, text: str, where: str = "") -> list[tuple[str, list[str]]]:
        items = engine.call("word", {"key": f"{at}{field}", "text": text, "where": where})["words"]["items"]
        own = [one for one in items if one["key"].endswith(field)]
        return [(one["label"], [f["code"] for f in (one["refused"] or {"faults": []})["faults"]]) for one in own]

    def printed() -> list[str]:
        pictures = (engine.call("picture", {"document": "leaflet-a4", "of": n, "width": 200}) for n in (2, 3, 4))
        return [zone["label"] for one in pictures for zone in one["zones"] if zone["key"].endswith(field)]

    _, *some = engine.call("audiences", {"line": 2})["items"]
    assert [one["text"].split(" (")[0].replace("\xa0", " ") for one in some] == [
        "Établissements privés", "Site : Nord", "Celui-ci : Collège d’exemple des Trois-Tilleuls"
    ]  # fmt: skip
    private, north, alone = ((one["at"], one["where"]) for one in some)
    assert written(alone[0], "Je {garde}", alone[1]) == [
        ("Phrase de la page (Collège d’exemple des Trois-Tilleuls)", ["M212"])
    ]
    assert engine.folder.campaign.read_text("utf-8") == before
    for (at, where), text in ((alone, "Un."), (north, "Nord."), (private, "Privé.")):
        assert written(at, text, where)[-1][1] == []
    written("", "Tous.")
    assert printed() == ["Un.", "Nord.", "Tous."]
    for at, left in ((alone[0], ["Nord.", "Nord."]), (north[0], ["Privé.", "Privé."]), (private[0], ["Tous."] * 2)):
        written(at, "")
        assert printed() == [*left, "Tous."]
    assert "[groups" not in engine.folder.campaign.read_text("utf-8").replace(".words", "")
    for at in ("groups.a.b.", "groups..", "words."):
        with pytest.raises(KeyError):
            written(at, "x")


def test_a_sentence_is_refused_at_its_field(engine: Engine) -> None:
    """Braces and secrets are refused, and nothing of them is kept; a sentence with a value is a fact."""
    key = "words.step.vote.proof"
    for text, code, kept in (("Je {garde}", "M212", "Je {garde}"), ("Mot de passe : Toto1234", "C147", None)):
        (item,) = [
            one for one in engine.call("word", {"key": key, "text": text})["words"]["items"] if one["key"] == key
        ]
        (fault,) = item["refused"]["faults"]
        assert (fault["code"], item["refused"]["value"], item["text"]) == (code, kept, "*Je garde la preuve.*")
        assert all(way["at"]["station"] == "pages" for way in fault["ways"] if "at" in way)
    for name in ("words.step.vote.when", "words.nothing", "words.schools.0370035M.strip.staff"):
        with pytest.raises(KeyError):
            engine.call("word", {"key": name, "text": "x"})


def test_a_message_keeps_the_lines_that_were_typed(engine: Engine) -> None:
    """A message has as many lines as its field; what follows stands in the last one."""
    engine.call("word", {"key": "publisher.message.text", "text": " Une \n\nDeux  fois\nTrois\nQuatre\n"})
    assert engine.folder.read().get("publisher", "message", "text") == "Une\nDeux fois\nTrois Quatre"


# --- words -----------------------------------------------------------------------------------------------------


def said_of(shown: dict[str, Any]) -> list[str]:
    """All that the page shows of a fault, without the addresses and the words that somebody typed."""
    texts = [shown["text"], *(way["text"] for way in shown["ways"])]
    texts += [text for other in shown.get("others", ()) for text in said_of(other)]
    return [ADDRESS.sub("", re.sub(r"«\u00a0.*?\u00a0»", "", text)) for text in texts]


@pytest.mark.parametrize("code", [code for code in CASES if code[0] in "CL"])
def test_no_fault_of_an_answer_says_how_to_write_a_file(tmp_path: Path, code: str) -> None:
    """The command line says so, where it is the way out."""
    for fault in CASES[code](tmp_path):
        place = find_place(fault)
        if fault.severity != "note" and place is not None and place.field:
            assert [text for text in said_of(to_builtins(show_fault(fault, PAGE))) if TYPED.search(text)] == []


@pytest.mark.parametrize("code", ["T143", "T202", "T203", "T210", "T212", "T213"])
def test_no_fault_of_a_list_names_a_field_as_a_file_does(engine: Engine, tmp_path: Path, code: str) -> None:
    """« nom de l’établissement », not « name »."""
    fault = next(fault for fault in LISTS[code](tmp_path) if fault.code == code)
    for shown in (show_fault(fault, PAGE), engine._context.list.fault(fault)):
        said = " ".join(said_of(to_builtins(shown)))
        assert TYPED.search(said) is None
        assert not {"name", "uai", "town", "last_name", "copies", "staff"} & set(re.findall(r"[a-z_]+", said))


TEXTS = (*TABLES["texts"], "x" * 2001)
HOSTILE = {**TABLES["hostile"], "choice": TEXTS, "text": TEXTS}
HOSTILE["address"].append("https://a.gouv.fr/" + "a-" * 99)


@pytest.mark.drill
def test_no_answer_is_refused_in_words_of_a_file(engine: Engine) -> None:
    """Whatever is typed into whatever field."""
    typed(engine, "vote.closes_on", "2026-12-10")
    groups, refused = engine.call("answers", {})["groups"], 0
    for key, kind in [(one["key"], one["kind"]) for group in groups for one in group["items"]]:
        for text in (*HOSTILE.get(kind, ()), *(TEXTS if kind == "lines" else ())):
            found = typed(engine, key, text)["refused"]
            shown = found["faults"] if found else []
            refused += len(shown)
            assert [said for one in shown for said in said_of(one) if TYPED.search(said)] == [], (key, text)
            engine.call("dropRefusal", {"key": key})
    assert refused > 100


@pytest.mark.parametrize(
    ("address", "letters"),
    [("https://éducation.gouv.fr/", "«\u00a0é\u00a0»"), ("https://\u0435ducation.gouv.fr/", "(cyrillique)")],
)
def test_letters_that_imitate_others_are_shown(engine: Engine, address: str, letters: str) -> None:
    """As letters: nobody reads numbers of characters."""
    (fault,) = typed(engine, "links.portal", address)["refused"]["faults"]
    assert letters in fault["text"] and "U+" not in fault["text"]


def test_a_logo_that_is_refused_is_told_in_french(engine: Engine) -> None:
    """With sizes as one says them here, and nothing of what the system says."""
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'>" + b" " * 11_960_000 + b"</svg>"
    large = refusal(engine, lambda: engine.upload("logo", "logo.svg", svg))
    assert large["text"] == "Ce logo est trop grand\u00a0: 12\u00a0Mo\u202f; 2\u00a0Mo au plus."
    cut = (EXAMPLE / "logo.png").read_bytes()[:-200]
    for data in (cut, make_png(Raster(5400, 9, b"\x1f\x3a\x93\xff" * 5400 * 9))[:-200]):
        damaged = refusal(engine, lambda data=data: engine.upload("logo", "logo.png", data))
        assert damaged["text"] == "Ce logo est abîmé ou incomplet."
    assert [TYPED.search(text) for one in (large, damaged) for text in said_of(one)] == [None] * 6


def test_a_logo_that_is_too_large_is_made_smaller(engine: Engine) -> None:
    """A designer's PNG of 5,400 pixels, and pictures of many bytes: to what is printed of them, or still smaller."""
    wide = make_png(Raster(5400, 54, b"\x1f\x3a\x93\xff" * 5400 * 54))
    photo = BytesIO()
    Image.effect_noise((3000, 1500), 90).save(photo, "JPEG", quality=95)
    assert len(photo.getvalue()) > MAX_LOGO_BYTES
    dots = make_png(Raster(1000, 1000, random.Random(1).randbytes(4_000_000)))
    for data, size in ((wide, (1000, 10)), (photo.getvalue(), (1000, 500)), (dots, (562, 562))):
        engine.upload("logo", "logo.png", data)
        kept = question(engine, "publisher.logo")["value"]
        with Image.open(engine.folder.path / kept) as printed:
            assert printed.size == size
    engine.upload("logo", "mien.png", (EXAMPLE / "logo.png").read_bytes())
    assert (engine.folder.path / "mien.png").read_bytes() == (EXAMPLE / "logo.png").read_bytes()
