"""Feed damaged input to what reads the files of others, and print what raises anything but a fault.

    python benchmarks/fuzz.py check|tables|markup|links --minutes 60

Hypothesis chooses what is damaged and how; the corpus is made by code, the same on every machine. Each finding is
printed with the input that causes it, made as small as Hypothesis can.
"""

import argparse
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from leaflet.campaign.links import find_faults
from leaflet.faults import LeafletError, Report
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import compile_template
from leaflet.preflight.judge import Judge
from leaflet.preflight.settings import make_context
from leaflet.records import FILTERS
from leaflet.tables import load_schools
from tests.preflight.mutations import foreign
from tests.support import compose_page, leaflet_pdf, write
from tests.tables.books import ods_parts, ods_row, ods_sheet, table_xml, xlsx, zipped

_XLSX, _ODS = b"XLSX ", b"ODS "  # before a part of a workbook
PATIENCE = 20  # seconds of the processor that one input may take
ROWS = (("UAI", "Nom", "Commune"), ("0370001A", "École Bel-Air", "Tours"), ("0370000Z", "Lycée", ""))
TEMPLATE = (
    '<leaflet title="{{ school.name }}">{% for day in [1, 2] %}<page><h1>{{ school.name|upper }}</h1>'
    '<p>Le <strong>{{ day }}</strong> <a href="https://vote.gouv.fr/">ici</a></p></page>{% endfor %}</leaflet>'
)
MARKUP = (
    '<leaflet at="t.xml:1" title="Essai"><page at="t.xml:2">'
    '<h1 at="t.xml:3">Je vote</h1><p>Tours</p></page></leaflet>'
)
LINKS = (
    "https://elections2018.education.gouv.fr/a?b=c#d",
    "https://www.ac-lyon.fr/%C3%A9l",
    "https://vote.gouv.fr:443/",
    "http://10.0.0.1/",
    "https://a@b.gouv.fr/",
    "https://[::1]/",
    "//evil.com",
    "https://xn--a.gouv.fr/../x",
)
DOMAINS = ("ac-lyon.fr",)
_SIGNS = (
    rb"""< > / ( ) [ ] << >> 0 -1 999999999999 R obj endobj stream % {{ }} {% %} | " ' ; , @ \\ : .. %2f %00 &#0;"""
)
_TOKENS = st.sampled_from(
    [*_SIGNS.split(), b"\0", b"\xff", b"\n", b"\t", b" ", b"\xe2\x80\xae", b"\xcc\x81", b"\xef\xbb\xbf", b"<!--"]
)


@st.composite
def damaged(draw: st.DrawFn, corpus: Callable[[], Sequence[bytes]]) -> bytes:
    """A member of a corpus after a few edits."""
    data = draw(st.sampled_from(list(corpus())))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        kind = draw(st.sampled_from(["flip", "cut", "double", "put", "drop"]))
        length = draw(st.sampled_from([1, 2, 5, 40, 900]))
        if kind == "flip" and data:
            data = data[:at] + bytes([data[at] ^ (1 << draw(st.integers(0, 7)))]) + data[at + 1 :]
        elif kind == "cut":
            data = data[:at]
        elif kind == "double":
            data = data[: at + length] + data[at:]
        elif kind == "put":
            data = data[:at] + draw(_TOKENS) * draw(st.sampled_from([1, 1, 1, 30])) + data[at:]
        else:
            data = data[:at] + data[at + length :]
    return data


@cache
def pdf_files() -> tuple[bytes, ...]:
    """Files of ours and of another program, packed and plain."""
    short = write(compose_page("<h1>Je vote du 29 novembre au 6 décembre 2018</h1><p>Essai</p>"))
    return leaflet_pdf(), short, short, foreign(), foreign()


