"""Check the campaign for « Vérifier »."""

from leaflet.studio.desk import Answer, Args, Call, Desk, Upload
from leaflet.studio.findings import verify


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
        found = verify(self._desk.folder, self._desk.words)
        if not any(finding["severity"] == "error" for finding in found["findings"]):
            self._desk.folder.note(verified=self._desk.folder.state.revision)
        return {**found, "campaign": self._desk.campaign()}

    def _accept(self, args: Args) -> Answer:
        """Remember that a finding is right as it is: it is not shown again."""
        with self._desk.change(args, "did_accept"):
            self._desk.folder.set(accepted=(*self._desk.folder.state.accepted, str(args["id"])))
        return self._verify() | self._desk.steps()
