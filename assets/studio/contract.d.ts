/* What the page may ask of the engine, and what it gets. Every text is in the page's language, ready to be shown. */

export type StationId = "election" | "list" | "pages" | "check" | "make" | "cards";
export interface At {
  station: StationId;
  part?: string;
  field?: string;
  line?: number;
  column?: string;
  zone?: string;
  show?: Show;
}
/** What a call is given; a change also gets the `revision` that it is made in, and `here`, the place where it is. */
export type Args = Record<string, unknown>;
export interface Way {
  text: string;
  call?: string;
  args?: Args;
  at?: At;
  /** What is to be said first, as one more argument of the call. */
  asks?: { key: string; label: string; hint: string };
}
export interface Fault {
  code: string;
  severity: "error" | "warning" | "note";
  text: string;
  ways: Way[];
  at?: At;
  others?: Fault[];
  /** The schools that it is of, of one that is found once something was made. */
  which?: string[];
  /** Where in which file it is, and what to do there: for a campaign that cannot be read. */
  place?: string;
  wayOut?: string;
  /** Of the disk, if it is full, in bytes: what is still needed, if known, and what is finished and stays. */
  room?: { free: number | null; needed: number | null; kept: number };
  /** The last change made here, before which the campaign can be taken back; null if there is none. */
  before?: Done | null;
}
export interface Station {
  id: "election" | "list" | "pages" | "check" | "make";
  state: "done" | "look" | "todo";
  word: string;
  todo: { text: string; at: At; isToCompare?: boolean }[];
}
export interface Campaign {
  title: string;
  folder: string;
  /** The folder where files that are made go: that of the campaign, unless another one was chosen. */
  outputs: string;
  savedAt: string;
  revision: number;
  election: string;
  kind: "leaflets" | "cards";
  /** The answers that were refused, by their names. */
  refused: { text: string; at: At }[];
  stations: Station[];
}
export interface Said {
  text: string;
}
/** A change that was made, and when. */
export interface Done {
  text: string;
  at: string;
}
export interface Lock {
  who: string;
  since: string;
}
export interface Opened {
  campaign: Campaign | null;
  lock: Lock | null;
  elections: { id: string; title: string }[];
  samples: boolean;
  undo: Said | null;
  redo: Said | null;
  /** What was not finished when the program ended, and the last things done before. */
  unfinished: { text: string; at: At; row: string; done: Done[] } | null;
}
/** The folder that is worked on, by its name, and the campaigns near it. */
export interface Beside {
  here: string;
  campaigns: { path: string; name: string; title: string; kind: Campaign["kind"] }[];
}
export interface Changed {
  campaign: Campaign;
  undo: Said | null;
  redo: Said | null;
  at?: At | null;
  [more: string]: unknown;
}

/** What was typed in vain, and why; the campaign has the answer before. */
export interface Refused {
  /** Null for what looks like a secret, which is kept nowhere. */
  value: string | null;
  faults: Fault[];
}
export interface Answer {
  key: string;
  label: string;
  hint: string;
  kind: "text" | "lines" | "day" | "time" | "address" | "steps" | "choice" | "color" | "picture";
  value: string;
  /** Proposed: what the program wrote itself, which anybody may change. */
  origin: "official" | "compared" | "typed" | "proposed" | "blank";
  /** Where an official answer was read, or when somebody compared this one with the notice. */
  source: string;
  /** A fact of the election that nobody has compared with the notice. */
  isToCompare: boolean;
  /** What is known officially of a day or an hour, where this is another one. */
  officially: string;
  /** The portal is on a site of the State, and neither a home page nor of another year. */
  isOfficial: boolean;
  /** How the portal is compared: its code, to be tried with a phone, and what speaks against it. */
  trial: { code: string; doubts: Fault[] } | null;
  like: { value: string; election: string } | null;
  example: string;
  /** What a step, or a choice, may be; empty for other answers. */
  choices: string[];
  required: boolean;
  /** The law demands it on a leaflet. */
  isLegal: boolean;
  faults: Fault[];
  refused: Refused | null;
}
export interface Answers {
  groups: { id: string; label: string; items: Answer[] }[];
}

