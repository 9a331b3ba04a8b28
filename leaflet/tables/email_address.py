"""Know the shape of e-mail addresses as administrations and schools have them: ASCII, a domain with a dot."""

import re

EMAIL = re.compile(r"[A-Za-z0-9._'+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
MOST_CHARS = 254  # of an address that mail servers pass on (RFC 5321 §4.5.3.1.3)


def is_email_address(text: str) -> bool:
    """Check whether a text is one e-mail address and nothing else."""
    return len(text) <= MOST_CHARS and EMAIL.fullmatch(text) is not None
