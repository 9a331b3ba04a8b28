"""Line breaking, as numbers: nothing is lost, nothing sticks out, lines end only where French and addresses allow."""

import re
import signal
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from leaflet.campaign import load_academies
from leaflet.campaign.election import load_profile, profile_ids
from leaflet.geometry import mm
from leaflet.layout.fonts import SLASHED_ZERO, FontBook, Weight
from leaflet.layout.lines import Line, Paragraph, break_lines, to_um, to_units
from leaflet.layout.spans import Span, read_spans
from leaflet.markup.jinja_filters import address, address_lines
from leaflet.markup.parse import parse_blocks
from tests.support import fontbook, tables_of

NBSP, NNBSP = "\u00a0", "\u202f"
LETTERS = "abcdefghijklmnoprstuvABCDEFLTV0123456789éèàçœŒ.,;:!?()«»’-–…"


class _EndlessError(BaseException):
    """Not an Exception, so that hypothesis does not look for more of the same."""


@pytest.fixture(autouse=True)
def _no_endless_loop() -> Iterator[None]:
    """A line breaker that runs on for ever fails its test instead of stopping the suite."""

    def stop(*_: object) -> None:
        raise _EndlessError("line breaking does not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


words = st.text(st.sampled_from(LETTERS), min_size=1, max_size=12)
plain_words = st.text(st.sampled_from(LETTERS.replace("-", "")), min_size=1, max_size=12)
glued_words = st.lists(plain_words, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([NBSP, NNBSP]).map(lambda space: space.join(parts))
)
weights = st.sampled_from(["regular", "bold"])
sizes = st.sampled_from([7.5, 9.5, 10.5, 11.5, 13.0, 16.0, 28.0])
widths = st.integers(mm(25), mm(182))
labels = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), min_size=1, max_size=14)


@st.composite
def texts(draw: st.DrawFn) -> list[Span | None]:
    """Running text: words of both weights with single spaces between them, now and then a forced break."""
    spans: list[Span | None] = []
    for word in draw(st.lists(words, max_size=40)):
        weight = draw(weights)
        spans.append(Span(f"{word} " if draw(st.booleans()) else f" {word}", weight))
        if draw(st.integers(0, 12)) == 0:
            spans.append(None)
    return spans


@st.composite
def addresses(draw: st.DrawFn) -> list[Span | None]:
    """An address as templates print it: the domain heavier, everything clickable."""
    before = "https://" + "".join(f"{label}." for label in draw(st.lists(labels, max_size=3)))
    domain = ".".join(draw(st.lists(labels, min_size=2, max_size=3)))
    after = "/" + "".join(f"{label}/" for label in draw(st.lists(labels, max_size=4)))
    return [Span(before, "medium", "u"), Span(domain, "extrabold", "u"), Span(after, "medium", "u")]


def source_words(spans: list[Span | None]) -> list[str]:
    """The words of a source: what ordinary spaces and forced breaks separate."""
    text = "".join("\n" if span is None else span.text for span in spans)
    return [word for word in re.split("[ \n]", text) if word]


def line_text(line: Line) -> str:
    return "".join(span.text for span in line.spans)


def line_width(line: Line, book: FontBook) -> int:
    """The width of a line as it is drawn: each span kerned, 1/1000 em."""
    return sum(book.face(span.weight).width(span.text) for span in line.spans)


def check_widths(paragraph: Paragraph, width: int) -> None:
    for line in paragraph.lines:
        hanging = fontbook().face("regular").advances[" "] if line_text(line).endswith(" ") else 0
        drawn = line_width(line, fontbook()) - hanging
        assert drawn <= to_units(width, paragraph.size) and to_um(drawn, paragraph.size) <= width + 1


@given(texts(), sizes, widths, st.booleans())
def test_lines_hold_the_words_and_fit(spans: list[Span | None], size: float, width: int, balance: bool) -> None:
    """Breaking loses, adds and reorders nothing; a line is too wide only where that is reported."""
    paragraph = break_lines(spans, fontbook(), size, width, balance=balance)
    assert [word for word in paragraph.text.split(" ") if word] == source_words(spans)
    assume(paragraph.shortfall == 0)
    check_widths(paragraph, width)


