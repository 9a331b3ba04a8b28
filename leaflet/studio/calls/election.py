"""Answer the questions of « L'élection »."""

from pathlib import Path

from leaflet.production.pictures import shrink_logo
from leaflet.studio import answers, pages
from leaflet.studio.desk import Answer, Args, Call, Desk, Upload


class ElectionCalls:
    """The calls about the answers.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.calls: dict[str, Call] = {
            "answers": lambda _: self._all(),
            "answer": self._answer,
            "dropRefusal": self._drop_refusal,
            "keep": self._keep,
            "compare": self._compare,
            "like": self._like,
        }
        self.uploads: dict[str, Upload] = {
            "logo": self._upload_logo,
        }

    def _answer(self, args: Args) -> Answer:
        desk, key, text = self._desk, str(args["key"]), str(args.get("value", ""))
        with desk.answering(args, key, text, "did_answer", what=desk.label(key)):
            answers.write_answer(desk.folder, key, text, desk.lang, str(args.get("reason", "")).strip())
        return self._answered(key)

    def _drop_refusal(self, args: Args) -> Answer:
        """Let the field of an answer that was refused have again what the campaign has."""
        self._desk.check_free()
        answers.drop_refusal(self._desk.folder, str(args["key"]))
        return self._desk.changed(answers=self._all())

    def _keep(self, args: Args) -> Answer:
        """Keep one answer of the earlier election, or those of a group together."""
        asked = [str(key) for key in args["keys"]] if "keys" in args else [str(args["key"])]
        with self._desk.change(args, "did_keep", n=len(asked)):
            answers.keep_like(self._desk.folder, asked)
        return self._answered(asked[0])

    def _compare(self, args: Args) -> Answer:
        """Keep that somebody compared some answers with the notice, and found them the same."""
        asked = [str(key) for key in args["keys"]]
        with self._desk.change(args, "did_compare", n=len(asked), what=self._desk.label(asked[0])):
            answers.compare(self._desk.folder, asked)
        return self._answered(asked[0])

    def _answered(self, key: str) -> Answer:
        """Return the campaign as it is now, with all answers, and one of them by itself."""
        found = self._all()
        items = (one for group in found["groups"] for one in group["items"])
        return self._desk.changed(answers=found, answer=next(one for one in items if one["key"] == key))

    def _all(self) -> Answer:
        desk = self._desk
        return answers.list_answers(desk.folder, desk.words, desk.blanks(), desk.pictures.draw_code)

    def _like(self, args: Args) -> Answer:
        with self._desk.change(args, "did_like", year=args.get("election", "")):
            self._desk.folder.set(like=str(args.get("election", "")))
        return self._desk.changed(**self._all())

    def _upload_logo(self, name: str, data: bytes) -> Answer:
        if (smaller := shrink_logo(data)) is not None:  # its owner need not know how
            name, data = str(Path(name).with_suffix(".png")), smaller
        with self._desk.change({}, "did_logo"):
            file = self._desk.folder.free_name(name)
            self._desk.folder.write(file, data)
            try:
                answers.write_answer(self._desk.folder, "publisher.logo", file, self._desk.lang)
            except BaseException:
                self._desk.folder.remove(file)
                raise
        return self._desk.changed(colors=pages.logo_colors(data))
