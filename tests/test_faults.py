"""Every fault code but those of rules for finished files: caused by a test, in both languages, documented."""

import errno
import os
import re
import string
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from docs.make_faults import faults_page
from leaflet.faults import (
    LANGUAGES,
    Cause,
    DataError,
    Fault,
    Place,
    RenderError,
    Report,
    TemplateError,
    UsageError,
    catalogue,
    entry_of,
    error_class,
    fault_of,
    join_faults,
    visible,
)
from leaflet.files.words import in_both
from tests.fault_wording import check_wording
from tests.golden_faults import CASES, PRESS_CASES, ROOMS, RULE_CASES, golden, told
from tests.support import tables_of

ROOT = Path(__file__).parents[1]
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
NO_PROSE = re.compile(
    r"\w+://\S*|[\[{]+ ?title.*?[\]}]+|\{scheme\}:|\{kind\}:|\d:\d\d|\w+ = \S+|\w+(?:;\w+)+|!=|(?:staff|schools):"
    r"|\{\w+:[^}]+\}"
)
COMPANIONS = {code: {*others} for code, others in tables_of(__file__)["companions"].items()}
COUNTS = {"T111", "T416"}  # they count changes, or name an encoding, in lists with other faults
FAMILIES = {
    **dict.fromkeys("CLTP", DataError),
    "U": UsageError,
    "M": TemplateError,
    **dict.fromkeys("FGWVKD", RenderError),
}
Caused = Callable[[str], list[Fault]]


@pytest.fixture(scope="module")
def cause(tmp_path_factory: pytest.TempPathFactory) -> Caused:
    """Return what runs the case of a code, once however many tests ask for its faults."""
    return cache(lambda code: CASES[code](tmp_path_factory.mktemp(code)))


# What a message may end with instead of a full stop: what is typed as it stands (a command, a line, a number), and
# values that are sentences themselves.
COMMAND = r"leaflet [a-z-]+(?: [A-Z]+(?:\.pdf)?| campaign\.toml| --out| --list-rules)*|\{command\}"
TYPED = re.compile(
    rf": (?:{COMMAND}|\{{(?:example|mended|proposal|line)\}}|[\d.,-]+|\S+ = \S.*|--[a-z]+ \S+|\{{\{{ .* \}}\}})$"
    r"|\{(?:why_en|why_fr|reason|line_en|line_fr)\}$|\.\{(?:hint|then|passed)_(?:en|fr)\}$"
)


def test_each_code_is_caused_by_a_test() -> None:
    """One case a message, in the golden file as well; a code without message is a mistake of the program."""
    rooms = (*ROOMS, RULE_CASES)
    assert {code for cases in rooms for code in cases} == set(catalogue())
    assert len(catalogue()) == sum(len(cases) for cases in rooms) and len(catalogue()) >= 40
    assert set(golden()) == {*CASES, *RULE_CASES}
    with pytest.raises(KeyError):
        Report().add("Z999", Place())


@pytest.mark.parametrize("code", CASES)
def test_a_case_causes_its_fault(cause: Caused, code: str) -> None:
    """The case of a code gives it and no other; all values are there, and the place."""
    found = {fault.code for fault in cause(code)}
    assert code in found
    companions = COUNTS | COMPANIONS.get(code, set())
    assert found - companions == {code} - companions
    for fault in cause(code):
        check_wording(fault, code)


