"""Check the campaign for « Vérifier »."""

from collections import Counter

from leaflet.production.campaign_check import CheckResult
from leaflet.studio.desk import Answer, Args, Call, Desk, Upload
from leaflet.studio.findings import describe, verify
from leaflet.studio.state import Found


class CheckCalls:
    """The calls about findings.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._last: tuple[int, CheckResult] | None = None  # with the revision that was checked
        self.calls: dict[str, Call] = {
            "verify": lambda _: self._describe(verify(self._desk.folder)),
            "accept": self._accept,
        }
        self.uploads: dict[str, Upload] = {}

    def _accept(self, args: Args) -> Answer:
        """Remember that a finding, or several, is right as it is, or that it is to be looked at again after all.

        What was checked is as it was: a long list is not checked again for it.
        """
        keys, is_right = [str(key) for key in args.get("ids", [args.get("id")])], bool(args.get("right", True))
        folder, revision = self._desk.folder, self._desk.folder.state.revision
        is_made = folder.state.made == revision
        with self._desk.change(args, "did_accept" if is_right else "did_review"):
            others = tuple(one for one in folder.state.accepted if one not in keys)
            folder.set(accepted=(*others, *keys) if is_right else others)
        if is_made:  # nothing that is printed has changed
            folder.note(made=folder.state.revision)
        result = self._last[1] if self._last is not None and self._last[0] == revision else verify(folder)
        return self._describe(result) | self._desk.steps()

    def _describe(self, result: CheckResult) -> Answer:
        """Return what the page shows of a check of the campaign as it is, and remember its numbers."""
        folder = self._desk.folder
        self._last = folder.state.revision, result
        found = describe(result, folder, self._desk.list, self._desk.words)
        folder.note(found=Found(folder.state.revision, **Counter(one["state"] for one in found["findings"])))
        return {**found, "campaign": self._desk.campaign()}
