"""What the filters of templates make of names and addresses."""

import pytest

from leaflet.records.filters import fake_site, name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Marc de la Tour", "Marc de\u00a0la\u00a0Tour"),
        ("Marc DE LA TOUR", "Marc DE\u00a0LA\u00a0TOUR"),
        ("Inès da Silva", "Inès da\u00a0Silva"),
        ("Ute von Stein", "Ute von\u00a0Stein"),
        ("Linda Laval", "Linda Laval"),
    ],
)
def test_a_particle_ends_no_line(text: str, shown: str) -> None:
    """Whatever language it is of, and however it is typed."""
    assert name(text) == shown


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("www.exemple.fr", "www.exemple.fr"),
        ("portail-des-elections.education.gouv.fr", "…education.gouv.fr"),
        ("le-site-des-elections-professionnelles.fr", "…professionnelles.fr"),
        ("lesitedeselectionsprofessionnelles.fr", "…tedeselectionsprofessionnelles.fr"),
        ("www.lesitedeselectionsprofessionnelles.fr", "…tedeselectionsprofessionnelles.fr"),
    ],
)
def test_a_forgery_is_no_longer_than_a_short_host(host: str, shown: str) -> None:
    """Of a long host it shows the end."""
    assert str(fake_site(f"https://{host}/a")) == f"{shown}.<strong>arnaque.example</strong>"
    assert len(shown) <= 34
