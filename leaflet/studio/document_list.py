"""Choose documents, themes and the brand colour of « Les pages », and write words of one's own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from leaflet.campaign.election import flat
from leaflet.campaign.values import is_color
from leaflet.confidential import normalise
from leaflet.faults import Lang, LeafletError
from leaflet.files.raster import RasterError, picture_decoder
from leaflet.files.resources import Resources, find_resources
from leaflet.files.words import Words
from leaflet.layout.theme import refused_themes
from leaflet.markup.page_words import IMPRINT, flat_texts, load_page_words
from leaflet.markup.render import any_prints, load_about
from leaflet.production.catalogue import list_resources
from leaflet.production.own_message import FIELD, MESSAGE
from leaflet.program import own_table
from leaflet.studio import contract
from leaflet.studio.answers import find_refusal, shown_texts, write_answer
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.sentences import PREFIX, as_typed, is_sentence, split_field, with_columns
from leaflet.text import value_at

# What is offered, in the order of the page, for schools and for people; each with the sheet it is printed on.
LEAFLETS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "leaflet-a4-simple",
            "memo-card", "memo-a6", "vote-dates-a4",
            "screen-page", "screen-story", "screen-wide", "screen-message", "calendar")  # fmt: skip
CARDS = ("memo-card", "memo-card-two-codes", "memo-label", "memo-a6")
SHEETS = {"memo-card": "cards-a4", "memo-card-two-codes": "cards-a4", "memo-label": "avery-l7163", "memo-a6": "a6-4"}
_THEMES = ("default", "grey", "ink-saver", "large-print")  # in this order, others after them
_COLOR = "publisher.color"
_OFFERED = 4  # colours of a logo
_VIVID = 48  # between the lightest and the darkest part of a colour; greys have none
_USUAL_COLOR = "#1f3a93"
PRINTER = "press.printer"  # asked for in « Fabriquer », beside the print run that needs it
WORDS: Mapping[str, int] = own_table("pages.toml")["words"]


def list_choices(folder: CampaignFolder, words: Words) -> contract.Choices:
    """Return the documents and themes there are, which the campaign has, and its colour."""
    resources = find_resources(folder.path)
    templates = {one.name: one.description for one in list_resources(resources, "templates", words.lang)}
    themes = {one.name: one.description for one in list_resources(resources, "themes", words.lang)}
    chosen = dict(reversed(_chosen(folder)))  # of documents of one template, the first
    offered = CARDS if folder.state.kind == "cards" else LEAFLETS
    own = [name for name in templates if name not in {*LEAFLETS, *CARDS} and name in chosen]
    color = str(folder.read().get(*_COLOR.split(".")))
    color = color if is_color(color) else _USUAL_COLOR
    return contract.Choices(
        documents=[
            contract.DocumentChoice(
                id=name,
                label=words.text(f"document_{name}", name),
                note=words.text(f"document_{name}_note_{chosen.get(name)}") or words.text(f"document_{name}_note"),
                text=templates.get(name, ""),
                chosen=name in chosen,
                theme=chosen.get(name, "default"),
                refused=_refused_themes(resources, name),
            )
            for name in (*offered, *own)
        ],
        themes=[
            contract.ThemeChoice(
                id=name, label=words.text(f"theme_{name}", name), note=words.text(f"theme_{name}_note"), text=text
            )
            for name, text in sorted(themes.items(), key=lambda one: ((*_THEMES, one[0]).index(one[0]), one[0]))
        ],
        color=color,
    )


def _refused_themes(resources: Resources, template: str) -> list[str]:
    """Return the themes that a document cannot have; none of one that cannot be read, as its picture says."""
    with suppress(LeafletError):
        return refused_themes(resources, load_about(resources.find("templates", template)).paper)
    return []


def name_choice(
    folder: CampaignFolder, documents: Sequence[Mapping[str, str]] | None, color: str | None, words: Words
) -> str:
    """Return what a choice is, for « Annuler »: a colour, other documents, or another look of them."""
    if documents is None:
        return words.say("did_color", color=color)
    before, names = dict(_chosen(folder)), [one["id"] for one in documents]
    if set(names) == set(before):
        changed = next((one for one in documents if one.get("theme", "default") != before[one["id"]]), documents[0])
        theme = changed.get("theme", "default")
        return words.say("did_look", what=words.text(f"theme_{theme}", theme))
    labels = ", ".join(words.text(f"document_{name}", name) for name in names)
    return words.say("did_documents", n=len(names), what=labels)


def logo_colors(data: bytes) -> list[str]:
    """Return the colours of a logo that can be the colour of a campaign, the strongest first; none of a drawing."""
    try:
        found = picture_decoder().main_colors(data)
    except RasterError:
        return []
    colors = [color for color in found if max(color) - min(color) > _VIVID]
    return ["#{:02x}{:02x}{:02x}".format(*color) for color in colors[:_OFFERED]]


def choose(folder: CampaignFolder, documents: Sequence[Mapping[str, str]] | None, color: str | None) -> None:
    """Write which documents are made, in which theme, and the colour."""
    settings = list(_documents(folder, documents)) if documents is not None else None
    folder.edit({_COLOR: color} if color is not None else None, documents=settings)


def _documents(folder: CampaignFolder, wanted: Sequence[Mapping[str, str]]) -> Iterator[dict[str, object]]:
    """Yield the settings of each document; those that the campaign has already keep what else is set there."""
    own = folder.read().documents()
    before = {(one.get("template"), one.get("theme", "default")): one for one in own}
    by_template = {one.get("template"): one for one in own}
    is_personal = folder.state.kind == "cards" and folder.state.staff is not None
    for one in wanted:
        name, theme = one["id"], one.get("theme", "default")
        known = before.get((name, theme)) or by_template.get(name) or {}
        per = "person" if is_personal and name in CARDS else "school"
        settings: dict[str, object] = {"per": per, **known, "template": name, "theme": theme}
        if name in SHEETS:
            settings.setdefault("sheet", SHEETS[name])
        yield {key: settings[key] for key in ("template", "theme", "per", "sheet") if key in settings} | settings


def personal_documents(folder: CampaignFolder, *, is_personal: bool) -> list[dict[str, Any]]:
    """Return the documents of the campaign, its cards made for people, or all of them for schools again."""
    per, own = "person" if is_personal else "school", folder.read().documents()
    return [{**one, "per": per} if one.get("template") in CARDS or not is_personal else one for one in own]


def list_words(
    folder: CampaignFolder, words: Words, columns: Sequence[str], say_group: Callable[[str], str]
) -> contract.Words:
    """Return the texts that a section may write itself; a sentence may name columns of its list.

    `say_group` returns who is in a group that a sentence is for: ``groups.NAME``.
    """
    typed, hints = shown_texts(folder, WORDS, words), {FIELD: _say_where(folder, words)}
    usual = {"publisher.imprint": load_page_words(find_resources(folder.path)).texts[IMPRINT]}
    items = [
        contract.Word(
            key=key,
            label=say_label(key, words, say_group),
            hint=hints.get(key) or words.say(f"word_{key}_hint"),
            text=typed[key] or usual.get(key, ""),
            lines=lines,
            proposed=not typed[key] and key in usual,
            columns=[],
            refused=find_refusal(folder, key, words),
        )
        for key, lines in WORDS.items()
    ]
    sentences = _own_sentences(folder)
    shown = [sentence(key, text, usual, words, columns, say_group) for key, text, usual in sentences]
    items += [replace(one, refused=find_refusal(folder, one.key, words)) for one in shown]
    return contract.Words(items=items)


def _own_sentences(folder: CampaignFolder) -> Iterator[tuple[str, str, str]]:
    """Yield the sentences of pages that somebody wrote anew, or tried to, by field: as typed, and the usual ones."""
    usual, titles = usual_sentences(folder), {normalise(title): f"{{{title}}}" for title in _printed(folder)}
    texts = [(key, text) for key, text in flat_texts(folder.read().tree) if is_sentence(key)]
    written = {key: as_typed(text, titles) or "" for key, text in texts}
    for key in {**written, **dict.fromkeys(filter(is_sentence, folder.state.refused))}:
        if (said := usual.get(split_field(key)[1])) is not None:
            yield key, written.get(key, said), said


def sentence(
    key: str, typed: str, usual: str, words: Words, columns: Sequence[str], say_group: Callable[[str], str]
) -> contract.Word:
    """Return a sentence of a page, as it is typed, with the program's and the columns of the list it may name."""
    label, is_common = say_label(key, words, say_group), not split_field(key)[0]
    hint = words.say("word_sentence_hint", usual=usual) if is_common else words.say("word_sentence_of_hint")
    return contract.Word(
        key=key, label=label, hint=hint, text=typed, lines=2, proposed=False, columns=[*columns], refused=None
    )