export interface Counts {
  /** Schools that are made, to be looked at or not. */
  ready: number;
  mend: number;
  /** Schools that stand on rows which differ: none of these is made before somebody has chosen. */
  twice: number;
  look: number;
  left: number;
  all: number;
}
export interface Column {
  index: number;
  name: string;
  samples: string[];
  field: string | null;
  how: "exact" | "proposed" | "chosen" | "none" | "refused";
  why: string;
}
/** A sheet of a workbook with several. */
export interface SheetOfList {
  name: string;
  /** Whether it is read. */
  read: boolean;
  /** Whether it has all columns that are needed. */
  isList: boolean;
  /** What was found on it, and which columns it lacks. */
  found: string;
  lacks: string;
  /** Where the names of its columns stand; 0 if it has no table. */
  headerRow: number;
  lines: number;
  /** Rows around these names. */
  first: { line: number; cells: string[] }[];
}
/** Something that is not as it was in the list before. */
export interface Change {
  kind: "new" | "gone" | "changed" | "back" | "conflict";
  line: number;
  /** How its row is named; empty for one that is gone. */
  at: string;
  name: string;
  town: string;
  copies: string;
  column?: string;
  before?: string;
  theirs?: string;
  /** What a cell was mended to, which wins over the file. */
  yours?: string;
  way?: Way;
}
/** A list that was sent again, held against the one before. */
export interface Again {
  at: string;
  before: string;
  /** Whether fewer than half of the rows before were found again. */
  few: boolean;
  /** Of schools; of corrections, those that are kept, and those that the new file has made itself. */
  counts: { new: number; gone: number; changed: number; same: number; kept: number; there: number };
  left: number;
  rows: Change[];
}
export interface List {
  file: string;
  copy: string | null;
  /** Those of a workbook with several. */
  sheets: SheetOfList[];
  /** The names of the sheets that are read. */
  sheet: string;
  headerRow: number;
  lines: number;
  columns: Column[];
  fields: { key: string; label: string; required: boolean; column: number | null }[];
  faults: Fault[];
  /** What it says of rows that are none of the list: totals, column names once more. */
  notRead: string[];
  counts: Counts;
  again: Again | null;
}
export interface Mended {
  field: string;
  before: string;
  after: string;
}
export type RowFault = Fault & { proposal?: string; canBeEmpty?: boolean };
export interface Row {
  line: number;
  /** How it is named: by its line, with its sheet if several are read. */
  at: string;
  /** Its line, and its sheet if several are read. */
  nth: number;
  sheet: string;
  key: string;
  name: string;
  town: string;
  state: "ready" | "mend" | "twice" | "look" | "left";
  cells: Record<string, string>;
  faults: RowFault[];
  mended: Mended[];
  why: string;
}
export type Show = "mend" | "twice" | "look" | "left" | "all";
export interface Rows {
  total: number;
  counts: Counts;
  rows: Row[];
  /** Ways to mend many cells at one go. */
  repairs: Way[];
}
/** A school on rows that differ. */
export interface Pair {
  key: string;
  rows: Row[];
  fields: { key: string; label: string; differs: boolean }[];
  /** What becomes of the rows together; null if nothing does. */
  merge: { text: string } | null;
}
export interface Pairs {
  items: Pair[];
}

export interface Candidate {
  key: string;
  kind: "webmail" | "help" | "path" | "site";
  url: string;
  isLink: boolean;
  source: string;
  attested: string;
  confirmed: boolean;
  /** Whether somebody said that it is not to be printed. */
  declined: boolean;
  /** Whether it is printed as it is, once it is confirmed, or only if others are not. */
  use: "printed" | "waiting" | "reserve";
  code: string | null;
}
export interface Address {
  academie: string;
  name: string;
  schools: number;
  printed: string;
  candidates: Candidate[];
  /** The question whether user names are still made as it is printed; null if nobody need be asked. */
  login: Fault | null;
}
export interface Addresses {
  items: Address[];
  without: number;
}

export interface Choices {
  documents: { id: string; label: string; note: string; text: string; chosen: boolean; theme: string }[];
  themes: { id: string; label: string; note: string; text: string }[];
  color: string;
}
export interface Word {
  key: string;
  label: string;
  hint: string;
  text: string;
  lines: number;
  /** What is printed where nobody wrote anything. */
  proposed: boolean;
  refused: Refused | null;
}
export interface Words {
  items: Word[];
}

export interface Zone {
  key: string;
  label: string;
  x: number;
  y: number;
  w: number;
  h: number;
  state: "blank" | "filled";
}
export interface PictureArgs {
  document?: string;
  theme?: string;
  of?: number | string;
  page?: number;
  width?: number;
  view?: "screen" | "copy";
  /** The first record by itself, without the sheet that it is printed on. */
  alone?: boolean;
}
export interface Picture {
  url: string;
  width: number;
  height: number;
  document: string;
  page: number;
  pages: number;
  line: number | null;
  name: string;
  index: number;
  total: number;
  zones: Zone[];
  /** Where the name of the school is, on how many lines, in what size and usual size; null if it is not on this page. */
  nameAt: { x: number; y: number; w: number; h: number; lines: number; points: number; usual: number } | null;
  /** Whether the memo has a line for the professional address, which nobody wrote; null if this page has no memo. */
  hasLoginLine: boolean | null;
  codes: number;
  /** How many of the codes can be read on a photocopy; null for a picture that is none, or if nothing here reads codes. */
  codesRead: number | null;
  faults: Fault[];
  ms: number;
}

