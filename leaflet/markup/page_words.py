"""Put texts into templates by their names: ``{% say vote.title %}`` stands for a text of ``words/<lang>.toml``.

Files of words are found like templates, one for a language, and each is laid over those of the program. Over all is
laid ``[words]`` of a campaign: for everybody, then for its groups of schools. A ``{name}`` in a text is a value of
``words/values.toml``, or one that the template has there. Texts are put in when a template is read, so that a record
takes no longer for them.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Campaign
from leaflet.campaign.election import Election, flat, parts_of
from leaflet.campaign.model import FRENCH
from leaflet.confidential import find_secret
from leaflet.faults import Place, Report, fail
from leaflet.files.resources import PROGRAM, Resource, Resources, program_resources
from leaflet.files.toml_files import parse_resource_toml, read_resource
from leaflet.markup.groups import rank_groups
from leaflet.markup.sandbox import NO_TEXT
from leaflet.text import nearest

VALUES = "values"  # the file of words that has Jinja's expressions for values, whatever the language
IMPRINT = "imprint.own"  # the text in the place of ``publisher.imprint``, where a campaign has none
SOMEBODY = "safety.site.somebody"  # whose the address is that the filter ``fake_site`` makes up
# Texts whose names begin so stand beside pages: they are French where a language has none.
_BESIDE = ("address-label.", "bundle.", "draft.", "imprint.", "packing-list.", "page.colon", SOMEBODY, "sheet.")
_CALENDAR = "calendar."  # how names of texts begin that say how days and hours are written
SAY = re.compile(r"\{% say ([\w.-]+) %\}")
_BREAK = re.compile(r"[ \n]+")  # a no-break space is none
_VALUE = re.compile(r"\{(\w+(?:\.(?:columns|facts)\.\w+)?)\}")
_GRAMMAR = re.compile("[Mm]y_|code_(?:e|it)$")  # values that agree with a name that stands beside them
_COLUMN = re.compile(r"\{(\w+\.columns\.\w+)\}")
_MARKED = re.compile("\ue100([^\ue100-\ue102]+)\ue101([^\ue100-\ue102]*)\ue102")
_DRAWN = re.compile(r"(?<=>)[^<>]+(?=</text>)")
_OPEN_TAG = re.compile(r"<\w[^<>]*")
_TAG = re.compile(r"</?(?:strong|small)\b[^<>]*>|<br/>")
_SMALL = r"small(?: (?:pages|spare|instead)=&quot;[a-z0-9]+&quot;)*"
_TAGS = re.compile(rf"&lt;(/?strong|br/|{_SMALL}|/small)&gt;")  # that a text of a campaign may have


class PageWords(Struct, frozen=True, kw_only=True):
    """Hold the texts of pages by name, as a template has them."""

    lang: str  # their language, the name of their file
    texts: Mapping[str, str]
    values: Mapping[str, str]  # Jinja's expressions by name
    own: Sequence[tuple[str, Mapping[str, str]]] = ()  # a condition on the record, and texts where it holds
    usual: Mapping[str, str] = MappingProxyType({})  # the program's, for rows whose cell is empty

    @property
    def language(self) -> str:
        """The language by BCP 47."""
        return self.texts.get("language", self.lang)

    @property
    def calendar(self) -> tuple[tuple[str, str], ...]:
        """Return how days and hours are written, for `jinja_filters.filters_of`; nothing for French."""
        return tuple((key[len(_CALENDAR) :], text) for key, text in self.texts.items() if key.startswith(_CALENDAR))

    def marked(self) -> "PageWords":
        """Return the texts with their names, for `marked_texts`, and without those of groups."""
        texts = {name: f"\ue100{name}\ue101{text}\ue102" for name, text in self.texts.items()}
        return replace(self, texts=texts, own=())

    def put_into_drawings(self, sources: Mapping[str, str]) -> Mapping[str, str]:
        """Return drawings with the texts of ``scene`` in the place of those in French, which they were drawn with."""
        drawn = _read(program_resources(), FRENCH).items()
        said = {text: self.texts.get(name, text) for name, text in drawn if name.startswith("scene.")}
        if all(text == other for text, other in said.items()):
            return sources
        return {name: _DRAWN.sub(lambda found: said.get(found[0], found[0]), sources[name]) for name in sources}

    def of_groups(self, name: str, groups: Sequence[str]) -> tuple[str, str]:
        """Return the field and the text of a name for schools of some groups, the most particular last."""
        of = {condition: texts[name] for condition, texts in self.own if name in texts}
        found = [(f"groups.{group}.words.{name}", of[asked]) for group in groups if (asked := _is_in(group)) in of]
        return found[-1] if found else (f"words.{name}", self.texts[name])

    def put_into(self, source: str) -> str:
        """Return a template with its texts; one that there is not is an error when a record comes to it (M210)."""
        return SAY.sub(lambda said: self._text(said, _is_in_tag(source, said.start())), source)

    def _text(self, said: re.Match[str], is_in_tag: bool) -> str:
        name = said[1]
        if name not in self.texts:
            piece = f"{name.partition('.')[0]}."
            meant = nearest(name, (other for other in self.texts if other.startswith(piece)))
            return f'{{% {NO_TEXT} "{name}" "{self.lang}" "{meant}" %}}'
        text = self._with_values(self.usual.get(name, self.texts[name]))
        own: list[tuple[list[str], str]] = [([], self.texts[name])] if name in self.usual else []
        own += [([condition], texts[name]) for condition, texts in self.own if name in texts]
        for conditions, other in own:
            asked = " and ".join([*conditions, *(f"{cell} is defined" for cell in _COLUMN.findall(other))])
            text = f"{{% if {asked} %}}{self._with_values(other)}{{% else %}}{text}{{% endif %}}"
        return _TAG.sub(lambda tag: " " if tag[0] == "<br/>" else "", text) if is_in_tag else text

    def _with_values(self, text: str) -> str:
        return _VALUE.sub(lambda value: f"{{{{ {self.values.get(value[1], value[1])} }}}}", text)


def marked_texts(markup: str) -> list[str]:
    """Return the names of the texts of elements in the markup of a page whose words are `PageWords.marked`."""
    return [found[1] for found in _MARKED.finditer(markup) if not _is_in_tag(markup, found.start())]


def _is_in_tag(markup: str, at: int) -> bool:
    """Tell whether a place in markup is in an attribute, where a text has no markup of its own."""
    return _OPEN_TAG.fullmatch(markup, max(0, markup.rfind("<", 0, at)), at) is not None


def load_page_words(
    resources: Resources, lang: str = FRENCH, campaign: Campaign | None = None, named_at: Place | None = None
) -> PageWords:
    """Load the texts of a language, with those of a `campaign` in it in their place (`check_own_words`).

    `named_at` is where somebody names the language, for the fault of one that nobody has words in (M216).
    """
    everywhere, *of_some = _own_words(campaign.election) if campaign and campaign.lang == lang else [("", {})]
    texts = _read(resources, lang)
    if not texts and lang != FRENCH:
        known = ", ".join(name for name in resources.names("words") if name != VALUES)
        raise fail("M216", named_at or Place(field="lang"), value=lang, known=known)
    own, french = _escaped(everywhere[1]), _read(program_resources(), FRENCH)
    texts = {name: text for name, text in french.items() if name.startswith(_BESIDE)} | texts
    return PageWords(
        lang=lang,
        texts=texts | own,
        usual={name: texts[name] for name in texts.keys() & own.keys() if _COLUMN.search(own[name])},
        values=_read(resources, VALUES),
        own=[(condition, _escaped(texts)) for condition, texts in of_some],
    )


def check_own_words(campaign: Campaign) -> None:
    """Check the texts of a campaign: those of no name (M210), what they lose (M211) or may not have (M212)."""
    lang, texts, report = campaign.lang, _read(campaign.resources, campaign.lang), Report()
    parts, values = [*parts_of(campaign.election)], {*_read(campaign.resources, VALUES)}
    values |= {f"{of}.columns.{name}" for of in ("school", "person") for name in campaign.data.printed}
    values |= {f"election.facts.{name}" for _, facts in parts for name in (*facts.facts, *campaign.profile.asks)}
    for at, facts in parts:
        for name, text in flat_texts(facts.words.model_extra or {}):
            place = campaign.place(*at, "words", *name.split("."))
            if name not in texts:
                report.add("M210", place, value=name, lang=lang, proposal=nearest(name, texts), count=1, known=name)
                continue
            wanted, found = set(_VALUE.findall(texts[name])), set(_VALUE.findall(text))
            if lost := sorted(told(wanted) - told(found)):
                report.add("M211", place, value=name, lost=", ".join(lost))
            if unknown := [*sorted(found - wanted - values), *re.findall(r"[{}]", _VALUE.sub("", text))]:
                report.add("M212", place, value=name, unknown=", ".join(unknown))
    report.raise_errors()


def told(values: set[str]) -> set[str]:
    """Return the values that tell something, whatever their article: « ma » and the ending of « perdue » do not."""
    return {value.removesuffix("_with_article") for value in values if not _GRAMMAR.match(value)}


def note_words(campaign: Campaign, report: Report) -> None:
    """Note the texts that are not the program's (M214), and drafts of them (M217)."""
    if names := sorted({name for _, texts in _own_words(campaign.election) for name, _ in flat_texts(texts)}):
        report.add("M214", campaign.place("words"), known=", ".join(names))
    for document in campaign.documents:
        if document.lang != FRENCH and "reviewed" not in _read(campaign.resources, document.lang):
            report.add("M217", campaign.place_of(document, "lang"), value=document.lang)