def write_word(
    folder: CampaignFolder, key: str, text: str, titles: Mapping[str, str], lang: Lang, where: str = ""
) -> None:
    """Write a text that a section may write itself, and that the columns which it names are printed.

    `where` is the condition on the schools of a group that nobody has described; one that says nothing goes.
    """
    group, _ = split_field(key)
    text, named = with_columns(text, titles) if is_sentence(key) else (text, [])
    if added := [title for title in named if normalise(title) not in map(normalise, _printed(folder))]:
        folder.edit({"data.print": [*_printed(folder), *added]})
    if where and text.strip():
        folder.edit({f"{group}.where": [where]})
    write_answer(folder, key, text, lang)
    left = value_at(folder.read().tree, group) if group else None
    if isinstance(left, dict) and dict(flat(left)).keys() <= {"where"}:
        folder.edit(remove=[group])


def _printed(folder: CampaignFolder) -> list[str]:
    """Return the titles of the columns that the campaign prints."""
    printed = folder.read().get("data", "print")
    return [str(title) for title in printed] if isinstance(printed, list) else []


def may_write(folder: CampaignFolder, key: str) -> bool:
    """Tell whether a section may write a text: one of its own, or a sentence of a page in place of the program's."""
    return key in WORDS or key == PRINTER or split_field(key)[1] in usual_sentences(folder)


