"""Adopt the lists of a campaign that was begun elsewhere, so that the window shows them."""

from contextlib import suppress
from pathlib import Path

from leaflet.campaign import load_campaign
from leaflet.campaign.columns import read_list_settings
from leaflet.campaign.starter import sample_schools
from leaflet.faults import LeafletError, Report
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.list_sheets import sheet_names
from leaflet.studio.state import ListState


def adopt_lists(folder: CampaignFolder) -> None:
    """Remember the lists that the campaign file names, if the window knows none; the short one of the start is none.

    A campaign that cannot be read adopts nothing: what is wrong with it is said where it is shown.
    """
    state = folder.state
    with suppress(LeafletError):
        lists = read_list_settings(folder.campaign).lists
        schools, staff = lists.get("schools"), lists.get("staff")
        if state.schools is None and schools is not None and _is_own(schools):
            folder.note(schools=ListState(_name(folder, schools), sheets=sheet_names(schools)))
        if state.staff is None and staff is not None and staff.is_file():
            documents = load_campaign(folder.campaign, Report()).documents
            is_of_people = all(document.per == "person" for document in documents)
            folder.note(staff=ListState(_name(folder, staff)), kind="cards" if is_of_people else state.kind)


def _is_own(schools: Path) -> bool:
    try:
        return schools.read_bytes() != sample_schools()
    except OSError:
        return False


def _name(folder: CampaignFolder, path: Path) -> str:
    """Return a path as it is seen from the folder."""
    return path.relative_to(folder.path).as_posix() if path.is_relative_to(folder.path) else str(path)