@given(texts(), sizes, widths)
def test_lines_of_running_text(spans: list[Span | None], size: float, width: int) -> None:
    """Placed by the width that is drawn, each letter in its weight; a long word breaks after a hyphen or a dot."""
    plain = break_lines(spans, fontbook(), size, width)
    lines = plain.lines
    for line in lines:
        assert not line.glued or line_text(line).endswith(("-", "."))
        assert line.width == pytest.approx(line_width(line, fontbook()), abs=1)
    given_letters = [(c, span.weight) for span in spans if span for c in span.text if c != " "]
    assert [(c, span.weight) for line in lines for span in line.spans for c in span.text if c != " "] == given_letters
    assume(plain.shortfall == 0)
    balanced = break_lines(spans, fontbook(), size, width, balance=True)
    assert (len(balanced.lines), balanced.shortfall) == (len(lines), 0)  # a heading needs no more


@given(addresses(), sizes, widths)
def test_address_lines(spans: list[Span | None], size: float, width: int) -> None:
    """They are measured as they are drawn, kerned; no character is added, and none but the last ends in no sign."""
    paragraph = break_lines(spans, fontbook(), size, width)
    assert "".join(line_text(line) for line in paragraph.lines) == "".join(span.text for span in spans if span)
    for line, following in pairwise(paragraph.lines):
        assert line.glued and line_text(line).endswith(("/", "."))
        assert not line_text(following).startswith(("/", "."))
    assert not paragraph.lines[-1].glued
    assume(paragraph.shortfall == 0)
    check_widths(paragraph, width)
    for line in paragraph.lines:
        assert line.width == pytest.approx(line_width(line, fontbook()), abs=1)


@given(st.lists(glued_words, min_size=1, max_size=30), sizes, widths, st.booleans())
def test_no_break_spaces_hold(chunks: list[str], size: float, width: int, balance: bool) -> None:
    """A line neither ends nor begins with a no-break space, wide or narrow, and breaks only at ordinary spaces."""
    paragraph = break_lines([Span(" ".join(chunks), "regular")], fontbook(), size, width, balance=balance)
    for line in paragraph.lines:
        assert not line.glued or line_text(line).endswith(".")
        assert line_text(line).strip(NBSP + NNBSP) == line_text(line)
    assert paragraph.text.split(" ") == chunks


KERNED_AT_A_CUT = [
    Span("https://ail.12vv.1112222fgiiinn.", "medium", "u"),
    Span("0.00", "extrabold", "u"),
    Span("/", "medium", "u"),
]


def known_addresses() -> list[str]:
    """Every web address that the program may print: of académies, and of the portals and pages of the elections."""
    academies = load_academies()
    facts = [fact for one in academies.by_key.values() for fact in (one.webmail, one.help) if fact is not None]
    sites = [one.site for one in academies.by_key.values() if one.site is not None]
    profiles = [load_profile(name).facts.values() for name in profile_ids()]
    values = [fact.value for fact in (*facts, *chain.from_iterable(profiles))]
    return [*sites, *(value for value in values if isinstance(value, str) and value.startswith("https://"))]


@pytest.mark.parametrize("form", [address, address_lines])
def test_no_line_of_a_known_address_begins_with_a_sign(form: Callable[[str], str]) -> None:
    """In any width an address ends a line after a hyphen, a dot or a slash, and begins none with one."""
    urls = known_addresses()
    assert len(urls) > 50
    for url in urls:
        spans = read_spans(parse_blocks(f'<p at="t.xml:1">{form(url)}</p>')[0], "medium")
        typed = "".join(span.text for span in spans if span)
        for width in range(mm(18), mm(110), mm(2)):
            lines = [line_text(line) for line in break_lines(spans, fontbook(), 10, width, smallest_type=6.6).lines]
            assert "".join(lines) == typed
            for line, following in pairwise(lines):
                assert line.endswith(("-", ".", "/")) and following[0] not in "-./", (url, width, lines)