def usual_sentences(folder: CampaignFolder) -> dict[str, str]:
    """Return what the program says where a section may write its own sentence, as it is typed, by the field."""
    texts = load_page_words(find_resources(folder.path)).texts
    return {PREFIX + name: typed for name, text in texts.items() if (typed := as_typed(text)) is not None}


def _say_where(folder: CampaignFolder, words: Words) -> str:
    """Return on which of the chosen documents the message is printed, and which have no place for it."""
    resources, labels = find_resources(folder.path), {True: list[str](), False: list[str]()}
    for name in dict(_chosen(folder)):
        labels[any_prints(resources, [name], MESSAGE)].append(words.text(f"document_{name}", name))
    there, others = (", ".join(labels[is_on]) for is_on in (True, False))
    on = words.say("message_on", documents=there) if there else words.say(f"word_{FIELD}_hint")
    return f"{on} {words.say('message_not_on', documents=others)}" if others else on


def say_label(key: str, words: Words, say_group: Callable[[str], str]) -> str:
    """Return the name of a text that a section may write itself; of a sentence, with the schools that it is for."""
    if group := split_field(key)[0]:
        return words.say("word_sentence_of", whom=say_group(group))
    return words.say("printer" if key == PRINTER else "word_sentence" if is_sentence(key) else f"word_{key}")


def _chosen(folder: CampaignFolder) -> list[tuple[str, str]]:
    """Return template and theme of each of them."""
    return [(str(one.get("template")), str(one.get("theme", "default"))) for one in folder.read().documents()]