@cache
def list_files() -> tuple[bytes, ...]:
    """A list as CSV in three encodings, and the parts of workbooks that hold its rows."""
    text = "\n".join(";".join(row) for row in ROWS)
    csv = text.encode(), text.encode("cp1252"), text.replace(";", "\t").encode("utf-16")
    content = ods_parts(ods_sheet(ods_row(row) for row in ROWS))["content.xml"]
    parts = (_XLSX, table_xml(*ROWS)), (_ODS, content)
    return (*csv, *(kind + (part.encode() if isinstance(part, str) else part) for kind, part in parts))


@cache
def judge() -> Judge:
    """A judge who keeps nothing between rounds that matters."""
    return Judge(make_context(date(2026, 11, 27)))


def check(data: bytes) -> None:
    """Judge a file; each fault has both languages."""
    for fault in judge().judge_bytes(data, "a.pdf").faults:
        fault.lines("fr"), fault.lines("en")


def tables(data: bytes) -> None:
    """Read a list; a workbook is made around a part of it."""
    suffix = ".csv"
    if data.startswith(_XLSX):
        data, suffix = xlsx(data.removeprefix(_XLSX)), ".xlsx"
    elif data.startswith(_ODS):
        data, suffix = zipped({**ods_parts(), "content.xml": data.removeprefix(_ODS)}), ".ods"
    with tempfile.TemporaryDirectory() as folder:
        path, report = Path(folder, f"ecoles{suffix}"), Report()
        path.write_bytes(data)
        with suppress(LeafletError):
            load_schools(path, report=report)
        for fault in report:
            fault.lines("fr"), fault.lines("en")


def markup(data: bytes) -> None:
    """Fill a template, and parse markup."""
    text = data.decode("utf-8", "replace")
    with suppress(LeafletError):
        renderer = compile_template("essai", {"essai/leaflet.xml": text}, FILTERS)
        parse_flow(renderer.render({"school": {"name": "École <Bel-Air> & Cie"}}))
    with suppress(LeafletError):
        parse_flow(text)


def links(data: bytes) -> None:
    """Judge an address; one that passes leads to an official host for another parser, too."""
    text = data.decode("utf-8", "replace")
    if not find_faults(text, DOMAINS):
        host = urlsplit(text).hostname or ""
        assert host == "gouv.fr" or host.endswith((".gouv.fr", *DOMAINS)), text
        assert "\\" not in text and "@" not in urlsplit(text).netloc, text


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], Sequence[bytes]]]] = {
    "check": (check, pdf_files),
    "tables": (tables, list_files),
    "markup": (markup, lambda: (TEMPLATE.encode(), MARKUP.encode())),
    "links": (links, lambda: tuple(link.encode() for link in LINKS)),
}


class TooLongError(Exception):
    """The error that an input took longer than `PATIENCE`."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def main() -> None:
    """Read the command line; feed until the time of the processor is over; print findings and how much was tried."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--minutes", type=float, default=60, help="of the processor")
    parser.add_argument("--first", type=int, default=0, help="seed to begin with")
    given_ = parser.parse_args()
    feed, corpus = TARGETS[given_.target]
    tried = found = 0
    end = time.process_time() + 60 * given_.minutes
    signal.signal(signal.SIGPROF, _stop)

    def one(data: bytes) -> None:
        nonlocal tried
        tried += 1
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        try:
            feed(data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    for number in count(given_.first):
        if time.process_time() > end:
            break
        judge.cache_clear()
        options: dict[str, Any] = {"phases": (Phase.generate, Phase.shrink), "database": None, "deadline": None}
        checks = list(HealthCheck)
        limits = settings(max_examples=150, suppress_health_check=checks, **options)
        run = seed(number)(limits(given(damaged(corpus))(one)))
        try:
            run()
        except Exception:  # a finding
            found += 1
            print(f"--- seed {number}", traceback.format_exc(limit=-6)[-3000:], sep="\n", flush=True)
    print(f"{given_.target}: {tried} inputs, {found} findings, {given_.minutes:g} processor minutes", flush=True)


if __name__ == "__main__":
    main()
