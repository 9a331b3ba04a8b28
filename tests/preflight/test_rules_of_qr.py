"""Codes are judged with all that stands around them, and as what they are for."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.faults import LANGUAGES
from leaflet.preflight.judge_processes import judge_files
from leaflet.preflight.targets import CheckTarget
from tests.preflight import cases_links as links
from tests.preflight.cases_qr import ADDRESS, CODE, MAILBOX, Y, code, line, sheet
from tests.preflight.drawn_codes import DrawnCode, code_page
from tests.preflight.samples import CONTEXT, Sample


def codes(data: bytes, addresses: frozenset[str] = frozenset()) -> set[str]:
    sample = Sample("", lambda: data, context=replace(CONTEXT, addresses=addresses))
    return {fault.code for fault in sample.judged(None) if fault.code.startswith("K2")}


@pytest.mark.parametrize("text", [ADDRESS, ADDRESS.rstrip("/"), "elections2018.education.gouv.fr",
                                  "HTTPS://ELECTIONS2018.education.gouv.fr"])  # fmt: skip
def test_a_code_as_it_should_be(text: str) -> None:
    """Official, large, black on white; printed below it, also without https or the last slash, or in capitals."""
    assert codes(sheet(code(), line(text))) == set()


def test_what_is_another_address() -> None:
    """Another page of the site is one; a caption that says how the address ends is none."""
    assert codes(sheet(code(), line(f"{ADDRESS}aide"))) == {"K203"}
    assert codes(sheet(code(), line("education.gouv.fr"), line(ADDRESS, y=Y - 60))) == set()


def test_the_number_of_a_school_is_for_the_packer() -> None:
    """A bundle sheet prints it beside the code; elsewhere it is a text like any other."""
    number = DrawnCode(text="0370001A", module=0.75)
    assert codes(code_page(number, text="UAI 0370001A")) == set()
    assert codes(code_page(number, text="Lycée")) == {"K213"}


def test_the_publishers_own_site_may_be_in_a_code() -> None:
    own = "https://www.exemple.fr/section37"
    page = sheet(code(replace(CODE, text=own)), line(own))
    assert codes(page, frozenset({own})) == set() and codes(page) == {"K205"}


@pytest.mark.parametrize("is_personal", [False, True])
@pytest.mark.parametrize("text", [
    "http://www.education.gouv.fr/", "http://www.exemple.fr/", "http://192.168.0.1/", "https://host:99999/",
    "https://x/a b", "https://", "https://[::1/", "https://a..b/", "https://vote.gouv.fr\\@evil.com",
    "https://www.education.gouv.fr/\u202e", "https://www.education.gouv.fr/" + "x" * 130
])  # fmt: skip
def test_whatever_is_wrong_with_an_address_is_reported(tmp_path: Path, text: str, is_personal: bool) -> None:
    """Of a code as of a link, in messages that are whole; of a file with names none repeats the address."""
    targets = []
    for name, data in (("code.pdf", sheet(code(replace(CODE, text=text)))), ("link.pdf", links.linked(text))):
        (tmp_path / name).write_bytes(data)
        targets.append(CheckTarget(path=tmp_path / name, name=name, is_personal=is_personal))
    of_code, of_link = judge_files(targets, CONTEXT)
    reported = {fault.code for fault in of_code.faults}, {fault.code for fault in of_link.faults}
    assert reported[0] & {"K205", "K206"} and reported[1] & {"K101", "K102", "K103", "K104", "K106"}
    for fault in (*of_code.faults, *of_link.faults):
        for lang in LANGUAGES:
            text_of_fault = " ".join(fault.lines(lang))
            assert "{" not in text_of_fault and "None" not in text_of_fault
            assert not (is_personal and f"{text} " in text_of_fault)


def test_the_edge_of_the_sheet_and_words_end_the_quiet_zone() -> None:
    assert "K209" in codes(sheet(code(x=12.5), line(ADDRESS, x=60)))
    assert "K209" not in codes(sheet(code(x=16), line(ADDRESS, x=60)))
    assert "K209" in codes(sheet(code(), line(ADDRESS, y=Y - 14.6)))


def test_two_codes_may_stand_side_by_side() -> None:
    page = sheet(code(x=60), line(ADDRESS, 60), code(replace(CODE, text=MAILBOX), 150), line(MAILBOX, 150))
    assert codes(page) == set()
