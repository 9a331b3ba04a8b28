"""Every address that a template prints obeys the link rules, wherever it stands; what is set aside is let through."""

from pathlib import Path

import pytest

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.own_resources import ROWS, write, write_own
from tests.support import codes_of, faults_of, tables_of

CODE = '<row><qr href="{}" title="Portail" alt="Portail">portail</qr></row>'
REFUSED = {
    "another site": '<p>\n<a href="https://evil.com/">le portail de vote</a></p>',
    "a code": CODE.format("https://evil.com/"),
    "a code with single quotes": CODE.format("https://evil.com/").replace('"', "'"),
    "a script": '<p><a href="javascript:alert(1)">ici</a></p>',
    "a file": '<p><a href="file:///etc/passwd">ici</a></p>',
    "mail": '<p><a href="mailto:jean.dupont@ac-tours.fr">ici</a></p>',
    "plain http": '<p><a href="http://www.education.gouv.fr/">ici</a></p>',
    "text": "<p>Votez sur https://evil.com/vote !</p>",
    "text without scheme": "<p>Votez sur www.evil.com !</p>",
    "text of a host": "<p>Votez sur elections-vote.com/portail !</p>",
    "text with a part in bold": "<p>https://<strong>evil</strong>.com/vote</p>",
    "text of the words of a code": CODE.format("https://www.education.gouv.fr/").replace("portail<", "evil.com<"),
    "an alternative text": '<row><qr href="https://www.education.gouv.fr/" title="T" alt="www.evil.com">x</qr></row>',
    "written as entities": "<p>https&#58;//evil&#46;com/vote</p>",
    "a value greater than": '<row><qr title="a>b" href="javascript:x" alt="T">x</qr></row>',
    "a look-alike": '<p><a href="https://www.ac-tours.fr.evil.com/">ici</a></p>',
    "a redirect": '<p><a href="https://www.education.gouv.fr/?url=https://evil.com">ici</a></p>',
    "somebody's address": '<p><a href="https://www.education.gouv.fr/?u=jean.dupont@ac-tours.fr">ici</a></p>',
    "computed": "<p><a href=\"{{ 'https://' ~ 'evil' ~ '.com' }}\">ici</a></p>",
    "with the school": '<p><a href="https://evil.com/{{ school.uai }}">ici</a></p>',
}
LET_THROUGH = {
    "the ministry": '<p><a href="https://www.education.gouv.fr/">ici</a></p>',
    "an académie": "<p>www.ac-lyon.fr</p>" + CODE.format("https://www.ac-lyon.fr/"),
    "with the school": '<p><a href="https://www.education.gouv.fr/{{ school.uai }}">ici</a></p>',
    "an address of mail": "<p>prenom.nom@ac-tours.fr, contact@exemple.org</p>",
    "no address": "<p>Lycée n.b. 1.2.3, p.m., fichier.pdf</p>",
    "the publisher's own": "<p>{{ publisher.contact }}, https://syndicat.example.org/vote</p>",
    "set aside": CODE.format("https://vote.exemple-prestataire.com/") + "<p>vote.exemple-prestataire.com</p>",
}
PAGE = '<leaflet title="T">\n<page>\n<p>avant</p>\n{}\n</page>\n</leaflet>'
ALLOW = tables_of(__file__)["allow"]


def campaign(folder: Path, content: str) -> Path:
    path = write_own(folder, PAGE.format(content), more=ALLOW)
    contact = 'contact = "www.syndicat.example.org"\n[data]'
    path.write_text(path.read_text("utf-8").replace("[data]", contact, 1), "utf-8")
    return path


@pytest.mark.parametrize("what", REFUSED)
def test_an_address_that_may_not_be_printed(tmp_path: Path, what: str) -> None:
    """The fault names the template's line, once for all schools."""
    options = BuildOptions(campaign=campaign(tmp_path, REFUSED[what]), out=tmp_path / "out")
    (fault,) = [fault for fault in faults_of(lambda: build(options)) if fault.severity == "error"]
    assert (fault.code, fault.place.file) == ("M415", "mien/leaflet.xml")
    assert fault.place.line in (4, 5)


@pytest.mark.parametrize("what", LET_THROUGH)
def test_an_address_that_may(tmp_path: Path, what: str) -> None:
    assert build(BuildOptions(campaign=campaign(tmp_path, LET_THROUGH[what]), out=tmp_path / "out")).made == 3


def test_an_address_in_a_list(tmp_path: Path) -> None:
    """A name of a school is judged, too, whichever school it is."""
    path = campaign(tmp_path, "<p>{{ school.name }}</p>")
    write(tmp_path / "ecoles.csv", ROWS.replace("Lycée Ampère", "Lycée www.evil.com"))
    assert "M415" in set(codes_of(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out"))))
