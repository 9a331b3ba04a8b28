"""Describes ``addresses.toml``: addresses of mailboxes that were tried, with the day and the role of who did.

The file stands beside a campaign and is read with it; sections share it, for what one has tried serves all. What
``campaign.toml`` says comes first, then this file, then the program's own facts. It is read and written by
`leaflet.campaign.addresses_file`.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError

from leaflet.campaign.values import Day, Line
from leaflet.validation import STRICT

ADDRESSES_FILE = "addresses.toml"
AddressName = Literal["webmail", "help", "path", "site"]
ADDRESS_NAMES: tuple[AddressName, ...] = get_args(AddressName)

# A role begins with one of these words and has no other word in capitals but sigles, so that it names no person.
ROLES = (
    *("administration", "bureau", "direction", "fédération", "rectorat", "secrétaire", "secrétariat", "section"),
    *("service", "syndicat", "équipe"),
)
_ROLE_WORD = re.compile(r"[a-zàâçéèêëîïôûùüœ’'-]+|[A-Z]{2,}|\d{1,3}|2[AB]")
_MAX_ROLE = 60  # characters


def check_role(text: str) -> str:
    """Return `text` if it is a role, such as « secrétariat de section », and no person's name."""
    words = text.split()
    is_role = bool(words) and words[0] in ROLES and all(map(_ROLE_WORD.fullmatch, words))
    if not is_role or len(text) > _MAX_ROLE:
        raise PydanticCustomError("C224", "no role", {"value": text, "allowed": ", ".join(ROLES)})
    return text


class ConfirmedAddress(BaseModel):
    """A value that was tried: the value itself, when, and by which role."""

    model_config = STRICT

    value: Line
    confirmed_on: Day
    confirmed_by: Annotated[Line, AfterValidator(check_role)] | None = None


class AcademieAddresses(BaseModel):
    """The confirmed addresses of one académie."""

    model_config = STRICT

    webmail: ConfirmedAddress | None = None
    help: ConfirmedAddress | None = None
    path: ConfirmedAddress | None = None
    site: ConfirmedAddress | None = None


class AddressesFile(BaseModel):
    """A whole ``addresses.toml``."""

    model_config = STRICT

    academies: dict[str, AcademieAddresses] = {}