def test_a_long_path_breaks_after_a_hyphen_if_nothing_else_helps() -> None:
    """A page named by a whole sentence fits a narrow column; its host never breaks at a hyphen."""
    url = ["https://www.", "ac-paris.fr", "/article/la-messagerie-academique-c-est-automatique-122497"]
    spans = [Span(text, weight, "u") for text, weight in zip(url, ("medium", "extrabold", "medium"), strict=True)]
    paragraph = break_lines(spans, fontbook(), 10, mm(40))
    lines = [line_text(line) for line in paragraph.lines]
    assert paragraph.shortfall == 0 and "".join(lines) == "".join(url)
    assert any(line.endswith("-") for line in lines) and "ac-paris.fr" in "\n".join(lines)
    assert not any(line_text(line).endswith("-") for line in break_lines(spans, fontbook(), 10, mm(100)).lines)


@given(addresses(), sizes, widths)
@example(KERNED_AT_A_CUT, 9.5, 42117)
def test_the_domain_a_reader_checks_stays_whole(spans: list[Span | None], size: float, width: int) -> None:
    """The registrable domain is on one line whenever the address can be broken elsewhere."""
    before, domain, after = (span.text for span in spans if span)
    room = to_units(width, size)
    scheme, *labels = re.split(r"(?<=//)|(?<=\.)", before)
    slash, *tail = re.split(r"(?<=/)", after)
    width_of = fontbook().face("medium").width
    parts = [width_of(part) for part in (scheme, *labels, *tail)]
    core = fontbook().face("extrabold").width(domain) + width_of(slash)
    assume(max([core, *parts]) <= room)
    paragraph = break_lines(spans, fontbook(), size, width)
    assert paragraph.shortfall == 0
    assert any(span.text == domain for line in paragraph.lines for span in line.spans if span.weight == "extrabold")


@given(addresses(), sizes, widths, st.sampled_from([None, 6.6, 16]))
def test_the_domain_is_never_broken(
    spans: list[Span | None], size: float, width: int, smallest: float | None
) -> None:
    """In any width the registrable domain is on one line, rather too long for it than broken."""
    paragraph = break_lines(spans, fontbook(), size, width, smallest_type=smallest)
    (domain,) = [span.text for span in spans if span and span.weight == "extrabold"]
    assert len([line for line in paragraph.lines if any(span.text == domain for span in line.spans)]) == 1


@given(st.integers(40_000, 100_000), st.sampled_from([8.5, 11.5, 18]))
def test_text_is_smaller_for_the_sake_of_a_domain(width: int, size: float) -> None:
    """A long domain makes its text as much smaller as it needs to stand on a line, down to the least size."""
    spans: list[Span | None] = [
        Span("www.", "medium", "u"),
        Span("education-jeunesse-recherche-sports.gouv.fr", "extrabold", "u"),
        Span("/portail", "medium", "u"),
    ]
    paragraph = break_lines(spans, fontbook(), size, width, smallest_type=6.6)
    assert paragraph.size == 6.6 or paragraph.shortfall == 0
    assert 6.6 <= paragraph.size <= size
    larger = break_lines(spans, fontbook(), paragraph.size + 0.1, width)
    assert paragraph.size == size or larger.shortfall > 0


def test_headings_and_names_of_two_lines() -> None:
    """Two lines of like length, but a school's name is not broken for that, if one line can hold it."""
    spans: list[Span | None] = [Span("Je demande à créer mon compte électeur personnel maintenant", "bold")]
    lines = break_lines(spans, fontbook(), 13, mm(100), balance=True).lines
    assert len(lines) == 2 and lines[0].width < 1.35 * lines[1].width
    spans: list[Span | None] = [Span("Lycée polyvalent Thérèse Planiol", "bold"), Span(", Saint-Pierre", "regular")]
    lines = break_lines(spans, fontbook(), 11.5, mm(70), balance=True).lines
    assert [line_text(line) for line in lines] == ["Lycée polyvalent Thérèse Planiol,", "Saint-Pierre"]
    lines = break_lines(spans, fontbook(), 11.5, mm(55), balance=True).lines
    assert [line_text(line) for line in lines] == ["Lycée polyvalent Thérèse", "Planiol, Saint-Pierre"]


