"""The text of an e-mail, and the draft of one as mail programs open it: RFC 5322, 2045–2047, 2231.

``X-Unsent: 1`` makes Outlook open a draft. There is no sender: the mail program puts in whoever sends it. The same
values give the same bytes; the boundary between the parts is a digest of them, and the date is the campaign's.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.markup.render import Renderer, compile_template
from leaflet.markup.sandbox import PlainTextSandbox
from leaflet.records import FILTERS
from leaflet.resource_files import read_resource
from leaflet.resources import Resources

_FOLDER = "mails"
DRAFT_HEAD = b"X-Unsent: 1\r\n"
_SUBJECT = re.compile(r"\s*(?:Objet|Subject)[ \u00a0\u202f]*:[ \u00a0\u202f]*(\S[^\r\n]*)\r?\n(.*)", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")  # what is left where a template says nothing


class Letter(Struct, frozen=True):
    """The subject and the text of an e-mail."""

    subject: str
    text: str


class LetterWriter:
    """A writer of the texts of e-mails from a template.

    Args:
        resources: where texts are looked for.
        name: of the text.

    Raises:
        UsageError: there is no such text (U093).
        TemplateError: it cannot be read or compiled.
    """

    def __init__(self, resources: Resources, name: str) -> None:
        found = resources.find("mails", name)
        if found is None:
            raise fail("U093", Place(field="--text"), value=name, known=", ".join(resources.names("mails")))
        file = found.path.name
        self._place = Place(file=f"{_FOLDER}/{file}")
        files = {f"{_FOLDER}/{file}": read_resource(found, f"{_FOLDER}/{file}")}
        self._renderer: Renderer = compile_template(_FOLDER, files, FILTERS, sandbox=PlainTextSandbox, main=file)

    def write(self, context: Mapping[str, Any]) -> Letter:
        """Return the e-mail to one school.

        Raises:
            TemplateError: the template uses what is not there, or does not begin with a subject (M430).
        """
        match = _SUBJECT.fullmatch(self._renderer.render(context))
        if match is None:
            raise fail("M430", self._place)
        text = _BLANK_LINES.sub("\n\n", match[2].replace("\r\n", "\n")).strip("\n")
        return Letter(match[1].rstrip(), f"{text}\n")


class Attachment(Struct, frozen=True):
    """A PDF that goes with an e-mail, under the name that its reader sees."""

    name: str
    data: bytes


def draft_bytes(recipient: str, letter: Letter, attachment: Attachment, created: datetime | None) -> bytes:
    """Return the draft of an e-mail as a file (``.eml``).

    Args:
        recipient: one address.
        letter: subject and text.
        attachment: the PDF.
        created: the date that it carries; None for no date.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if created is not None:
        message["Date"] = format_datetime(created)
    message["To"] = recipient
    message["Subject"] = letter.subject
    message.set_content(letter.text, cte="quoted-printable")
    message.add_attachment(attachment.data, maintype="application", subtype="pdf", filename=attachment.name)
    # "=_" stands in neither base64 nor quoted-printable (RFC 2045 §6.7)
    message.set_boundary(f"=_{draft_digest(recipient, letter, attachment)[:32]}")
    return message.as_bytes()


def draft_digest(recipient: str, letter: Letter, attachment: Attachment) -> str:
    """Return a digest of all that a draft brings together: recipient, subject, text, attachment and its name."""
    hashed = sha256()
    for part in (recipient, letter.subject, letter.text, attachment.name):
        data = part.encode()
        hashed.update(b"%d:" % len(data))
        hashed.update(data)
    hashed.update(attachment.data)
    return hashed.hexdigest()
