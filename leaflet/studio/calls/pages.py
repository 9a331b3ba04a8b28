"""Choose what « Les pages » shows, write words of one's own, and draw."""

from textwrap import shorten

from leaflet.studio import answers, pages
from leaflet.studio.desk import Answer, Args, Call, Desk, Upload
from leaflet.studio.pictures import LARGE, PictureRequest
from leaflet.studio.questions import has_question
from leaflet.studio.turns import Turns

_MOST_SIGNS = 40  # of a text that « Annuler » names


class PageCalls:
    """The calls about the pages.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns = Turns()
        self.calls: dict[str, Call] = {
            "choices": lambda _: pages.list_choices(self._desk.folder, self._desk.words),
            "choose": self._choose,
            "words": lambda _: self._list_words(),
            "word": self._word,
        }
        self.uploads: dict[str, Upload] = {}

    def _choose(self, args: Args) -> Answer:
        documents, color = args.get("documents"), args.get("color")
        said = pages.name_choice(self._desk.folder, documents, color, self._desk.words)
        with self._desk.change(args, "did_choose", what=said):
            pages.choose(self._desk.folder, documents, color)
        return self._desk.changed(choices=pages.list_choices(self._desk.folder, self._desk.words))

    def _list_words(self) -> Answer:
        folder, words = self._desk.folder, self._desk.words
        refused = {key: answers.find_refusal(folder, key, words) for key in pages.WORDS}
        return pages.list_words(folder, words, answers.shown_texts(folder, pages.WORDS, words), refused)

    def _word(self, args: Args) -> Answer:
        key = str(args["key"])
        if not pages.is_word(key):
            raise KeyError(key)
        text = str(args.get("text", ""))
        label, seen = self._desk.words.say(pages.word_label(key)), shorten(text, _MOST_SIGNS, placeholder=" …")
        done = "did_word_gone" if not seen else "did_printer" if key == pages.PRINTER else "did_word"
        with self._desk.answering(args, key, text, done, what=label, said=seen):
            answers.write_answer(self._desk.folder, key, text, self._desk.lang)
        return self._desk.changed(words=self._list_words())

    def picture(self, args: Args) -> Answer:
        """Draw one page; those that somebody looks at go before small ones to choose from.

        Raises:
            LeafletError: it cannot be laid out.
        """
        with self._turns.take(goes_first=int(args.get("width", LARGE)) >= LARGE):
            return self._picture(args)

    def _picture(self, args: Args) -> Answer:
        drawn = self._desk.pictures.draw(
            PictureRequest(
                document=str(args.get("document", "")),
                theme=str(args.get("theme", "")),
                of=str(args.get("of", "first")),
                page=int(args.get("page", 1)),
                width=int(args.get("width", LARGE)),
                view=str(args.get("view", "screen")),
                is_alone=bool(args.get("alone")),
            )
        )
        return {
            "url": f"picture/{drawn.key}.png",
            "width": drawn.width,
            "height": drawn.height,
            "document": drawn.document,
            "page": drawn.page,
            "pages": drawn.pages,
            "line": drawn.school.line,
            "name": f"{drawn.school.name}, {drawn.school.town}",
            "index": drawn.index,
            "total": drawn.total,
            "nameAt": drawn.name_at,
            "hasLoginLine": drawn.has_login_line,
            "zones": [{**zone, "label": self._zone_label(str(zone["key"]))} for zone in drawn.zones],
            "codes": drawn.codes,
            "codesRead": drawn.codes_read,
            "faults": [self._desk.fault(fault) for fault in drawn.faults if fault.severity != "note"],
            "ms": round(drawn.seconds * 1000),
        }

    def _zone_label(self, key: str) -> str:
        return self._desk.label(key) if has_question(key) else self._desk.words.say(f"zone_{key}")
