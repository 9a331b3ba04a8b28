"""Answer the questions of « L'élection »."""

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
            "answers": lambda _: answers.list_answers(self._desk.folder, self._desk.words, self._desk.blanks()),
            "answer": self._answer,
            "keep": self._keep,
            "like": self._like,
        }
        self.uploads: dict[str, Upload] = {
            "logo": self._upload_logo,
        }

    def _answer(self, args: Args) -> Answer:
        key = str(args["key"])
        with self._desk.change(args, "did_answer", what=self._desk.label(key)):
            answers.write_answer(self._desk.folder, key, str(args.get("value", "")), self._desk.lang)
        return self._answered(key)

    def _keep(self, args: Args) -> Answer:
        """Keep one answer of the earlier election, or those of a group together."""
        asked = [str(key) for key in args["keys"]] if "keys" in args else [str(args["key"])]
        with self._desk.change(args, "did_keep", n=len(asked)):
            answers.keep_like(self._desk.folder, asked)
        return self._answered(asked[0])

    def _answered(self, key: str) -> Answer:
        """Return the campaign as it is now, with one answer."""
        desk = self._desk
        return desk.changed(answer=answers.find_answer(desk.folder, key, desk.words, desk.blanks()))

    def _like(self, args: Args) -> Answer:
        with self._desk.change(args, "did_like", year=args.get("election", "")):
            self._desk.folder.set(like=str(args.get("election", "")))
        return self._desk.changed(**answers.list_answers(self._desk.folder, self._desk.words, self._desk.blanks()))

    def _upload_logo(self, name: str, data: bytes) -> Answer:
        with self._desk.change({}, "did_logo"):
            file = self._desk.folder.free_name(name)
            self._desk.folder.write(file, data)
            try:
                answers.write_answer(self._desk.folder, "publisher.logo", file, self._desk.lang)
            except BaseException:
                self._desk.folder.remove(file)
                raise
        return self._desk.changed(colors=pages.logo_colors(data))
