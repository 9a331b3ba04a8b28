"""Choose what « Les pages » shows, write words of one's own, draw; check the campaign for « Vérifier »."""

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten

from msgspec import convert
from msgspec.structs import asdict, replace

from leaflet.production.campaign_check import CheckResult
from leaflet.studio import contract, document_list
from leaflet.studio.campaign_state import FindingCounts
from leaflet.studio.context import Calls
from leaflet.studio.contract import Args, Changed, Picture, PictureArgs, Zone
from leaflet.studio.findings_view import describe, verify
from leaflet.studio.page_pictures import LARGE
from leaflet.studio.sentences import is_sentence, list_audiences, split_field

_MOST_SIGNS = 40  # of a text that « Annuler » names


class PageCalls(Calls):
    """The calls about the pages."""

    def _call_choices(self, args: Args) -> contract.Choices:
        return document_list.list_choices(self._folder, self._words)

    def _call_choose(self, args: Args) -> Changed:
        documents, color = args.get("documents"), args.get("color")
        said = document_list.name_choice(self._folder, documents, color, self._words)
        with self._context.change(args, "did_choose", what=said):
            document_list.choose(self._folder, documents, color)
        return self._context.changed(choices=self._call_choices({}))

    def _call_words(self, args: Args) -> contract.Words:
        columns = [*self._context.list.printable().values()]
        return document_list.list_words(self._folder, self._words, columns, self._context.say_group)

    def _call_audiences(self, args: Args) -> contract.Audiences:
        """Return for whom a sentence can be written that a school's page has; none of a list with errors alone."""
        materials, shown = self._context.pictures.materials(), self._context.list
        school = next((one for one in materials.schools if one.line == args.get("line")), None)
        if school is None or self._folder.state.schools is None:
            return contract.Audiences(items=[])
        cells = shown.cells_of_others(school.line, [one.line for one in materials.schools])
        return contract.Audiences(
            items=list_audiences(school, materials.schools, materials.contexts, cells, self._words)
        )

    def _call_word(self, args: Args) -> Changed:
        key, text = str(args["key"]), str(args.get("text", ""))
        if not document_list.may_write(self._folder, key):
            raise KeyError(key)
        if document_list.usual_sentences(self._folder).get(key) == text:
            text = ""  # which is written nowhere
        label = document_list.say_label(key, self._words, self._context.say_group)
        seen = shorten(text, _MOST_SIGNS, placeholder=" …")
        group, field = split_field(key)
        gone = "did_sentence_common" if group else "did_sentence_gone" if is_sentence(field) else "did_word_gone"
        done = gone if not seen else "did_printer" if key == document_list.PRINTER else "did_word"
        titles, where = self._context.list.printable(), str(args.get("where", ""))
        with self._context.answering(args, key, text, done, what=label, said=seen):
            document_list.write_word(self._folder, key, text, titles, self._words.lang, where)
        return self._context.changed(words=self._call_words({}))

    def _call_picture(self, args: Args) -> Picture:
        """Draw one page; those that somebody looks at go before small ones to choose from."""
        asked, context = convert(args, PictureArgs), self._context
        with context.turns.take(goes_first=asked.width >= LARGE):
            drawn, faults = context.pictures.draw(asked)
            shown = [context.fault(fault) for fault in faults if fault.severity != "note"]
            usual, columns = document_list.usual_sentences(self._folder), [*context.list.printable().values()]
            return replace(drawn, zones=[self._labelled(zone, usual, columns) for zone in drawn.zones], faults=shown)

    def _labelled(self, zone: Zone, usual: Mapping[str, str], columns: Sequence[str]) -> Zone:
        """Return a place of a page with its label; of a sentence, with what its field is, and the `usual` one."""
        key, typed = zone.key, zone.label
        if not typed:
            return replace(zone, label=self._words.text(f"zone_{key}") or self._context.label(key))
        said = usual.get(split_field(key)[1], "")
        word = document_list.sentence(key, typed, said, self._words, columns, self._context.say_group)
        return replace(zone, label=typed.replace("*", ""), word=word)


class CheckCalls(Calls):
    """The calls about findings."""

    _last: tuple[int, CheckResult] | None = None  # with the revision that was checked

    def _call_verify(self, args: Args) -> contract.Verified:
        self._context.campaign()  # one that cannot be read has no findings
        return self._describe(verify(self._folder))

    def _call_accept(self, args: Args) -> contract.Accepted:
        """Remember that a finding, or several, is right as it is, or that it is to be looked at again after all.

        What was checked is as it was: a long list is not checked again for it.
        """
        keys, is_right = [str(key) for key in args.get("ids", [args.get("id")])], bool(args.get("right", True))
        folder, revision = self._folder, self._folder.state.revision
        is_made = folder.state.made == revision
        with self._context.change(args, "did_accept" if is_right else "did_review"):
            others = tuple(one for one in folder.state.accepted if one not in keys)
            folder.set(accepted=(*others, *keys) if is_right else others)
        if is_made:  # nothing that is printed has changed
            folder.note(made=folder.state.revision)
        result = self._last[1] if self._last is not None and self._last[0] == revision else verify(folder)
        return contract.Accepted(**asdict(self._describe(result)), **self._context.steps())

    def _describe(self, result: CheckResult) -> contract.Verified:
        """Return what the page shows of a check of the campaign as it is, and remember its numbers."""
        folder = self._folder
        self._last = folder.state.revision, result
        found = describe(result, self._context.list)
        folder.note(found=FindingCounts(folder.state.revision, **Counter[str](one.state for one in found.findings)))
        return contract.Verified(**asdict(found), campaign=self._context.campaign())
