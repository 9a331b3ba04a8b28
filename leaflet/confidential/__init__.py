"""Finding what looks like a secret or a person's number, by its name or by its value; nothing else decides this.

A leaflet never needs a NUMEN, a code de vote, a password or a social-security number, and a campaign is copied,
mailed and printed: whatever looks like one is refused wherever it stands, with no option to keep it, and its value
is never shown again in a message. Names count as whole words, so that « Épinal » and « secrétariat » pass.

``names`` of secrets · ``values`` by their shape, and hiding them in faults · ``labelled`` values beside their name.

Sources: shape of the NUMEN, https://fr.wikipedia.org/wiki/Num%C3%A9ro_d%27identification_%C3%A9ducation_nationale;
the social-security number and its key (97 − n mod 97), décret n° 82-103 of 22 January 1982; words: notices of votes.
"""

from leaflet.confidential.labelled import is_bare_value, names_secret, prints_a_value
from leaflet.confidential.names import (
    find_asked_secret,
    is_secret_file,
    is_secret_name,
    is_secret_parameter,
    normalise,
)
from leaflet.confidential.values import (
    HIDDEN,
    Kind,
    find_cell_secret,
    find_personal_number,
    find_secret,
    hide_secrets,
    is_random,
)

__all__ = [
    "HIDDEN",
    "Kind",
    "find_asked_secret",
    "find_cell_secret",
    "find_personal_number",
    "find_secret",
    "hide_secrets",
    "is_bare_value",
    "is_random",
    "is_secret_file",
    "is_secret_name",
    "is_secret_parameter",
    "names_secret",
    "normalise",
    "prints_a_value",
]
