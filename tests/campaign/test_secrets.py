"""What looks like a secret, and what does not although it might."""

import pytest

from leaflet.campaign.secrets import find_asked_secret, find_secret, is_random, is_secret_key


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12E3456789ABC", "numen"),
        ("mon numen : 12e3456789abc.", "numen"),
        ("2 85 05 37 261 001 42", "social-security"),
        ("185052A261001", "social-security"),
        ("mot de passe : Azerty123", "labelled"),
        ("Code de vote personnel = 9f3k2m", "labelled"),
        ("clé 9f86d081884c7d659a2feaa0c55ad015", "random"),
    ],
)
def test_secrets_are_found(text: str, kind: str) -> None:
    """Shapes of secrets are found inside a text."""
    assert find_secret(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "au moins 12 caractères, avec une majuscule, une minuscule, un chiffre et un caractère spécial",
        "mot de passe : voir la notice",
        "0370001A",
        "02 47 05 11 22",
        "SIRET 237 000 123 00012",
        "37000 Tours",
        "identifiant : en bas à gauche de la notice",
        "Demandez un nouveau mot de passe sur le portail : un courriel arrive.",
        "elections2018.education.gouv.fr",
        "anticonstitutionnellement",
    ],
)
def test_plain_texts_pass(text: str) -> None:
    """Rules, phone numbers, school numbers and long words are no secrets."""
    assert find_secret(text) is None


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("Code de vote", "code de vote"),
        ("Mon CODE  DE VOTE :", "code de vote"),
        ("N.U.M.E.N.", None),
        ("Numen", "numen"),
        ("Réponse à la question défi", "question defi"),
        ("Mot de passe élections", None),
        ("Adresse pro", None),
    ],
)
def test_memo_labels(label: str, asked: str | None) -> None:
    """A line may have the password's name, never the code's or the NUMEN's."""
    assert find_asked_secret(label) == asked


def test_secret_keys() -> None:
    """Settings named after a secret are known in any spelling; the label of a password is none."""
    assert is_secret_key("Code-de-vote") and is_secret_key("mot_de_passe") and is_secret_key("NUMEN")
    assert not is_secret_key("password") and not is_secret_key("code_name")


def test_words_written_together_are_not_random() -> None:
    """A page name in several words is not a key."""
    assert not is_random("creationCompteEtape2ElectionsPro")
    assert is_random("eyJhbGciOiJIUzI1NiJ9abc")