def _own_words(election: Election) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the texts of a campaign for all, then those of groups with their condition, the most particular last."""
    ranked = rank_groups(election)
    own = [(_is_in(name), election.groups[name].words.model_extra or {}) for _, name, _ in ranked]
    return [("", election.words.model_extra or {}), *own]


def _is_in(group: str) -> str:
    """Return Jinja's condition on a record that its school is in a group."""
    return f"{json.dumps(group)} in groups"


def word_files(resources: Resources) -> list[Resource]:
    """Return the files that texts of pages are read from, those that come later first."""
    found = (file for name in resources.names("words") for file in resources.candidates("words", name))
    return [file for file in found if file.path.is_file()]


def _read(resources: Resources, name: str) -> dict[str, str]:
    """Read the files of words of this name, the program's first."""
    found = [file for file in resources.candidates("words", name) if file.path.is_file()]
    return {key: text for file in reversed(found) for key, text in read_words(file).items()}


def read_words(file: Resource) -> Mapping[str, str]:
    """Read the texts of a file by name, as markup."""
    return _parsed(read_resource(file, file.path.name), file.path.name, file.folder.origin != PROGRAM)


@lru_cache(maxsize=16)  # each is read for each template
def _parsed(text: str, name: str, is_own: bool) -> Mapping[str, str]:
    """Return the texts of a file by name; of one that is not the program's without secrets, and as markup."""
    texts = dict(flat_texts(parse_resource_toml(text, name, "M213")))
    if is_own and any(map(find_secret, texts.values())):
        raise fail("M206", Place(file=name))
    return _escaped(texts) if is_own and name != f"{VALUES}.toml" else texts


def flat_texts(tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield texts by name: those of ``[vote]`` have names such as ``vote.title``."""
    return ((name, _BREAK.sub(" ", str(value).strip("\n"))) for name, value in flat(tables))


def _escaped(tables: Mapping[str, Any]) -> dict[str, str]:
    """Return texts of others than the program as markup: bold, small type, line breaks; all else is text."""
    texts = dict(flat_texts(tables))
    escaped = {name: escape(unescape(text), quote=False).replace('"', "&quot;") for name, text in texts.items()}
    return {name: _TAGS.sub(lambda tag: unescape(tag[0]), text) for name, text in escaped.items()}
