"""Faults of campaigns know their line, come all at once, repeat no secret; no campaign ends in a traceback."""

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaflet.faults import Place
from tests.campaign.fault_cases import BODY, CASES, HEAD, load


def test_places_and_proposals(tmp_path: Path) -> None:
    fault = load(tmp_path, HEAD + BODY + '[vote]\n\nopens_at = "x"\n')[0]
    assert fault.place == Place(file="campaign.toml", line=12, field="vote.opens_at")
    fault = load(tmp_path, HEAD + BODY + "[vote]\nopen_on = 2018-11-29\n")[0]
    assert fault.values["proposal"] == "opens_on"


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    more = 'nom = "x"\n[vote]\nopens_at = "x"\n[links]\nportal = "http://a.gouv.fr"\n[academies.lion]\n'
    found = {fault.code for fault in load(tmp_path, HEAD + BODY.replace("ecoles", "rien") + more)}
    assert found == {"C130", "C105", "C111", "L103", "C160"}


def test_an_address_is_repeated_as_far_as_its_path(tmp_path: Path) -> None:
    """What follows may be a password that somebody has pasted behind it."""
    faults = load(tmp_path, HEAD + BODY + '[links]\nportal = "http://vote.gouv.fr/entrer?vote=1#Soleil37!x"\n')
    assert [fault.values.get("url") for fault in faults] == ["http://vote.gouv.fr/entrer"]


@pytest.mark.parametrize(("written", "meant"), [
    ("Indre et Loire", "37"), ("indre-et-loire", "37"), ("2a", "2A"), ("1", "01"), ("37000", "37"), ("97400", "974"),
    ("0", "")
])  # fmt: skip
def test_proposal_is_the_departement_that_is_meant(tmp_path: Path, written: str, meant: str) -> None:
    """By its name, however it is written, by its code or a postcode; not by digits that look like it."""
    (fault,) = load(tmp_path, HEAD + BODY + f'[departements."{written}"]\nsite = "https://www.ac-corse.fr/"\n')
    assert (fault.code, fault.values["proposal"]) == ("C162", meant)


def test_an_administration_names_no_union(tmp_path: Path) -> None:
    """Names of unions are told in any case of letters; words like them in small letters are not."""
    said = "SE-Unsa, FO, force ouvrière, SNCL, Sundep, FEP, Avenir école, cgt : au sud, solidaires, un fep, des infos"
    found = load(tmp_path, HEAD + BODY.replace("[data]", f'kind = "administration"\ncontact = "{said}"\n[data]'))
    assert [fault.values["name"] for fault in found] == [said.split(" :")[0].replace("SE-", "")]


def test_secrets_are_not_repeated(tmp_path: Path) -> None:
    for code in ("C146", "C147", "C148", "L105", "L114", "L115"):
        for fault in CASES[code](tmp_path):
            shown = "\n".join((*fault.lines("en"), *fault.lines("fr")))
            assert not re.search(r"12E3456789ABC|Azerty123|261 001|moi:secret|=abc|9f86d0", shown)


ATOMS = st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.floats(allow_nan=False))
WORDS = (
    "vote links steps memo publisher data document academies departements allow election lines lyon rule "
    "url opens_on opens_at portal name template theme per file_name schools logo confirmed 37 title id"
)
KEYS = st.sampled_from(WORDS.split())
TREES = st.recursive(
    ATOMS, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4))
)


def toml(value: object) -> str:
    """A value as inline TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08x}" for c in value if not "\ud800" <= c <= "\udfff") + '"'
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else repr(value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEYS.filter(lambda key: key != "election"), TREES, max_size=5))
def test_no_tree_ends_in_a_traceback(tmp_path: Path, tree: dict[str, object]) -> None:
    text = HEAD + "".join(f"{key} = {toml(value)}\n" for key, value in tree.items())
    for fault in load(tmp_path, text):
        assert fault.lines("en") and fault.lines("fr")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_no_bytes_end_in_a_traceback(tmp_path: Path, data: bytes) -> None:
    assert load(tmp_path, data)


def _png_head(side: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = (head, b"IDAT")
    chunks = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _jpeg_head(side: int) -> bytes:
    frame = b"\xff\xc0\0\x11\x08" + struct.pack(">HH", side, side) + b"\3\1\x22\0\2\x11\1\3\x11\1"
    return b"\xff\xd8" + frame + b"\xff\xda\0\x0c" + bytes(40)


@pytest.mark.parametrize("make", [_png_head, _jpeg_head])
def test_a_huge_logo_is_told_its_size(tmp_path: Path, make: Callable[[int], bytes]) -> None:
    (tmp_path / "logo.png").write_bytes(make(60_000))
    (fault,) = load(tmp_path, HEAD + BODY.replace("[publisher]", '[publisher]\nlogo = "logo.png"'))
    assert (fault.code, fault.values["size_fr"]) == ("C138", "60000 × 60000 pixels")
