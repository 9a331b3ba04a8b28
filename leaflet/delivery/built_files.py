"""Find the finished file of a school in the folder of a build: up to date, and with the bytes that were verified."""

from pathlib import Path

from leaflet.campaign import Campaign, Document
from leaflet.faults import Place, fail
from leaflet.production.document import file_name
from leaflet.production.inputs import choose_documents
from leaflet.production.manifest import NAME, Entry, making_key, read_listed, read_manifest
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins, making_of, reason_to_make
from leaflet.tables import School


def find_document(campaign: Campaign, name: str | None) -> Document:
    """Return the document to send: the one named, by default the first that is made for schools.

    Raises:
        UsageError: the campaign has none of this name.
        DataError: it is made for persons; nobody sends the names of a staff to a school's common mailbox (P406).
    """
    documents = choose_documents(campaign, name)
    found = next((document for document in documents if document.per == "school"), None)
    if found is None:
        raise fail("P406", Place(file=campaign.file), value=documents[0].name)
    return found


class BuiltFiles:
    """The files of one document in the folder of a build.

    Args:
        out: the folder.
        inputs: what the files would be made from now.
        document: which document.
        verified: refuse files that were made without verification.

    Raises:
        DataError: there is no build of this campaign in the folder (P401).
    """

    def __init__(self, out: Path, inputs: Materials, document: Document, *, verified: bool = True) -> None:
        campaign, manifest = inputs.campaign, read_manifest(out)
        if manifest is None or (manifest.campaign, manifest.election) != (campaign.file, campaign.profile.id):
            raise fail("P401", Place(file=str(out / NAME)), name=campaign.file)
        self._out, self._inputs, self._document, self._manifest = out, inputs, document, manifest
        self._entries = {entry.file: entry for entry in manifest.entries if entry.document == document.name}
        self._origins = Origins(inputs.contexts)
        self._making = making_of(inputs, document, inputs.design_of(document), verified=verified)
        self._key = making_key(self._making)

    def read(self, school: School) -> tuple[Entry, bytes]:
        """Return the entry of a school's file, and its bytes.

        Raises:
            DataError: it was not built, or would come out differently now (P402), or is not the file that was
                built (P403).
        """
        name = file_name(self._document, school, grouped=self._inputs.is_large)
        place = self._inputs.place_of(school)
        entry = self._entries.get(name)
        origin = self._origins.of(self._document, school, self._key, self._inputs)
        is_outdated = reason_to_make(origin, entry, self._making, self._manifest) is not None
        if entry is None or is_outdated or entry.record != school.uai or entry.personal:
            raise fail("P402", place)
        data = read_listed(self._out, entry)
        if data is None:
            raise fail("P403", place, name=name)
        return entry, data
