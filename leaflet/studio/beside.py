"""Find the campaigns in folders near that of a campaign, and begin others there: one folder has one campaign.

Cards with the answers of leaflets have a folder of their own, too, and the other way round: names of people lie in no
folder that is passed on, and are erased without a thought for anything else.
"""

from contextlib import suppress
from pathlib import Path

from leaflet.campaign.pack import campaign_files
from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.files.words import Words
from leaflet.production.schemas import schema_beside
from leaflet.studio.campaign_state import Given, ListState
from leaflet.studio.contract import Kind
from leaflet.studio.document_list import SHEETS
from leaflet.studio.element_files import HIDDEN
from leaflet.studio.folder import CampaignFolder, new_beside
from leaflet.studio.raw_list import LIST_SETTINGS, STAFF_SETTINGS

FIRST_DOCUMENTS: dict[Kind, dict[str, object]] = {  # of a campaign, by its kind
    "leaflets": {"template": "leaflet-a4"},
    "cards": {"template": "memo-card", "sheet": SHEETS["memo-card"]},
}


def find_beside(folder: Path) -> list[Path]:
    """Return the folders of campaigns that a window has had open: beside a folder, in it, and the one it is in."""
    near: list[Path] = []
    for parent in (folder.parent, folder):
        with suppress(OSError):
            near += sorted(path for path in parent.iterdir() if not path.is_symlink())
    return [path for path in (folder.parent, *near) if path != folder and _is_of_a_window(path)]


def _is_of_a_window(path: Path) -> bool:
    with suppress(OSError):
        return (path / CAMPAIGN_FILE).is_file() and (path / HIDDEN).is_dir()
    return False


def name_without_kind(folder: Path, words: Words) -> str:
    """Return the name of a folder without its ending « cartes » or « dépliants »."""
    return folder.name.removesuffix(words.say("beside_cards")).removesuffix(words.say("beside_leaflets"))


def find_of_kind(folder: CampaignFolder, kind: Kind, words: Words) -> Path | None:
    """Return the folder of a campaign's cards, or its leaflets, if they are begun."""
    name = name_without_kind(folder.path, words)
    near = (path for path in find_beside(folder.path) if path.name in (name, name + words.say(f"beside_{kind}")))
    return next((path for path in near if CampaignFolder(path, folder.environment).state.kind == kind), None)


def folder_of_kind(folder: CampaignFolder, kind: Kind, words: Words) -> Path:
    """Return the folder of a campaign's cards, or its leaflets; if there is none, make it with the same answers."""
    if begun := find_of_kind(folder, kind, words):
        return begun
    named = name_without_kind(folder.path, words) + words.say(f"beside_{kind}")
    target = CampaignFolder(new_beside(folder.path, named), folder.environment)
    with target.change(words.say("did_start")):
        _copy_answers(folder, target, kind)
    return target.path


def _copy_answers(old: CampaignFolder, new: CampaignFolder, kind: Kind) -> None:
    """Write the files of a campaign into a new folder, with its list of schools, and without any names."""
    for name, data in campaign_files(old.campaign):
        new.write(name, data)
    new.write(*schema_beside(new.path))
    schools = None
    if (listed := old.state.schools) is not None:
        with suppress(OSError):
            path = old.path / (listed.copy or listed.file)
            kind_of: dict[str, Given] = {name: given for given, name in old.given()}
            file = new.give(kind_of.get(path.name, "list"), path.name, path.read_bytes())
            schools = ListState(file, sheets=() if listed.copy else listed.sheets)
    others = (*STAFF_SETTINGS, *(LIST_SETTINGS if schools is None else ()))
    new.edit(remove=others, documents=[FIRST_DOCUMENTS[kind]])
    new.edit({"data.schools": schools.file if schools is not None else new.write_sample()})
    state = old.state
    new.set(kind=kind, like=state.like, declined=state.declined, schools=schools)
