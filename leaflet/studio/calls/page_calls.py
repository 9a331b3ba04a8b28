"""Choose what « Les pages » shows, write words of one's own, draw; check the campaign for « Vérifier »."""

from collections import Counter
from textwrap import shorten

from msgspec import convert
from msgspec.structs import asdict, replace

from leaflet.production.campaign_check import CheckResult
from leaflet.studio import answers, document_list
from leaflet.studio.campaign_state import FindingCounts
from leaflet.studio.context import Args, Call, CallContext, Turns, Upload
from leaflet.studio.contract import Accepted, Changed, Choices, Picture, PictureArgs, Verified, Words
from leaflet.studio.findings_view import describe, verify
from leaflet.studio.json_values import has_question
from leaflet.studio.page_pictures import LARGE

_MOST_SIGNS = 40  # of a text that « Annuler » names


class PageCalls:
    """The calls about the document_list.

    Args:
        context: what all calls share.
    """

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self._turns = Turns()
        self.calls: dict[str, Call] = {
            "choices": self._choices,
            "choose": self._choose,
            "words": self._words,
            "word": self._word,
        }
        self.uploads: dict[str, Upload] = {}

    def _choices(self, args: Args) -> Choices:
        return document_list.list_choices(self._context.folder, self._context.words)

    def _choose(self, args: Args) -> Changed:
        documents, color = args.get("documents"), args.get("color")
        said = document_list.name_choice(self._context.folder, documents, color, self._context.words)
        with self._context.change(args, "did_choose", what=said):
            document_list.choose(self._context.folder, documents, color)
        return self._context.changed(choices=self._choices({}))

    def _words(self, args: Args) -> Words:
        folder, words = self._context.folder, self._context.words
        refused = {key: answers.find_refusal(folder, key, words) for key in document_list.WORDS}
        return document_list.list_words(
            folder, words, answers.shown_texts(folder, document_list.WORDS, words), refused
        )

    def _word(self, args: Args) -> Changed:
        key = str(args["key"])
        if not document_list.is_word(key):
            raise KeyError(key)
        text = str(args.get("text", ""))
        label, seen = (
            self._context.words.say(document_list.word_label(key)),
            shorten(text, _MOST_SIGNS, placeholder=" …"),
        )
        done = "did_word_gone" if not seen else "did_printer" if key == document_list.PRINTER else "did_word"
        with self._context.answering(args, key, text, done, what=label, said=seen):
            answers.write_answer(self._context.folder, key, text, self._context.lang)
        return self._context.changed(words=self._words({}))

    def picture(self, args: Args) -> Picture:
        """Draw one page; those that somebody looks at go before small ones to choose from.

        Raises:
            LeafletError: it cannot be laid out.
        """
        asked = convert(args, PictureArgs)
        with self._turns.take(goes_first=asked.width >= LARGE):
            return self._picture(asked)

    def _picture(self, asked: PictureArgs) -> Picture:
        drawn = self._context.pictures.draw(asked)
        return Picture(
            url=f"picture/{drawn.key}.png",
            width=drawn.width,
            height=drawn.height,
            document=drawn.document,
            page=drawn.page,
            pages=drawn.pages,
            line=drawn.school.line,
            name=f"{drawn.school.name}, {drawn.school.town}",
            index=drawn.index,
            total=drawn.total,
            name_at=drawn.name_at,
            has_login_line=drawn.has_login_line,
            zones=[replace(zone, label=self._zone_label(zone.key)) for zone in drawn.zones],
            codes=drawn.codes,
            codes_read=drawn.codes_read,
            faults=[self._context.fault(fault) for fault in drawn.faults if fault.severity != "note"],
            ms=round(drawn.seconds * 1000),
        )

    def _zone_label(self, key: str) -> str:
        return self._context.label(key) if has_question(key) else self._context.words.say(f"zone_{key}")


class CheckCalls:
    """The calls about findings.

    Args:
        context: what all calls share.
    """

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self._last: tuple[int, CheckResult] | None = None  # with the revision that was checked
        self.calls: dict[str, Call] = {"verify": self._verify, "accept": self._accept}
        self.uploads: dict[str, Upload] = {}

    def _verify(self, args: Args) -> Verified:
        return self._describe(verify(self._context.folder))

    def _accept(self, args: Args) -> Accepted:
        """Remember that a finding, or several, is right as it is, or that it is to be looked at again after all.

        What was checked is as it was: a long list is not checked again for it.
        """
        keys, is_right = [str(key) for key in args.get("ids", [args.get("id")])], bool(args.get("right", True))
        folder, revision = self._context.folder, self._context.folder.state.revision
        is_made = folder.state.made == revision
        with self._context.change(args, "did_accept" if is_right else "did_review"):
            others = tuple(one for one in folder.state.accepted if one not in keys)
            folder.set(accepted=(*others, *keys) if is_right else others)
        if is_made:  # nothing that is printed has changed
            folder.note(made=folder.state.revision)
        result = self._last[1] if self._last is not None and self._last[0] == revision else verify(folder)
        return Accepted(**asdict(self._describe(result)), **self._context.steps())

    def _describe(self, result: CheckResult) -> Verified:
        """Return what the page shows of a check of the campaign as it is, and remember its numbers."""
        folder = self._context.folder
        self._last = folder.state.revision, result
        found = describe(result, folder, self._context.list, self._context.words)
        folder.note(found=FindingCounts(folder.state.revision, **Counter[str](one.state for one in found.findings)))
        return Verified(**asdict(found), campaign=self._context.campaign())
