"""Check the campaign for « Vérifier »."""

from collections import Counter

from leaflet.studio.desk import Answer, Args, Call, Desk, Upload
from leaflet.studio.findings import verify
from leaflet.studio.state import Found


class CheckCalls:
    """The calls about findings.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.calls: dict[str, Call] = {
            "verify": lambda _: self._verify(),
            "accept": self._accept,
        }
        self.uploads: dict[str, Upload] = {}

    def _verify(self) -> Answer:
        folder = self._desk.folder
        found = verify(folder, self._desk.list, self._desk.words)
        counted = Counter(one["state"] for one in found["findings"])
        folder.note(found=Found(folder.state.revision, **counted))
        return {**found, "campaign": self._desk.campaign()}

    def _accept(self, args: Args) -> Answer:
        """Remember that a finding is right as it is, or that it is to be looked at again after all."""
        key, is_right = str(args["id"]), bool(args.get("right", True))
        with self._desk.change(args, "did_accept" if is_right else "did_review"):
            others = tuple(one for one in self._desk.folder.state.accepted if one != key)
            self._desk.folder.set(accepted=(*others, key) if is_right else others)
        return self._verify() | self._desk.steps()
