"""Complete what somebody types: campaign files, keys of schools, names of documents and of resources.

click asks for this when a shell does (``_LEAFLET_COMPLETE``). Nothing is imported for it before, and whatever is
wrong with a campaign proposes nothing: a command line that is being typed is no place for faults.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from leaflet.faults import LeafletError, Report

if TYPE_CHECKING:
    from leaflet.campaign import Campaign
    from leaflet.production.catalogue import Listable

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

CAMPAIGN_FILE = "campaign.toml"
_PLAIN = re.compile(r"[\w./~@%+=:,-]+")  # needs no quoting in a shell


def complete_files(*suffixes: str) -> Completer:
    """Return what completes files with one of these suffixes; for ``.toml`` also the folders of campaigns.

    Where there is none, or a name would have to be quoted, the shell completes files as it always does.
    """

    def complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        typed, slash, begun = incomplete.rpartition("/")
        found = [f"{typed}{slash}{name}" for name in _names(Path(typed + slash), begun, suffixes)]
        if not found or not all(map(_PLAIN.fullmatch, found)):
            return [CompletionItem(incomplete, type="file")]
        return list(map(CompletionItem, found))

    return complete


def _names(folder: Path, begun: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of the files, and of folders of campaigns, that begin as it is typed."""
    with suppress(OSError):
        for path in sorted(folder.expanduser().iterdir()):
            is_meant = path.suffix.lower() in suffixes or (".toml" in suffixes and (path / CAMPAIGN_FILE).is_file())
            if is_meant and path.name.startswith(begun) and (begun or not path.name.startswith(".")):
                yield path.name


def complete_schools(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the keys of the schools of the campaign on the command line, each with its name."""
    from leaflet.production.build_options import InputOptions
    from leaflet.production.inputs import Loader, with_campaign_settings

    with suppress(LeafletError, OSError):
        campaign = _campaign(context)
        options = with_campaign_settings(InputOptions(campaign=campaign.folder, out=Path()), campaign.data)
        schools = Loader().schools(campaign, options, Report())
        begun = incomplete.upper()
        return [CompletionItem(one.uai, help=one.name) for one in schools if one.uai.startswith(begun)]
    return []


def complete_documents(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of the documents of the campaign on the command line."""
    with suppress(LeafletError, OSError):
        names = [document.name for document in _campaign(context).documents]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]
    return []


def complete_resources(kind: "Listable", *, fits: str | None = None) -> Completer:
    """Return what completes names of templates, themes …, with what they are; of stock, what fits a template."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return _resources(context, kind, incomplete, fits)

    return complete


def complete_originals(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of what can be copied of the kind that stands on the command line."""
    from typing import get_args

    from leaflet.production.catalogue import Copyable

    typed = [context.params.get("kind"), *context.args]
    kind = next((one for one in typed if one in get_args(Copyable)), None)
    return _resources(context, f"{kind}s", incomplete) if kind else []  # type: ignore[arg-type] # all plurals have it


def _resources(
    context: click.Context, kind: "Listable", incomplete: str, fits: str | None = None
) -> list[CompletionItem]:
    """Return the names of a kind that begin as it is typed, with their descriptions."""
    from leaflet.files.resources import find_resources
    from leaflet.production.catalogue import list_resources

    with suppress(LeafletError, OSError):
        folder = context.params.get("folder") or _campaign_file(context).parent
        found = list_resources(find_resources(folder), kind, context.obj, fits)
        return [CompletionItem(one.name, help=one.description) for one in found if one.name.startswith(incomplete)]
    return []


def _campaign(context: click.Context) -> "Campaign":
    """Load the campaign on the command line."""
    from leaflet.campaign import load_campaign

    return load_campaign(_campaign_file(context), Report())


def _campaign_file(context: click.Context) -> Path:
    """Return the campaign file on the command line, else that of the current folder.

    While the value of an option is still to come, click has not told arguments from one another: they are in `args`.
    """
    known = [context.params.get("campaign"), context.params.get("target"), *(context.params.get("targets") or ())]
    for typed in map(Path, filter(None, (*context.args, *known))):
        for path in (typed / CAMPAIGN_FILE, typed):
            if path.suffix == ".toml" and path.is_file():
                return path
    return Path(CAMPAIGN_FILE)