export type Finding = Fault & {
  id: string;
  /** To settle before printing; to mend in the list, whose rows are left out until then; to look at. */
  state: "settle" | "mend" | "look";
  title: string;
  why: string;
  lines: number[];
  /** How the rows on these lines are named. */
  rows: string[];
  /** The first of them, together. */
  places: string;
  count: number;
  record: string;
  zone: string | null;
};
export interface Verified {
  findings: Finding[];
  accepted: { id: string; title: string }[];
  passed: { text: string; figure: string }[];
  counts: { ready: number; mend: number; twice: number; look: number } | null;
  campaign: Campaign;
}

export interface Output {
  id: string;
  label: string;
  text: string;
  files: number;
  copies: number;
  possible: boolean;
  why: string;
  asks: { key: string; label: string; hint: string; text: string; refused: Refused | null } | null;
  /** What of it cannot be made for want of something in the list. */
  missing: { text: string; at: At } | null;
}
export interface Plan {
  outputs: Output[];
  schools: number;
  /** Schools on rows that differ, which are not made. */
  waiting: number;
  copies: number;
  documents: string[];
}
export interface Progress {
  done: number;
  total: number;
  secondsLeft: number | null;
  /** The code of the school that was made last. */
  record: string;
  output: string;
}
export interface MadeFile {
  path: string;
  output: string;
  text: string;
  /** How many PDF files are in it, or for how many establishments it has bundles; 0 for anything else. */
  count: number;
  bytes: number;
  /** What to know before it is printed or passed on; empty for the list that comes with a print run. */
  hint: string;
}
export interface Made {
  files: MadeFile[];
  /** How many leaflets or cards they are of. */
  count: number;
  seconds: number;
  /** Whether the codes of the files were read again, as all else of them was. */
  codesRead: boolean;
  stopped: { done: number; left: number } | null;
  /** Schools on rows that differ, which were not made. */
  waiting: number;
  faults: Fault[];
}

/** A folder where files can go, with the bytes that are free there. */
export interface Place {
  path: string;
  name: string;
  free: number | null;
}

export interface Person {
  nth: number;
  /** How its row is named: by its line, with its sheet if several are read. */
  at: string;
  sheet: string;
  line: number;
  /** Where the list has the person; empty for a row that is nobody. */
  place: string;
  /** What the card is since cards were made; empty before that. */
  card: "" | "made" | "new" | "mended";
  name: string;
  first: string;
  last: string;
  state: string;
  faults: Fault[];
}
export interface People {
  people: Person[];
  total: number;
  faults: Fault[];
  notRead: string[];
  school: { uai: string; name: string; town: string } | null;
  /** Those of a workbook with several, each with how many names are read of it. */
  sheets: { name: string; isList: boolean; read: boolean; names: number }[];
  /** Whether they were pasted, or are kept by the window since one was changed: their order can be swapped. */
  pasted: boolean;
  /** Whether names can be added and changed: they are of one school. */
  editable: boolean;
}
export interface LabelSheet {
  id: string;
  label: string;
  /** By all references that boxes of the same sheet have. */
  names: string[];
  across: number;
  down: number;
  width: number;
  height: number;
  /** Of plain paper, which is cut apart. */
  plain: boolean;
  sides: number;
  /** What it is for: a card of two sides, a label of one. */
  document: string;
}
/** A sheet of one’s own, as its measures are typed. */
export interface Measured {
  state: "blank" | "bad" | "right" | "edge";
  text: string;
  /** The measure that is wrong; empty for none. */
  field: string;
  sheet: LabelSheet | null;
}
/** A UAI as it is typed: its académie, or what is wrong and what may be meant. */
export interface JudgedUai {
  academie: string;
  fault: string;
  proposal: string;
}
export interface Sheets {
  items: LabelSheet[];
  sheet: string;
  start: number;
  /** The template of the cards. */
  document: string;
}
/** A page of a campaign that is only looked at. */
export interface Glimpse {
  url: string;
  width: number;
  height: number;
  name: string;
}
/** What a campaign that was sent decides. */
export interface Contents {
  /** How many questions of the notice are answered, and how many must still be. */
  answered: number;
  missing: number;
  /** The facts of the publisher that it has. */
  own: string[];
  /** The académies whose addresses were tried. */
  addresses: number;
  /** The last day of the vote, if it is past; empty otherwise. */
  over: string;
}
export interface Dossier {
  title: string;
  portal: string;
  publisher: string;
  documents: string[];
  issued: string;
}
export interface Proof {
  sent: number;
  received?: number;
  since?: string;
  kept: { text: string; path: string; bytes: number }[];
}
