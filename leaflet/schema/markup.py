"""The schema of the markup of templates, as XML Schema 1.0: what editors of XML complete and check with.

A template is no XML before it is filled: Jinja2 stands in text and in values of attributes. So text may stand in each
element that is not empty, and an attribute that takes one of a few words takes what Jinja writes as well. What an
editor cannot know, such as a word in the wrong branch of an ``if``, the program says.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from leaflet.faults import Lang
from leaflet.markup.vocabulary import (
    CLASSES,
    CONTAINERS,
    FREE_CONTAINERS,
    INLINE,
    INSTEAD,
    PAGES,
    PAGES_VALUES,
    PARENTS,
    SPARE,
    SPARE_LEVELS,
    TOP_BLOCKS,
    WORDS,
    Word,
)
from leaflet.schema.texts import WHOLE, Text, load_texts
from leaflet.version import __version__

XML_SCHEMA = "http://www.w3.org/2001/XMLSchema"
XSD_HEAD = f'<xs:schema xmlns:xs="{XML_SCHEMA}" id="leaflet-template"'.encode()
"""The first bytes of the schema that the program writes."""

_CLASS = "class"
_OF_BLOCKS = frozenset({SPARE, INSTEAD, PAGES})  # attributes of everything that can be left out
_ANYWHERE = "left-out"  # the name of their group
_GROUPS = {"inline": frozenset(INLINE), "flow": FREE_CONTAINERS | TOP_BLOCKS}
_OPTIONAL: Mapping[str, str] = MappingProxyType({})
_JINJA = r".*\{[\{%](.|\n)*"  # what is filled in later
_CODE = re.compile(r"`([^`]*)`")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def markup_schema(lang: Lang) -> str:
    """Return the schema with the texts of one language."""
    texts = load_texts()
    attributes = {"xmlns:xs": XML_SCHEMA, "id": "leaflet-template", "version": __version__}
    root = Element("xs:schema", attributes)
    _document(root, texts["template"][WHOLE], lang)
    for group, children in _GROUPS.items():
        _refer(SubElement(SubElement(root, "xs:group", {"name": group}), "xs:choice"), children)
    anywhere = SubElement(root, "xs:attributeGroup", {"name": _ANYWHERE})
    for key in sorted(_OF_BLOCKS):
        _add_attribute(anywhere, key, _values_of("", key), texts["attributes"][key], lang)
    for name, word in WORDS.items():
        element = SubElement(root, "xs:element", {"name": name})
        _document(element, texts["words"][name], lang)
        kind = SubElement(element, "xs:complexType", {} if word.content == "empty" else {"mixed": "true"})
        if word.content != "empty":
            choice = SubElement(kind, "xs:choice", {"minOccurs": "0", "maxOccurs": "unbounded"})
            _refer(choice, children_of(name, word))
        for key in sorted(word.attributes - _OF_BLOCKS):
            needed = {"use": "required"} if key in word.required else {}
            _add_attribute(kind, key, _values_of(name, key), texts["attributes"][key], lang, needed)
        if word.attributes >= _OF_BLOCKS:
            SubElement(kind, "xs:attributeGroup", {"ref": _ANYWHERE})
    indent(root, " ")
    return tostring(root, "unicode") + "\n"


def _refer(choice: Element, children: frozenset[str]) -> None:
    """Let words stand in a choice, those of a group by its name."""
    for group, words in _GROUPS.items():
        if words <= children and choice.get("minOccurs"):
            SubElement(choice, "xs:group", {"ref": group})
            children -= words
    for child in sorted(children):
        SubElement(choice, "xs:element", {"ref": child})


def children_of(name: str, word: Word) -> frozenset[str]:
    """Return the words that may stand directly in a word."""
    if word.content == "inline":
        return frozenset(INLINE)
    if word.only or word.content == "blocks":
        return word.only
    return FREE_CONTAINERS | TOP_BLOCKS | {inner for inner in CONTAINERS if PARENTS.get(inner) == name}


def _values_of(name: str, attribute: str) -> frozenset[str]:
    """Return the words that an attribute takes; none if it takes any text."""
    few = {_CLASS: CLASSES.get(name, frozenset()), PAGES: PAGES_VALUES, SPARE: SPARE_LEVELS, INSTEAD: SPARE_LEVELS}
    return few.get(attribute, frozenset())


def _add_attribute(
    kind: Element, name: str, values: frozenset[str], text: Text, lang: Lang, needed: Mapping[str, str] = _OPTIONAL
) -> None:
    attribute = SubElement(kind, "xs:attribute", {"name": name, **needed})
    _document(attribute, text, lang)
    if not values:
        attribute.set("type", "xs:string")
        return
    union = SubElement(SubElement(attribute, "xs:simpleType"), "xs:union")
    for facet, found in (("xs:enumeration", sorted(values)), ("xs:pattern", [_JINJA])):
        part = SubElement(SubElement(union, "xs:simpleType"), "xs:restriction", {"base": "xs:string"})
        for value in found:
            SubElement(part, facet, {"value": value})


def _document(part: Element, text: Text, lang: Lang) -> None:
    """Say in front of a part what it is."""
    annotation = Element("xs:annotation")
    SubElement(annotation, "xs:documentation", {"xml:lang": lang}).text = _plain(text.of(lang))
    part.insert(0, annotation)


def _plain(text: str) -> str:
    """Return a text of the manual without its marks."""
    return _LINK.sub(r"\1", _CODE.sub(r"\1", text))
