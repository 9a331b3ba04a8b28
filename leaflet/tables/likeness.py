"""How much a name of a column resembles a known one: figures for proposals, which `mapping` makes and never takes."""

import re
from difflib import SequenceMatcher, get_close_matches

from leaflet.confidential import normalise
from leaflet.tables.names import Vocabulary

_CLOSE_WORD = 0.75  # difflib ratio of one word; « etablisement » is 0.96, « commune » and « code » are 0.55
_CLOSE_SHORT = 0.85  # of one of four letters; « maël » and « mail » are 0.75
_CLOSE_NAME = 0.92  # of whole names without their spaces
_GLUE = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux"})
# What a list of schools may add to any name of a column without meaning another thing.
_GENERIC = frozenset(
    {"etablissement", "etablissements", "etab", "ecole", "ecoles", "scolaire", "scolaires", "officiel", "officielle"}
)


def near_field(key: str, vocabulary: Vocabulary) -> str:
    """The field that somebody meant by `key`: one that has this name in lists, else the one written most alike."""
    meant = vocabulary.meaning(normalise(key))
    close = get_close_matches(key, list(vocabulary.aliases), n=1, cutoff=0.0)
    return meant or (close or list(vocabulary.aliases))[0]


def likeness_of(name: str, alias: str, vocabulary: Vocabulary) -> float:
    """How much a normalised header resembles a known name, below 1; 0 when it does not, or may mean another thing.

    Word by word: « commune_etablissement » is near « commune », and not « code_etablissement », though most of their
    letters are the same.
    """
    whole = _ratio(name.replace("_", ""), alias.replace("_", ""))
    if whole < _CLOSE_NAME or re.findall(r"\d", name) != re.findall(r"\d", alias):
        whole = 0.0
    return min(0.99, max(whole, _likeness_of_words(name, alias, vocabulary)))


def _likeness_of_words(name: str, alias: str, vocabulary: Vocabulary) -> float:
    generic = frozenset() if vocabulary.is_private else _GENERIC
    left = [word for word in name.split("_") if word not in _GLUE]
    scores: list[float] = []
    missing: list[str] = []
    for wanted in (word for word in alias.split("_") if word not in _GLUE):
        score, word = max(((_word_likeness(word, wanted), word) for word in left), default=(0.0, ""))
        if score:
            left.remove(word)
            scores += [score] * (wanted not in generic)
        else:
            missing.append(wanted)
    if not scores or not generic.issuperset(left) or not generic.issuperset(missing):
        return 0.0
    return sum(scores) / len(scores) - 0.02 * (len(left) + len(missing))


def _word_likeness(word: str, wanted: str) -> float:
    """Of two words; short ones only with their letters in another order, or in the plural."""
    if word.removesuffix("s") == wanted.removesuffix("s"):
        return 1.0 if word == wanted else 0.97
    if min(len(word), len(wanted)) <= 3:
        return 0.85 if sorted(word) == sorted(wanted) and len(word) > 2 else 0.0
    ratio = _ratio(word, wanted)
    return ratio if ratio >= (_CLOSE_WORD if len(wanted) > 4 else _CLOSE_SHORT) else 0.0


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
