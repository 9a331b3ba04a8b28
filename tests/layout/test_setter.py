"""Text set in a column: what does not fit says by how much."""

from leaflet.units import mm, to_mm
from tests.layout.pieces import piece_of, theme_on
from tests.support import fault_of, fontbook


def test_a_domain_too_wide_says_what_its_smaller_type_lacks() -> None:
    """The name of a site is set smaller before it is refused (F102): that size counts."""
    name, width = "w" * 40 + ".fr", mm(40)
    markup = f'<p class="lead" at="t.xml:1"><a href="https://a.fr"><strong>{name}</strong></a></p>'
    fault = fault_of(lambda: piece_of(markup, width))
    smallest = min(token.floor for token in theme_on("").type.values())
    needed = fontbook().face("extrabold").width(name) * smallest / 1000 * 127 / 360
    assert float(str(fault.values["missing_mm"])) == round(needed - to_mm(width), 1)