def test_short_words_at_line_ends() -> None:
    """A last line is not one short word if a little less width avoids it, and no word is wider than its column."""
    text = "Le courriel peut mettre un bon quart d’heure à arriver chez toi"
    book = fontbook()
    just_too_narrow = to_um(book.face("regular").width(text), 11.5) - mm(1)
    lines = break_lines([Span(text, "regular")], book, 11.5, just_too_narrow).lines
    assert len(lines) == 2 and " " in line_text(lines[-1])
    sentence = [Span("Ici, oui. Je anticonstitutionnellement vote.", "regular")]
    longest = fontbook().face("regular").width("anticonstitutionnellement")
    for width in range(to_um(longest, 11.5) + 1, mm(60), mm(0.5)):
        assert break_lines(sentence, fontbook(), 11.5, width).shortfall == 0
    paragraph = break_lines([Span("x" * 60 + " a", "regular")], fontbook(), 11, mm(50))
    assert [line_text(line) for line in paragraph.lines] == ["x" * 60, "a"] and paragraph.shortfall > 0


def test_short_words_stay_with_what_follows() -> None:
    """« Je », « · 1 » and « de la » do not end a line where none is added; elsewhere lines are filled."""
    sentence = [Span("Il est sur ma notice. ", "regular"), Span("Je l’y laisse ce soir.", "bold")]
    broken = {}
    for width in range(mm(30), mm(70), mm(1)):
        lines = break_lines(sentence, fontbook(), 11.5, width).lines
        broken[width] = [line_text(line) for line in lines]
        if len(lines) == 2:
            assert not broken[width][0].endswith("Je")
    assert ["Il est sur ma notice.", "Je l’y laisse ce soir."] in broken.values()
    plain = break_lines([Span("Il vient quand je le dis au portail.", "regular")], fontbook(), 11.5, mm(33))
    assert line_text(plain.lines[0]).endswith("je")
    imprint = [Span("Section d’exemple · 1 rue de l’Exemple, 37000 Tours", "regular")]
    for width in range(mm(45), mm(80), mm(1)):
        lines = break_lines(imprint, fontbook(), 11.5, width).lines
        assert len(lines) > 2 or not line_text(lines[0]).endswith(" 1")
    name = [Span("Lycée des métiers de l’hôtellerie et de la restauration du Val de Loire", "regular")]
    for width in range(mm(70), mm(120), mm(1)):
        lines = break_lines(name, fontbook(), 11.5, width).lines
        assert len(lines) > 2 or not re.search(r" (de|la|du)$", line_text(lines[0]))


def test_forced_breaks_wide_words_and_what_is_read() -> None:
    """What cannot be broken says how far it sticks out; the space after an address belongs to the text."""
    lines = break_lines([Span("à 17 h", "regular"), None, Span("(Paris)", "regular")], fontbook(), 11, mm(90)).lines
    assert [line_text(line) for line in lines] == ["à 17 h", "(Paris)"] and not lines[0].glued
    paragraph = break_lines([Span("x" * 100, "regular")], fontbook(), 11, mm(50))
    assert paragraph.shortfall == fontbook().face("regular").width("x" * 100) - to_units(mm(50), 11)
    assert break_lines([], fontbook(), 11, mm(90)).lines == ()
    spans: list[Span | None] = [Span("a.fr", "extrabold", "u"), Span(" puis", "regular")]
    (line,) = break_lines(spans, fontbook(), 11, mm(90)).lines
    assert [(span.text, span.href) for span in line.spans] == [("a.fr", "u"), (" puis", None)]
    (element,) = parse_blocks("<p>UAI <code>0370036N</code>, <a href='u'>00.fr</a></p>")
    assert break_lines(read_spans(element, "regular"), fontbook(), 11, mm(30)).text == "UAI 0370036N, 00.fr"


@pytest.mark.parametrize(("markup", "weight", "expected"), tables_of(__file__)["zeros"])
def test_zeros_and_weights(markup: str, weight: Weight, expected: list[list[str]]) -> None:
    """Zeros are slashed in addresses and codes; an address is heavier than its text, its domain heavier still."""
    (element,) = parse_blocks(f"<p>{markup}</p>")
    spans = [[span.text.replace(SLASHED_ZERO, "Ø"), span.weight] for span in read_spans(element, weight) if span]
    assert spans == expected
