"""The publisher's own message: the documents that have no place for it, and the files on which it had no room."""

from collections import Counter
from collections.abc import Iterable, Sequence

from leaflet.campaign import Document
from leaflet.campaign.model import PublisherMessage
from leaflet.faults import Fault, Place, Report
from leaflet.files.words import in_both
from leaflet.layout.face import Layout
from leaflet.markup.render import any_prints
from leaflet.production.materials import Materials
from leaflet.text import campaign_spacing, grouped

MESSAGE = "publisher.message"  # as templates print it
FIELD = f"{MESSAGE}.text"
NO_ROOM = "F203"  # the warning about files of a document
_NAMED = 3  # schools that a message names


def words_of(message: PublisherMessage) -> str:
    """Return the text of a message, or its title alone, without spaces, which are others where a line ends."""
    return _solid(campaign_spacing(message.text or message.title or ""))


def is_printed(words: str, layout: Layout) -> bool:
    """Tell whether the pages of a file have the words of a message, in its own block or in any other."""
    pieces = [placed.piece for face in layout.faces for placed in face.placed]
    pieces.sort(key=lambda piece: piece.name != "message")
    return any(words in _solid(piece.text) for piece in pieces)


def message_without_room(document: Document, schools: Sequence[str], of: int, message: PublisherMessage) -> Fault:
    """Return the warning about files of a document without the message, out of so many; 0 for one seen by itself."""
    count, known = len(schools), ", ".join(schools[:_NAMED]) + (" …" if len(schools) > _NAMED else "")
    where = "in_files" if count > 1 else "in_file"
    values = {
        "document": document.name,
        "template": document.template,
        **in_both("where", where if of else "here", count=str(count), of=str(of), known=known),
        "length": sum(len(text or "") for text in (message.title, message.text)),
    }
    return Fault(NO_ROOM, Place(file=document.name, field=FIELD), values)


def check_message(
    materials: Materials, documents: Sequence[Document], files: Iterable[tuple[str, str, bool]], report: Report
) -> None:
    """Report, once for a document, that the message is not printed in files of it, or that it has no place for it.

    Cards and labels have none, which is said only if no document of the campaign has one. `files` are document,
    school, and whether the message had no room.
    """
    campaign = materials.campaign
    message = campaign.publisher.message
    if not words_of(message):
        return
    made = [*files]
    totals = Counter(document for document, *_ in made)
    without = grouped((document, school) for document, school, is_left_out in made if is_left_out)
    left_out = (document for document in documents if document.name in without)
    report.extend(message_without_room(one, without[one.name], totals[one.name], message) for one in left_out)
    is_anywhere = any_prints(campaign.resources, [one.template for one in campaign.documents], MESSAGE)
    placeless = [
        document for document in documents if not any_prints(campaign.resources, [document.template], MESSAGE)
    ]
    named = [d for d in placeless if not is_anywhere or "person" not in materials.design_of(d).about.per]
    if named:
        known, templates = (", ".join(getattr(d, key) for d in named) for key in ("name", "template"))
        report.add("F204", campaign.place(*FIELD.split(".")), known=known, templates=templates)


def _solid(text: str) -> str:
    return "".join(text.split())
