"""List the particles that stand before last names, in small letters without accents: « de », « von », « da »."""

FRENCH = frozenset({"de", "du", "des", "la", "le", "les"})
JOINED = FRENCH | {"van", "von", "der", "den", "zu", "di", "da", "do", "dos", "das", "del", "della"}
"""Those that a user name of a mailbox has, joined to the name by hyphens."""
PARTICLES = JOINED | {
    *("d", "l", "el", "al", "ben", "bin", "ibn", "ould", "ait", "saint", "sainte", "st", "ste", "mc", "mac"),
}
"""Words that begin a last name and are none alone."""
SMALL = frozenset({"de", "dit", "dite", "von", "zu"})
"""Those that French writes with a small letter."""
