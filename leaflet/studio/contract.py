"""Define what the calls answer. ``contract.d.ts``, by which the page is typed, is written from it: ``make docs``.

The page's names are in camel case. Every text is in its language, ready to be shown. What stands beside a class or
field goes into the page's types, too. A field that may be `UNSET` is left out then.
"""

from typing import Any, Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

StationId: TypeAlias = Literal["election", "list", "pages", "check", "make", "cards"]
StepId: TypeAlias = Literal["election", "list", "pages", "check", "make"]
StepState: TypeAlias = Literal["done", "look", "todo"]
Severity: TypeAlias = Literal["error", "warning", "note"]
Kind: TypeAlias = Literal["leaflets", "cards"]
Show: TypeAlias = Literal["mend", "twice", "look", "elsewhere", "left", "all"]
Sides: TypeAlias = Literal["one", "both", "mixed"]
RowState: TypeAlias = Literal["ready", "mend", "twice", "look", "elsewhere", "left"]
AnswerKind: TypeAlias = Literal[
    "text", "lines", "number", "day", "time", "address", "steps", "choice", "color", "picture"
]
Origin: TypeAlias = Literal["official", "compared", "typed", "received", "blank"]
How: TypeAlias = Literal["exact", "proposed", "chosen", "none", "refused"]
ChangeKind: TypeAlias = Literal["new", "gone", "changed", "back", "conflict"]
Use: TypeAlias = Literal["printed", "waiting", "reserve"]
FindingState: TypeAlias = Literal["settle", "mend", "look"]
MeasuredState: TypeAlias = Literal["blank", "bad", "right", "edge"]
Card: TypeAlias = Literal["", "made", "new", "mended"]
Args: TypeAlias = dict[str, Any]
"""What a call is given; a change also gets the `revision` that it is made in, and `here`, the place where it is."""


