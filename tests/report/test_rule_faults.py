"""Faults by rule: each message once, its places named so far as there is room, no secret repeated."""

from leaflet.faults import Fault, Place
from leaflet.preflight.report.facts import MOST_MESSAGES, MOST_PLACES, group_faults


def damaged(file: str, problem: str = "x") -> Fault:
    return Fault("K001", Place(file=file), {"problem": problem})


def test_rules_by_severity_then_code() -> None:
    faults = [Fault("K003", Place(), {"count": 1, "same": "K001"}), Fault("K902", Place(file="b")), damaged("a")]
    found = [(rule.severity, rule.code) for rule in group_faults(faults, "fr")]
    assert found == [("error", "K001"), ("warning", "K902"), ("note", "K003")]


def test_one_message_in_many_files() -> None:
    (rule,) = group_faults([damaged(f"{n:02}.pdf") for n in range(240)], "fr")
    (message,) = rule.messages
    assert message.reason == "Le fichier est abîmé\u00a0: x."
    assert message.places == tuple(f"{n:02}.pdf" for n in range(MOST_PLACES))
    assert (message.more, message.files, rule.count, rule.files) == (240 - MOST_PLACES, 240, 240, 240)
    assert (rule.title, rule.advice) == (message.reason, message.way_out) and rule.has_one_way_out


def test_many_messages_of_one_rule() -> None:
    """The commonest first; those without room are counted."""
    faults = [damaged("a.pdf", f"problem {n}") for n in range(40)] + [damaged("b.pdf", "problem 7")]
    (rule,) = group_faults(faults, "en")
    assert rule.messages[0].reason == "The file is damaged: problem 7."
    assert (len(rule.messages), rule.more, rule.files) == (MOST_MESSAGES, 40 - MOST_MESSAGES, 2)


def test_the_way_out_of_each_message() -> None:
    """Where they differ, the rule has what they have in common."""
    rest = {"instead": "s", **dict.fromkeys(("doubt_en", "doubt_fr", "then_en", "then_fr"), "")}
    faults = [Fault("C165", Place(file="c"), {"name": name, "key": name, **rest}) for name in ("a", "b")]
    (rule,) = group_faults(faults, "fr")
    assert not rule.has_one_way_out
    assert rule.advice == 'Cherchez-la sur la page indiquée, puis écrivez webmail = "https://…" sous [academies.…].'
    assert len({message.way_out for message in rule.messages}) == 2
    assert rule.title == "Aucune adresse de messagerie n’est connue\u00a0; le dépliant indique à la place …."


def test_neither_a_secret_nor_a_place_is_repeated() -> None:
    (rule,) = group_faults([damaged("a.pdf", "https://x.fr/?token=5R4K2U9RPAM9PMWY")], "fr")
    assert rule.messages[0].reason == "Le fichier est abîmé\u00a0: …"
    (rule,) = group_faults([damaged("a.pdf"), damaged("a.pdf")], "fr")
    assert (rule.messages[0].places, rule.count) == (("a.pdf",), 2)
