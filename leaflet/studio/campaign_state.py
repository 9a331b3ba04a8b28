"""Define what the window remembers beside the campaign file: which list was given, what was mended in its copy.

Everything that leaflets are made from is in the campaign file, the lists and ``addresses.toml``, as the command line
reads them. What stands here is for the window alone.
"""

from typing import Any, Literal

from msgspec import Struct

from leaflet.studio.contract import Kind, MadeBefore

Given = Literal["list", "school", "people"]  # whose data a file has: schools, one that was typed, or people


class Mend(Struct, frozen=True):
    """A cell that was mended in the copy of a list."""

    line: int  # of the row
    column: int  # counted from 0
    before: str  # the text of the cell in the list
    after: str  # its text in the copy


class ListState(Struct, frozen=True):
    """A list that was given, and what was changed in its copy."""

    file: str  # the list as it was given, in the folder of the campaign; it is never changed
    copy: str = ""  # the mended copy, which the campaign reads then; empty while nothing was mended or left out
    at: str = ""  # when it was given
    sheets: tuple[str, ...] = ()  # of a workbook with several
    read: tuple[str, ...] = ()  # those of them that were read when the copy was made
    header_row: int | None = None  # as it was read then
    encoding: str | None = None  # as it was read then
    mends: tuple[Mend, ...] = ()  # the mended cells, oldest first; one of each cell
    left: tuple[int, ...] = ()  # the lines that are left out on purpose
    before: "ListState | None" = None  # the list that this one was sent in place of, as it was then
    columns: dict[str, str] = {}  # the columns that the campaign named, of a list that was replaced
    is_carried: bool = False  # what was mended and left out before was carried over, once the columns were known


class Pasted(Struct, frozen=True):
    """Keep what is known of pasted text, and is not in the list that was made of it."""

    above: int = 0  # how many lines more stood above a line there
    titles: tuple[int, ...] = ()  # its lines that are no people but titles, the first row of them apart
    is_mixed: bool = False  # whether some names show one order of first and last name, and some the other


class Refusal(Struct, frozen=True):
    """An answer that was typed and breaks a rule of campaign files; the campaign has the one before."""

    text: str  # as it was typed; empty if it looks like a secret, which is kept nowhere
    code: str = ""  # of the fault of such a secret; empty for other texts, whose faults are found again


class FindingCounts(Struct, frozen=True):
    """The numbers of findings that a check had."""

    revision: int  # that of the campaign which was checked
    settle: int = 0  # those that stop everything
    mend: int = 0  # those that stop what is made of a row of the list
    look: int = 0  # those that stop nothing


class MadeOutput(Struct, frozen=True):
    """An output of « Fabriquer » that was made: when, and its files below the folder where they go."""

    at: str
    paths: tuple[str, ...]
    of: str = ""  # the digest of what it was made from
    pdfs: int = 0  # in those paths that are folders


class State(Struct, frozen=True):
    """All that the window remembers of a campaign."""

    revision: int = 0  # grows with every change
    file: str = ""  # the digest of the campaign file after that
    kind: Kind = "leaflets"  # leaflets for schools, or cards for people
    like: str = ""  # the earlier election whose facts are shown beside blank ones; empty for none
    refused: dict[str, Refusal] = {}  # answers that were typed and are not in the campaign, by their keys
    schools: ListState | None = None  # the list of schools; None while the campaign has the sample of the start
    staff: ListState | None = None  # the list of people; None without one
    pasted: Pasted | None = None  # of the people, if they were not given as a file
    carded: dict[str, str] = {}  # who had a card when cards were made last, by their places in the list; no names
    swapped: bool = False  # first and last names of the pasted people are the other way round
    start: int = 1  # the first free place of a used sheet of cards
    free_of: dict[str, int] = {}  # that of the last sheet of each kind that cards were made on
    is_begun: bool = False  # nobody has chosen a place since they were made
    found: FindingCounts | None = None  # the numbers of findings when the campaign was checked last; None before that
    made: int = -1  # something was made, at this revision
    outputs: dict[str, MadeOutput] = {}  # what was made, at any revision
    cards: MadeBefore | None = None  # the last ones
    under_way: tuple[str, ...] = ()  # what was asked for and is not all made
    received: dict[str, str] = {}  # the answers that a campaign had when it was sent, by their keys
    accepted: tuple[str, ...] = ()  # the findings that somebody said are right as they are
    given: dict[str, str] = {}  # the addresses of mailboxes that were typed and that nobody has tried yet
    declined: tuple[str, ...] = ()  # the addresses of mailboxes that somebody said are not to be printed
    at: dict[str, Any] | None = None  # where somebody was last, as the page names places
    saw_pages: bool = False  # somebody was in « Les pages »


class Snapshot(Struct, frozen=True):
    """The campaign before or after a change."""

    text: str  # what the change did, in the language of the page, for « Annuler »
    files: dict[str, bytes | None]  # the bytes of files by name, None for one that was not there
    state: State  # what was remembered
    at: str = ""  # when the change was made, to the second


class History(Struct):
    """The changes that can be undone, and those undone that can be done again."""

    past: list[Snapshot] = []  # snapshots before each change, oldest first
    future: list[Snapshot] = []  # snapshots after each change that was undone, the next one last
    given: dict[Given, list[str]] = {}  # files given and their copies, by their data; no undo forgets them
    revision: int = 0  # of the campaign after the last of these changes
