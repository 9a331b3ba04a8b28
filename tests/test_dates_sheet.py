"""The sheet for a vote of which the dates alone are known: true on every day on which somebody reads it."""

from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from leaflet.campaign import load_academies
from leaflet.geometry import mm
from leaflet.markup.blanks import BlankField
from leaflet.markup.jinja_filters import typed
from leaflet.tables.keys import check_letter
from tests.one_template import INVENTED, contexts_of, lay_out
from tests.support import LONG_NAME, SHORT_NAME, WORDED, blanks_of, school, text_of
from tests.test_local_hours import plain

SHEET = "vote-dates-a4"
DUE = date(2026, 11, 18)  # fifteen days before the vote
DAYS = [DUE - timedelta(1), DUE, DUE + timedelta(1), date(2026, 12, 10)]
NOTICE = '[notice]\nname = "notice de vote"\n'
SITE = "www.education-jeunesse-recherche-sports.gouv.fr"
PORTAL = f'[links]\nportal = "https://{SITE}/electionspro2026/portail/accueil"\n'
ZONE = 'timezone = "Europe/Paris"\ntimezone_label = "heure de Paris"\n'
HOURS = f'[vote]\nopens_at = "8:00"\ncloses_at = "17:00"\n{ZONE}'
STEPS = 'steps = ["open-portal", "vote"]\n'
KNOWN = {"the dates": "", "the portal": PORTAL, "all": STEPS + HOURS + PORTAL + NOTICE}


def one_of_each_academie() -> list[str]:
    """A school of each académie, of each other authority, and one abroad."""
    schools: dict[str, str] = {}
    for prefix in [*range(1, 100), 620, 720, *range(971, 977), 983, 984, 987]:
        digits = f"{prefix:03}0001"
        if (academie := load_academies().by_uai(digits)) is not None:
            schools.setdefault(academie.key, digits + check_letter(digits))
    return [*schools.values()]


@pytest.mark.parametrize("theme", WORDED)
@pytest.mark.parametrize("issued_on", [None, *DAYS], ids=str)
def test_nobody_is_told_to_wait_for_what_is_due(tmp_path: Path, theme: str, issued_on: date | None) -> None:
    """The notice is due on a day; that it is late is said of the time after it, unless the sheet is of that time."""
    head = f"issued_on = {issued_on}\n" if issued_on else ""
    text = text_of(lay_out(contexts_of(tmp_path, "2026", head), SHEET, theme))
    assert "J’ai ma notice ? Attendue le 18 novembre." in text and "J’attends" not in text
    is_late = issued_on is not None and issued_on > DUE
    assert ("Pas reçue ? Je la réclame" in text, "Passé ce jour, je la réclame" in text) == (is_late, not is_late)


@pytest.mark.parametrize("theme", WORDED)
def test_days_and_addresses_of_the_sheet(tmp_path: Path, theme: str) -> None:
    """The last day of the notice is not late; the portal's line is nearly as long as the page is wide."""
    facts = f"issued_on = 2026-11-20\n{NOTICE}to_on = 2026-11-20\n"
    text = text_of(lay_out(contexts_of(tmp_path, "2026", facts), SHEET, theme))
    assert "J’ai ma notice de vote ? Attendue le 20 novembre. Passé ce jour" in text and "18 novembre" not in text
    layout = lay_out(contexts_of(tmp_path, "2026"), SHEET, theme)
    (line,) = [blank for blank in blanks_of(layout) if "portail" in blank.label]
    assert line.box.width >= mm(165)


def test_a_vote_without_such_a_day_names_none(tmp_path: Path) -> None:
    """Nor does it call the paper a notice, which is the word of the law that has the day."""
    contexts = contexts_of(tmp_path, "2026")
    notice = contexts.shared["election"]["notice"]
    notice["deadline_computed"] = notice["to_on"]
    assert isinstance(notice["to_on"], BlankField)
    text = text_of(lay_out(contexts, SHEET))
    assert "J’ai le papier du vote ? Il me dit comment voter. Pas reçu ? Je le demande" in text
    assert "notice" not in text


@pytest.mark.parametrize("facts", KNOWN)
@pytest.mark.parametrize("theme", WORDED)
def test_mailbox_and_prudence_stand_on_it(tmp_path: Path, facts: str, theme: str) -> None:
    """The mailbox's code or a page on the way there, or whom to ask; on one page with lines, four in large print."""
    contexts = contexts_of(tmp_path, "2026", KNOWN[facts])
    for uai, name in product(one_of_each_academie(), (SHORT_NAME, LONG_NAME)):
        layout = lay_out(contexts, SHEET, theme, name, uai)
        text = text_of(layout)
        assert len(layout.faces) <= (4 if theme == "large-print" else 1), uai
        assert "personne n’a le droit de me demander" in text
        context = contexts.context(school(name, key=uai))
        mailbox, portal = context["academie"]["mailbox"], context["election"]["links"]["portal"]
        is_blank = isinstance(portal, BlankField)  # as for schools abroad, whose staff vote elsewhere
        assert ("Je n’ouvre qu’une adresse" if is_blank else SITE.removeprefix("www.")) in text
        said = [plain(mailbox[key]).removeprefix("puis ") for key in ("words", "note", "title", "label")]
        assert any(words.lower() in text.lower() for words in filter(None, said)), uai
        hrefs = {code.href for face in layout.faces for placed in face.placed for code in placed.piece.codes}
        if not isinstance(mailbox["address"], BlankField):
            assert mailbox["address"] in hrefs if is_blank else typed(mailbox["address"]) in text, uai
        assert all(blank.box.height >= mm(8) and blank.box.width >= mm(38) for blank in blanks_of(layout))


@pytest.mark.parametrize(("lines", "is_noted"), [("Mot de passe", True), ("Adresse", False)])
def test_a_password_is_noted_where_there_is_a_line_for_it(tmp_path: Path, lines: str, is_noted: bool) -> None:
    facts = INVENTED["2026"].replace('["Mot de passe"]', f'["{lines}"]')
    text = text_of(lay_out(contexts_of(tmp_path, "2026", facts), "leaflet-a4"))
    assert "Je le tape deux fois." in text and ("Je le note" in text) == is_noted