@pytest.mark.parametrize("code", CASES)
def test_a_case_says_what_it_said(cause: Caused, code: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both languages and the way out, word for word; ``python -m tests.golden_faults`` after a change on purpose."""
    assert told(cause(code), tmp_path_factory.getbasetemp() / f"{code}0") == golden()[code]


def test_the_letter_of_a_code_gives_its_family() -> None:
    """Faults of data, usage and templates, and files that cannot be made or read, end with their own exit codes."""
    assert {code: error_class(entry.family) for code, entry in catalogue().items()} == {
        code: FAMILIES[code[0]] for code in catalogue()
    }


@pytest.mark.parametrize(
    ("number", "winerror", "cause"),
    [
        *((errno.ENOSPC, None, "disk full"), (errno.EROFS, None, "not permitted"), (errno.EINVAL, 39, "disk full")),
        *((errno.EACCES, 5, "not permitted"), (errno.EACCES, 32, None), (errno.ENOENT, None, None)),
    ],
)
def test_a_refusal_of_the_system_has_a_cause_in_any_language(
    number: int, winerror: int | None, cause: Cause | None
) -> None:
    """Told by its numbers; on Windows by its own, of which several are one number elsewhere."""
    error = OSError(number, "Die Datei ist nicht da")
    if winerror is not None:
        error.winerror = winerror  # type: ignore[attr-defined]
    (fault,) = fault_of(error, "W101", "out").faults
    assert (fault.cause, fault.values) == (cause, {"problem": "Die Datei ist nicht da"})


def test_what_the_system_says_is_said_in_french() -> None:
    """As far as it is known; anything else stays as it is."""
    (known,), (other,) = (
        fault_of(OSError(number, os.strerror(number)), "W101", "out").faults for number in (errno.ENOENT, errno.EXDEV)
    )
    assert known.reason("fr").endswith("ce fichier ou ce dossier n’existe pas.")
    assert known.reason("en").endswith(f"{os.strerror(errno.ENOENT)}.")
    assert other.reason("fr").endswith(f"{os.strerror(errno.EXDEV)}.")


def test_messages_match_and_are_sentences() -> None:
    """The same values in both languages; French has ’ and no-break spaces; a capital, one full stop."""
    for code, entry in catalogue().items():
        for text in (entry.reason, entry.way_out):
            assert set(text) == set(LANGUAGES) and all(map(str.strip, text.values())), code
            names = [name for lang in LANGUAGES for _, name, _, _ in string.Formatter().parse(text[lang])]
            assert all(name is None or name.isidentifier() for name in names), code
        english, french = (
            {name.removesuffix("_fr").removesuffix("_en") for name in PLACEHOLDER.findall(entry.reason[lang])}
            for lang in LANGUAGES
        )
        assert english == french, code
    for entry in catalogue().values():
        for french in (entry.reason["fr"], entry.way_out["fr"], *((entry.many["fr"],) if entry.many else ())):
            assert "'" not in french
            assert not re.search(r" (?:[:;?»]|!(?!=))|« ", french), french
            prose = NO_PROSE.sub("", french)
            assert not re.search(r"[^\u00a0\u202f][;!?]|[^\u00a0][:»]|«[^\u00a0]", prose), prose
        for text in (*entry.reason.values(), *entry.way_out.values()):
            assert not text[0].islower() and (text[-1] in ".?!…" or TYPED.search(text)), text
    for problem, shown in (("It broke.", "It broke."), ("Why?", "Why?"), ("x" * 100, "x" * 79 + "…"), ("v1", "v1.")):
        assert Fault("M002", Place(), {"problem": problem}).reason("en").endswith(f": {shown}")


def test_what_is_to_be_typed_is_said_to_those_who_can_type_it() -> None:
    """The window leaves out commands, options and settings, by the field `audience` of the catalogue."""
    typed = re.compile(r"\bleaflet [a-z]|\[\[?[a-z]|\b[a-z_]+ = |--[a-z]|\{(?:command|line|mended|setting)\}")
    told = {entry.code for entry in catalogue().values() if typed.search(entry.way_out["fr"])}
    assert told - {entry.code for entry in catalogue().values() if entry.audience != "anyone"} == set()


def test_nobody_tells_a_fault_by_the_letters_of_its_code_or_by_the_words_of_the_system() -> None:
    """Family, scope and cause are fields; the letter of a code is looked at where its entry is read."""
    told = re.compile(r"fault\.code(?:\[|\.startswith)|\.code\[0\]|map\(os\.strerror|\.record\b.*\.r?partition")
    assert [path.name for path in (ROOT / "leaflet").rglob("*.py") if told.search(path.read_text("utf-8"))] == []


def test_what_is_said_of_many_is_in_both_languages() -> None:
    """A sentence that names how many and which; one fault is told as it is."""
    told = [entry for entry in catalogue().values() if entry.many is not None]
    assert told
    for entry in told:
        assert entry.many is not None and set(entry.many) == set(LANGUAGES)
        assert all(PLACEHOLDER.findall(text) == ["count", f"names_{lang}"] for lang, text in entry.many.items())
        faults = [Fault(entry.code, Place(), {"name": name}) for name in ("Nice", "Corse", "Metz")]
        assert join_faults(faults[:1]) is None
        joined = join_faults([*faults, faults[0]])
        assert joined is not None and (joined.code, joined.family) == (entry.code, entry.family)
        assert joined.reason("fr").startswith("4 ") and joined.reason("fr").endswith("Nice (2), Corse, Metz.")
        assert "{" not in joined.way_out("fr")


WORDS = (
    *((r"feuillets?|liasses?", "dépliant, carte, affiche, paquet"), (r"codes? QR", "QR code")),
    *((r"écoles?", "établissement"), (r"codage", "encodage")),
    *((r"liste (du personnel|de personnels)", "liste des personnels"), (r"synthèses? vocales?", "lecteur d’écran")),
    *((r"jug(?:e|ent|er|ez|ée?s?)", "contrôler"), (r"voilà|pour de vrai", ""), (r"parts? de fabrication", "partie")),
    *((r"lois?[^.;]{,40} veut", "exige"), (r"\w+\((?:s|es|nt)", "{n:s|p}"), (r"On (?:lit la|prépare)", "Lecture")),
    *((r"(?:Combien|À quel point)[^?\n]*\w(?=\s?[.;:])", "Nombre"), (r"(?:[Ss]cann|[Ii]mp)\w+ \w+ code", "QR code")),
)


@pytest.mark.parametrize(("other", "word"), WORDS)
def test_one_french_word_for_one_thing(other: str, word: str) -> None:
    """French texts call a thing by one word; the window says which kinds of schools there are, unions have names."""
    kinds = {"capitals.toml", "page-fr.ftl", "unions.toml"} if word == "établissement" else set()
    paths = [
        *(ROOT / "docs" / "fr").glob("*.md"),
        *(p for p in (ROOT / "assets").rglob("*.*l") if p.parent.name != "words"),
    ]
    texts = {str(path): path.read_text("utf-8") for path in paths if path.name not in kinds}
    pattern = re.compile(rf"\b(?:{other})\b")
    assert {name: pattern.findall(text) for name, text in texts.items() if pattern.search(text)} == {}, word


SHEETS = dict.fromkeys(("T136", "T137", "T138", "T162"), ("--sheet", "sheet under [data]", "staff_sheet"))
ROWS = dict.fromkeys(("T153", "T154"), ("--header-row", "header_row under [data]", "staff_header_row"))
LETTERS = dict.fromkeys(("T109", "T111", "T155"), ("--encoding", "encoding under [data]"))


@pytest.mark.parametrize(("code", "ways"), [*SHEETS.items(), *ROWS.items(), *LETTERS.items()])
def test_how_a_list_is_read_can_be_said_in_two_places(code: str, ways: tuple[str, ...]) -> None:
    """On the command line, and in the campaign: there for the staff list, too."""
    for lang, under in (("en", "under"), ("fr", "sous")):
        way_out = entry_of(code).way_out[lang]
        assert all(way.replace("under", under) in way_out for way in ways)


def test_measures_stay_together() -> None:
    """In what imposition says, a number is not parted from its mm or per cent sign at the end of a line."""
    texts = [text for entry in map(entry_of, PRESS_CASES) for text in (entry.reason["fr"], entry.way_out["fr"])]
    assert [text for text in texts if re.search(r" %|} mm", text)] == []


def test_the_page_of_faults_is_up_to_date() -> None:
    """docs/faults.md is what docs/make_faults.py writes: run `make docs`."""
    assert (ROOT / "docs" / "faults.md").read_text("utf-8") == faults_page()


def test_what_is_said_reads_well() -> None:
    """Places in the user's language, one ellipsis for empty values; controls escaped, long values clipped."""
    place = Place(file="ecoles.csv", line=17, field="code_postal")
    assert place.text("fr") == "ecoles.csv · ligne 17 · «\u00a0code_postal\u00a0»"
    assert place.text("en") == "ecoles.csv · line 17 · “code_postal”"
    assert Fault("M110", place, {"element": "p"}).lines("en")[0] == "M110 ecoles.csv · line 17 · “code_postal”"
    assert not re.search("……|[|]", " ".join(entry.outline("fr") for entry in catalogue().values()))
    assert visible("a\x1b[31m\u202e\udcff\nb") == "a\\u001b[31m\\u202e\\udcff\\u000ab"
    assert len(visible("x" * 500)) == 80
    old, new = (f"https://exemple-vote.fr/{'a' * 60}/{end}" for end in ("1", "2"))  # which differ at their ends
    leads = Fault("K011", Place(), in_both("what", "look_link_changed", old=old, new=new))
    assert all(old in leads.reason(lang) and new in leads.reason(lang) for lang in LANGUAGES)
    said = [Fault("T152", Place(), {"count": n, "rows": 7}).reason(lang)[:8] for lang in LANGUAGES for n in (0, 1, 2)]
    assert said == ["0 rows o", "1 row of", "2 rows o", "0 ligne ", "1 ligne ", "2 lignes"]