class Shown(Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that the page shows."""


# --- places, faults, ways out ---------------------------------------------------------------------------------------


class At(Shown, frozen=True, kw_only=True):  # a place in the window
    station: StationId
    part: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
    line: int | UnsetType = UNSET
    column: str | UnsetType = UNSET
    zone: str | UnsetType = UNSET
    show: Show | UnsetType = UNSET


class Said(Shown, frozen=True, kw_only=True):  # a text, alone where there may be none
    text: str


class Question(Shown, frozen=True, kw_only=True):  # a text to be asked for first, as one more argument of a call
    key: str
    label: str
    hint: str


class Way(Shown, frozen=True, kw_only=True):  # a way out of a fault: what to press, or what to do
    text: str
    call: str | UnsetType = UNSET
    args: Args | UnsetType = UNSET
    at: At | UnsetType = UNSET
    asks: Question | UnsetType = UNSET


class Room(Shown, frozen=True):  # the room of a disk on which something could not be written, in bytes
    free: int | None  # unless nobody knows
    needed: int | None = None  # still to be written; null if nothing says how many
    kept: int = 0  # of what is finished and stays


class Done(Said, frozen=True, kw_only=True):  # a change that was made, and when
    at: str


class Fault(Shown, frozen=True, kw_only=True):  # a fault, as the page shows it: what is wrong, and the ways out
    code: str
    severity: Severity
    text: str
    ways: list[Way]
    at: At | UnsetType = UNSET
    room: Room | UnsetType = UNSET  # of the disk, if it is full
    others: "list[Fault] | UnsetType" = UNSET
    place: str | UnsetType = UNSET  # where in which file it is, for a campaign that cannot be read
    way_out: str | UnsetType = UNSET  # what to do there
    before: Done | UnsetType | None = UNSET  # the last change made here, before which the campaign can be taken back


class NamedPlace(Said, frozen=True, kw_only=True):  # a place with a text that leads there
    at: At


# --- the campaign ---------------------------------------------------------------------------------------------------


class Todo(NamedPlace, frozen=True, kw_only=True):  # something that is left to do in a station
    is_to_compare: bool | UnsetType = UNSET


class Station(Shown, frozen=True, kw_only=True):  # a step of a campaign, and how far it is
    id: StepId
    state: StepState
    word: str
    todo: list[Todo]


class Campaign(Shown, frozen=True, kw_only=True):  # the campaign as it is now
    title: str
    publisher: str
    folder: str
    outputs: str  # the folder where files that are made go: that of the campaign, unless another one was chosen
    saved_at: str
    revision: int
    election: str
    kind: Kind
    refused: list[NamedPlace]  # the answers that were refused, by their names
    stations: list[Station]


class Steps(Shown, frozen=True, kw_only=True):  # the last changes that can be undone, and done again
    undo: Said | None
    redo: Said | None


class Lock(Shown, frozen=True, kw_only=True):  # who else works on the campaign
    who: str
    since: str
    is_here: bool  # it is a window of the same person on this computer


class Titled(Shown, frozen=True, kw_only=True):  # an election that is known, or a finding that is right as it is
    id: str
    title: str


class Unfinished(NamedPlace, frozen=True, kw_only=True):  # work not finished when the program ended
    row: str
    done: list[Done]  # the last changes before


class Opened(Steps, frozen=True, kw_only=True):  # the values that a page begins with
    campaign: Campaign | None
    lock: Lock | None
    elections: list[Titled]
    unfinished: Unfinished | None
    made: "MadeBefore | None"  # if they are all there


class BesideCampaign(Shown, frozen=True, kw_only=True):  # a campaign in a folder near this one
    path: str
    name: str
    title: str
    kind: Kind
    twin: bool  # whether it is the cards, or the leaflets, of this one


class Beside(Shown, frozen=True, kw_only=True):  # the name of the folder that is worked on, and campaigns near it
    here: str
    campaigns: list[BesideCampaign]


class Noted(Shown, frozen=True, kw_only=True):  # the campaign, if it has changed by where somebody is
    campaign: Campaign | UnsetType | None = UNSET


class Written(Shown, frozen=True, kw_only=True):  # a file that was written, by its name
    file: str


class Nothing(Shown, frozen=True, kw_only=True):
    """The answer of a call that has none."""


# --- the election ---------------------------------------------------------------------------------------------------


class Refused(Shown, frozen=True, kw_only=True):  # a text that was refused, and why; the campaign has the one before
    value: str | None  # null for what looks like a secret, which is kept nowhere
    faults: list[Fault]


class Trial(Shown, frozen=True, kw_only=True):  # how to compare the portal: its code, to be tried with a phone
    code: str
    doubts: list[Fault]  # what speaks against it


class Like(Shown, frozen=True, kw_only=True):  # the answers that an earlier election proposes
    value: str
    election: str


class Answer(Question, frozen=True, kw_only=True):  # a question of the notice, and its answer
    kind: AnswerKind
    value: str
    origin: Origin  # received: as it stood in a campaign that was sent
    source: str  # where an official answer was read, or when somebody compared this one with the notice
    is_to_compare: bool  # a fact of the election that nobody has compared with the notice
    officially: str  # what is known officially of a day or an hour, where this is another one
    official: str  # that as it is typed; empty where nothing is known
    is_official: bool  # the portal is on a site of the State, and neither a home page nor of another year
    trial: Trial | None = None
    like: Like | None
    example: str
    choices: list[str]  # what a step, or a choice, may be; empty for other answers
    required: bool
    is_legal: bool  # the law demands it on a leaflet
    faults: list[Fault]
    refused: Refused | None


class Group(Shown, frozen=True, kw_only=True):  # questions that belong together
    id: str
    label: str
    items: list[Answer]


class Answers(Shown, frozen=True, kw_only=True):  # all questions with their answers
    groups: list[Group]


# --- the list -------------------------------------------------------------------------------------------------------


class CheckCounts(Shown, frozen=True, kw_only=True):  # the numbers of schools that a check has counted
    ready: int  # those that are made, to be looked at or not
    mend: int
    twice: int  # those that stand on rows which differ: none is made before somebody has chosen
    look: int


class Counts(CheckCounts, frozen=True, kw_only=True):  # the numbers of schools and rows
    elsewhere: int  # schools whose staff vote on another portal: none gets a document that prints this one
    left: int
    all: int


class Column(Shown, frozen=True, kw_only=True):  # a column of the list, and what it is
    index: int
    name: str
    samples: list[str]
    field: str | None
    how: How
    why: str


class FirstRow(Shown, frozen=True, kw_only=True):  # a row near the names of columns
    line: int
    cells: list[str]


class SheetOfList(Shown, frozen=True, kw_only=True):  # a sheet of a workbook with several
    name: str
    read: bool  # whether it is read
    is_list: bool  # whether it has all columns that are needed
    found: str  # what was found on it
    lacks: str  # which columns it lacks
    header_row: int  # where the names of its columns stand; 0 if it has no table
    lines: int
    first: list[FirstRow]  # around these names


class Change(Shown, frozen=True, kw_only=True):  # something that is not as it was in the list before
    kind: ChangeKind
    line: int
    at: str  # how its row is named; empty for one that is gone
    name: str
    town: str
    copies: str
    column: str | UnsetType = UNSET
    before: str | UnsetType = UNSET
    theirs: str | UnsetType = UNSET
    yours: str | UnsetType = UNSET  # what a cell was mended to, which wins over the file
    way: Way | UnsetType = UNSET


class ChangeCounts(Shown, frozen=True, kw_only=True):  # how many schools have changed, and what became of corrections
    new: int
    gone: int
    changed: int
    same: int
    kept: int  # corrections that are kept
    there: int  # corrections that the new file has made itself


class Again(Shown, frozen=True, kw_only=True):  # a list that was sent again, held against the one before
    at: str
    before: str
    few: bool  # whether fewer than half of the rows before were found again
    counts: ChangeCounts
    left: int
    rows: list[Change]


class Field(Shown, frozen=True, kw_only=True):  # a field that a list can have, and the column that has it
    key: str
    label: str
    required: bool
    column: int | None


class List(Shown, frozen=True, kw_only=True):  # the list of schools
    file: str
    copy: str | None
    sheets: list[SheetOfList]  # those of a workbook with several
    sheet: str  # the names of the sheets that are read
    header_row: int
    lines: int
    is_read: bool  # it is known which column is which
    columns: list[Column]
    fields: list[Field]
    faults: list[Fault]
    not_read: list[str]  # what it says of rows that are none of the list: totals, column names once more
    counts: Counts
    again: Again | None


class Listed(Shown, frozen=True, kw_only=True):  # the list, if there is one
    list: List | None


class Mended(Shown, frozen=True, kw_only=True):  # a cell that was mended
    field: str
    before: str
    after: str


class RowFault(Fault, frozen=True, kw_only=True):  # a fault of the list
    proposal: str
    can_be_empty: bool


class ListRow(Shown, frozen=True, kw_only=True):  # a row of a list of schools or people
    line: int
    at: str  # how it is named: by its line, with its sheet if several are read
    nth: int  # its line, on its sheet if several are read; the number of somebody on the page
    sheet: str  # of a workbook of which several are read
    name: str
    state: RowState


class Row(ListRow, frozen=True, kw_only=True):  # a row of the list
    key: str
    town: str
    cells: dict[str, str]
    faults: list[RowFault]
    mended: list[Mended]
    why: str


class Rows(Shown, frozen=True, kw_only=True):  # some rows of the list
    total: int
    counts: Counts
    rows: list[Row]
    repairs: list[Way]  # ways to deal with many rows at one go


class PairField(Shown, frozen=True, kw_only=True):  # a value of the rows of one school, the same in all or not
    key: str
    label: str
    differs: bool


class Pair(Shown, frozen=True, kw_only=True):  # a school on rows that differ
    key: str
    rows: list[Row]
    fields: list[PairField]
    merge: Said | None  # what becomes of the rows together; null if nothing does


class Pairs(Shown, frozen=True, kw_only=True):  # all schools on rows that differ
    items: list[Pair]


class Candidate(Shown, frozen=True, kw_only=True):  # an address of a mailbox, of its help, or the way to it
    key: str
    kind: str  # webmail, help, path or site
    url: str
    is_link: bool
    source: str
    attested: str
    confirmed: bool
    declined: bool  # whether somebody said that it is not to be printed
    use: Use  # printed as it is, once it is confirmed, or only if others are not
    code: str | None


class Address(Shown, frozen=True, kw_only=True):  # the addresses of an académie
    academie: str
    name: str
    schools: int
    printed: str
    candidates: list[Candidate]
    login: Fault | None  # the question whether user names are still made as it is printed, if somebody need be asked


class Addresses(Shown, frozen=True, kw_only=True):  # the addresses to be tried
    items: list[Address]
    without: int


# --- the pages ------------------------------------------------------------------------------------------------------


class ThemeChoice(Shown, frozen=True, kw_only=True):  # a look that a document may have
    id: str
    label: str
    note: str
    text: str


class DocumentChoice(ThemeChoice, frozen=True, kw_only=True):  # a document that a campaign may have
    chosen: bool
    theme: str
    refused: list[str]  # themes that it cannot have: they are not offered


class Choices(Shown, frozen=True, kw_only=True):  # the choices for the pages
    documents: list[DocumentChoice]
    themes: list[ThemeChoice]
    color: str


class AskedName(Question, frozen=True, kw_only=True):  # a text that may be asked for, and what is written there
    text: str
    refused: Refused | None


class Audience(Shown, frozen=True, kw_only=True):  # some schools that a sentence can be written for
    at: str  # what stands before its field then
    where: str  # the condition on them; empty where the name of their group tells
    text: str  # who they are, and how many


class Audiences(Shown, frozen=True, kw_only=True):  # those that one school is among
    items: list[Audience]


class Word(AskedName, frozen=True, kw_only=True):  # a text that a section may write itself
    lines: int
    proposed: bool  # what is printed where nobody wrote anything
    columns: list[str]  # titles of the columns of the list that it may name


class Words(Shown, frozen=True, kw_only=True):  # the texts that a section may write itself
    items: list[Word]


class Area(Shown, frozen=True, kw_only=True):  # a part of a page, in per cent of it
    x: float
    y: float
    w: float
    h: float


class Zone(Area, frozen=True, kw_only=True):  # a part of a page, and what it shows
    key: str
    label: str = ""
    word: Word | None = None  # the sentence that stands there, if it may be written anew
    state: Literal["blank", "filled"]


class NameAt(Area, frozen=True, kw_only=True):  # where the name of a school is, on how many lines, in what size
    lines: int
    points: float
    usual: float


class PictureArgs(Shown, frozen=True, kw_only=True):  # the arguments of a picture
    document: str = ""  # the template or the name of a document, which the campaign need not have; else its first
    theme: str = ""  # it is shown in; else that of the campaign
    of: int | str = "first"  # a line of the list, or first, longest or shortest
    page: int = 1
    width: int = 400  # in pixels
    view: Literal["screen", "copy"] = "screen"  # on a screen, or photocopied
    alone: int = 0  # the number of a record to show by itself, without the sheet that it is printed on


class Glimpse(Shown, frozen=True, kw_only=True):  # a page as a picture, with the name of its school
    url: str
    width: int
    height: int
    name: str


class Picture(Glimpse, frozen=True, kw_only=True):  # a page as a picture, and where its parts are
    document: str
    page: int
    pages: int
    line: int | None
    index: int
    total: int
    zones: list[Zone]
    name_at: NameAt | None  # null if it is not on this page
    has_login_line: bool | None  # whether the memo has a line for the professional address, which nobody wrote
    set_on: dict[str, int]  # on how many lines it has the texts that a section may write, by their names
    codes: int
    codes_read: int | None  # on a photocopy; null for a picture that is none, or if nothing here reads codes
    faults: list[Fault]
    ms: int


# --- the check ------------------------------------------------------------------------------------------------------


class Finding(Fault, frozen=True, kw_only=True):  # faults of one kind
    id: str
    state: FindingState  # to settle before printing; to mend in the list, whose rows are left out; to look at
    title: str
    why: str
    lines: list[int]
    rows: list[str]  # how the rows on these lines are named
    places: str  # the first of them, together
    count: int
    record: str
    document: str  # the name of the one that it is of; empty for all
    zone: str | None


class Note(Finding, frozen=True, kw_only=True):  # faults of one cause of something that was made
    which: list[str]  # the schools that each is of, or what it says


class Passed(Said, frozen=True, kw_only=True):  # something that was found right
    figure: str


class Findings(Shown, frozen=True, kw_only=True):  # the findings of a check
    findings: list[Finding]
    accepted: list[Titled]
    passed: list[Passed]
    counts: CheckCounts | None


class Verified(Findings, frozen=True, kw_only=True):  # the findings of a check, and the campaign with its numbers
    campaign: Campaign | None


class Accepted(Verified, frozen=True, kw_only=True):  # the same after something was accepted, which can be undone
    undo: Said | None
    redo: Said | None


# --- what is made ---------------------------------------------------------------------------------------------------


class Output(Shown, frozen=True, kw_only=True):  # something that can be made
    id: str
    label: str
    text: str
    files: int = 0
    copies: int = 0
    possible: bool
    why: str
    asks: AskedName | None = None
    missing: NamedPlace | None = None  # what of it cannot be made for want of something in the list
    made_at: str = ""  # when it was made, if all of it is still there
    stale: bool = False  # it would come out otherwise now
    stale_all: bool = False  # not by rows and names alone


class Plan(Shown, frozen=True, kw_only=True):  # the outputs that can be made
    outputs: list[Output]
    schools: int
    waiting: int = 0  # schools on rows that differ, which are not made
    without: int = 0  # schools that vote on another portal than every document prints
    to_compare: list[str] = []  # facts that are printed and that nobody has compared: what is made of them are drafts
    unasked: list[str] = []  # those of them that are no question of « L’élection »
    unasked_values: str = ""  # what they are, in words
    copies: int
    documents: list[str]
    sides: Sides  # of the paper, on which they are printed
    under_way: list[str] = []  # the outputs of a making that did not come to its end
    campaign: Campaign | None = None  # whose last station says what is out of date


class Progress(Shown, frozen=True, kw_only=True):  # the progress of a making
    done: int
    total: int
    seconds_left: int | None
    record: str  # the code of the school that was made last
    output: str


class Kept(Shown, frozen=True, kw_only=True):  # a file that is kept on this machine
    text: str
    path: str
    bytes: int


class MadeFile(Kept, frozen=True, kw_only=True):  # a file that was made, or a folder that ends with a slash
    output: str
    count: int  # of PDF files in it, or of establishments that it has bundles for; 0 for anything else
    hint: str  # what to know before it is printed or passed on; empty for the list that comes with a print run
    name: str  # what it is called when it is saved
    sheets: int = 0  # that it is printed on, if they have names and it is alone
    anew: int | None = None  # PDF files that were made again, if others were not
    again: list[str] = []  # whose these are: the first ones, then how many others
    removed: int = 0  # PDF files that were there and are of nobody now


class Stopped(Shown, frozen=True, kw_only=True):  # the progress of a making when it was stopped
    done: int
    left: int


class Lacking(Shown, frozen=True, kw_only=True):  # an output that could not be made, or that of a document
    output: str
    document: str  # its name, if several have files of this kind


class Made(Shown, frozen=True, kw_only=True):  # the files that were made, and what was noticed
    files: list[MadeFile]
    count: int  # of leaflets or cards
    seconds: float
    codes_read: bool  # whether the codes of the files were read again, as all else of them was
    stopped: Stopped | None
    lacking: list[Lacking]
    waiting: int  # schools on rows that differ, which were not made
    faults: list[Note]


class MadeBefore(Shown, frozen=True, kw_only=True):  # cards that were made before the page was opened
    made: Made
    at: str
    people: list[str]  # the places of those whose cards alone these are


class Place(Shown, frozen=True, kw_only=True):  # a folder where files can go, with the bytes that are free there
    path: str
    name: str
    free: int | None


class Places(Shown, frozen=True, kw_only=True):  # the folders where files can go
    places: list[Place]


class PlaceChosen(Shown, frozen=True, kw_only=True):  # the campaign whose files go elsewhere, the bytes free there
    campaign: Campaign | None
    free: int | None


class FolderShown(Shown, frozen=True, kw_only=True):  # whether the system has shown a folder
    shown: bool
    folder: str


class Proof(Shown, frozen=True, kw_only=True):  # the proof that nothing was sent or received, and what is kept
    sent: int
    received: int
    since: str
    kept: list[Kept]


# --- cards ----------------------------------------------------------------------------------------------------------


class Person(ListRow, frozen=True, kw_only=True):  # a row of a list of people
    place: str  # where the list has the person; empty for a row that is nobody
    card: Card  # what the card is since cards were made; empty before that
    first: str
    last: str
    wrong: dict[str, str]  # the cells beside the name that are wrong, by their fields
    faults: list[Fault]


class School(Shown, frozen=True, kw_only=True):  # the one school of all people
    uai: str
    name: str
    town: str


class StaffSheet(Shown, frozen=True, kw_only=True):  # a sheet of a workbook of people
    name: str
    is_list: bool
    read: bool
    names: int  # how many are read of it


class People(Shown, frozen=True, kw_only=True):  # the people that cards are for
    people: list[Person]
    total: int
    faults: list[Fault]
    not_read: list[str]  # what it says of rows that are nobody: totals, column names once more
    school: School | None
    sheets: list[StaffSheet]  # those of a workbook with several
    pasted: bool  # whether the window keeps them, since they were pasted or one was changed: the order can be swapped
    editable: bool  # whether names can be added and changed: they are of one school


class Staff(Shown, frozen=True, kw_only=True):  # the people, if there are any
    people: People | None


class LabelSheet(Shown, frozen=True, kw_only=True):  # a sheet that cards or labels are printed on
    id: str
    label: str
    names: list[str]  # all references that boxes of the same sheet have
    across: int
    down: int
    width: float
    height: float
    plain: bool  # of plain paper, which is cut apart
    sides: int
    document: str  # what it is for: a card of two sides, a label of one
    needed: str = ""  # the sizes that would be, if it is for none


class Measured(Shown, frozen=True, kw_only=True):  # a sheet of one's own, as its measures are typed
    state: MeasuredState
    text: str
    field: str  # the measure that is wrong; empty for none
    sheet: LabelSheet | None


class JudgedUai(Shown, frozen=True, kw_only=True):  # a UAI as it is typed: its académie, or what is wrong, or meant
    academie: str = ""
    fault: str = ""
    proposal: str = ""


class Sheets(Shown, frozen=True, kw_only=True):  # the sheets for cards or labels, and the one that is chosen
    items: list[LabelSheet]
    unfit: list[LabelSheet]  # which are too small or too large
    sheet: str
    start: int
    free: int  # the first free place of the last sheet that was made
    is_begun: bool  # nobody has chosen a place since: some cards alone begin there
    document: str  # the template of the cards
    made: list[str]  # files of these cards that are there
    prints_mailbox: bool  # it says where the mailbox is, and how its user names are made
    prints_publisher: bool
    school: School | None = None  # that cards are for while there are no names
    has_names: bool  # on this disk, also if cards have none now
    correction: list[str] = []  # of the printer, as one says it


# --- a campaign that was sent ---------------------------------------------------------------------------------------


class Dossier(Shown, frozen=True, kw_only=True):  # a campaign that was sent, by what it says of itself
    title: str
    portal: str
    publisher: str
    documents: list[str]
    issued: str


class Contents(Shown, frozen=True, kw_only=True):  # the decisions of a campaign that was sent
    answered: int  # questions of the notice
    missing: int  # of them, those that must still be answered
    own: list[str]  # the facts of the publisher that it has
    addresses: int = 0  # the académies whose addresses were tried
    over: str = ""  # the last day of the vote, if it is past; empty otherwise


class Received(Shown, frozen=True, kw_only=True):  # a campaign that was sent, before anything of it is taken
    dossier: Dossier
    contents: Contents | None  # null for what cannot be read
    picture: Glimpse | None
    faults: list[Fault]


# --- what changes ---------------------------------------------------------------------------------------------------


class Changed(Steps, frozen=True, kw_only=True):  # the campaign after a change, and what changed, named as its call
    campaign: Campaign | None
    at: At | UnsetType | None = UNSET
    answers: Answers | UnsetType = UNSET
    answer: Answer | UnsetType = UNSET
    repairs: list[Way] | UnsetType = UNSET
    colors: list[str] | UnsetType = UNSET  # of a logo
    kept: list[Kept] | UnsetType = UNSET
    stays: list[str] | UnsetType = UNSET  # lists that are not erased: nobody gave them to the window
    list: List | UnsetType | None = UNSET
    row: Row | UnsetType = UNSET
    next: int | UnsetType | None = UNSET  # the line of the next row to mend
    counts: Counts | UnsetType = UNSET
    twice: Pairs | UnsetType = UNSET
    addresses: Addresses | UnsetType = UNSET
    choices: Choices | UnsetType = UNSET
    words: Words | UnsetType = UNSET
    erased: int | UnsetType = UNSET  # files of cards
    people: People | UnsetType | None = UNSET
    sheets: Sheets | UnsetType = UNSET
    wrong: dict[str, str] | UnsetType = UNSET  # measures that cannot be, by their names, and why
