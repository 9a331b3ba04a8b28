/* What the page may ask of the engine, and what it gets. Every text is in the page's language, ready to be shown.
   Written by `make docs` from leaflet/studio/contract.py, and from what each call is said to return. */

/** What a call is given; a change also gets the `revision` that it is made in, and `here`, the place where it is. */
export type Args = Record<string, unknown>;
export type StationId = "cards" | "check" | "election" | "list" | "make" | "pages";
export type StepId = "check" | "election" | "list" | "make" | "pages";
export type StepState = "done" | "look" | "todo";
export type Severity = "error" | "note" | "warning";
export type Kind = "cards" | "leaflets";
export type Show = "all" | "elsewhere" | "left" | "look" | "mend" | "twice";
export type Sides = "both" | "mixed" | "one";
export type RowState = "elsewhere" | "left" | "look" | "mend" | "ready" | "twice";
export type AnswerKind = "address" | "choice" | "color" | "day" | "lines" | "number" | "picture" | "steps" | "text" | "time";
export type Origin = "blank" | "compared" | "official" | "received" | "typed";
export type How = "chosen" | "exact" | "none" | "proposed" | "refused";
export type ChangeKind = "back" | "changed" | "conflict" | "gone" | "new";
export type Use = "printed" | "reserve" | "waiting";
export type FindingState = "look" | "mend" | "settle";
export type MeasuredState = "bad" | "blank" | "edge" | "right";
export type Card = "" | "made" | "mended" | "new";
/** A place in the window. */
export interface At {
  station: StationId;
  part?: string;
  field?: string;
  line?: number;
  column?: string;
  zone?: string;
  show?: Show;
}
/** A text, alone where there may be none. */
export interface Said {
  text: string;
}
/** A text to be asked for first, as one more argument of a call. */
export interface Question {
  key: string;
  label: string;
  hint: string;
}
/** A way out of a fault: what to press, or what to do. */
export interface Way {
  text: string;
  call?: string;
  args?: Record<string, unknown>;
  at?: At;
  asks?: Question;
}
/** The room of a disk on which something could not be written, in bytes. */
export interface Room {
  /** Unless nobody knows. */
  free: number | null;
  /** Still to be written; null if nothing says how many. */
  needed: number | null;
  /** Of what is finished and stays. */
  kept: number;
}
/** A change that was made, and when. */
export interface Done extends Said {
  at: string;
}
/** A fault, as the page shows it: what is wrong, and the ways out. */
export interface Fault {
  code: string;
  severity: Severity;
  text: string;
  ways: Way[];
  at?: At;
  /** Of the disk, if it is full. */
  room?: Room;
  others?: Fault[];
  /** Where in which file it is, for a campaign that cannot be read. */
  place?: string;
  /** What to do there. */
  wayOut?: string;
  /** The last change made here, before which the campaign can be taken back. */
  before?: Done | null;
}
/** A place with a text that leads there. */
export interface NamedPlace extends Said {
  at: At;
}
/** Something that is left to do in a station. */
export interface Todo extends NamedPlace {
  isToCompare?: boolean;
}
/** A step of a campaign, and how far it is. */
export interface Station {
  id: StepId;
  state: StepState;
  word: string;
  todo: Todo[];
}
/** The campaign as it is now. */
export interface Campaign {
  title: string;
  publisher: string;
  folder: string;
  /** The folder where files that are made go: that of the campaign, unless another one was chosen. */
  outputs: string;
  savedAt: string;
  revision: number;
  election: string;
  kind: Kind;
  /** The answers that were refused, by their names. */
  refused: NamedPlace[];
  stations: Station[];
}
/** The last changes that can be undone, and done again. */
export interface Steps {
  undo: Said | null;
  redo: Said | null;
}
/** Who else works on the campaign. */
export interface Lock {
  who: string;
  since: string;
  /** It is a window of the same person on this computer. */
  isHere: boolean;
}
/** An election that is known, or a finding that is right as it is. */
export interface Titled {
  id: string;
  title: string;
}
/** Work not finished when the program ended. */
export interface Unfinished extends NamedPlace {
  row: string;
  /** The last changes before. */
  done: Done[];
}
/** The values that a page begins with. */
export interface Opened extends Steps {
  campaign: Campaign | null;
  lock: Lock | null;
  elections: Titled[];
  unfinished: Unfinished | null;
  /** If they are all there. */
  made: MadeBefore | null;
}
/** A campaign in a folder near this one. */
export interface BesideCampaign {
  path: string;
  name: string;
  title: string;
  kind: Kind;
  /** Whether it is the cards, or the leaflets, of this one. */
  twin: boolean;
}
/** The name of the folder that is worked on, and campaigns near it. */
export interface Beside {
  here: string;
  campaigns: BesideCampaign[];
}
/** The campaign, if it has changed by where somebody is. */
export interface Noted {
  campaign?: Campaign | null;
}
/** A file that was written, by its name. */
export interface Written {
  file: string;
}
/** The answer of a call that has none. */
export interface Nothing {
}
/** A text that was refused, and why; the campaign has the one before. */
export interface Refused {
  /** Null for what looks like a secret, which is kept nowhere. */
  value: string | null;
  faults: Fault[];
}
/** How to compare the portal: its code, to be tried with a phone. */
export interface Trial {
  code: string;
  /** What speaks against it. */
  doubts: Fault[];
}
/** The answers that an earlier election proposes. */
export interface Like {
  value: string;
  election: string;
}
/** A question of the notice, and its answer. */
export interface Answer extends Question {
  kind: AnswerKind;
  value: string;
  /** Received: as it stood in a campaign that was sent. */
  origin: Origin;
  /** Where an official answer was read, or when somebody compared this one with the notice. */
  source: string;
  /** A fact of the election that nobody has compared with the notice. */
  isToCompare: boolean;
  /** What is known officially of a day or an hour, where this is another one. */
  officially: string;
  /** That as it is typed; empty where nothing is known. */
  official: string;
  /** The portal is on a site of the State, and neither a home page nor of another year. */
  isOfficial: boolean;
  trial: Trial | null;
  like: Like | null;
  example: string;
  /** What a step, or a choice, may be; empty for other answers. */
  choices: string[];
  required: boolean;
  /** The law demands it on a leaflet. */
  isLegal: boolean;
  faults: Fault[];
  refused: Refused | null;
}
/** Questions that belong together. */
export interface Group {
  id: string;
  label: string;
  items: Answer[];
}
/** All questions with their answers. */
export interface Answers {
  groups: Group[];
}
/** The numbers of schools that a check has counted. */
export interface CheckCounts {
  /** Those that are made, to be looked at or not. */
  ready: number;
  mend: number;
  /** Those that stand on rows which differ: none is made before somebody has chosen. */
  twice: number;
  look: number;
}
/** The numbers of schools and rows. */
export interface Counts extends CheckCounts {
  /** Schools whose staff vote on another portal: none gets a document that prints this one. */
  elsewhere: number;
  left: number;
  all: number;
}
/** A column of the list, and what it is. */
export interface Column {
  index: number;
  name: string;
  samples: string[];
  field: string | null;
  how: How;
  why: string;
}
/** A row near the names of columns. */
export interface FirstRow {
  line: number;
  cells: string[];
}
/** A sheet of a workbook with several. */
export interface SheetOfList {
  name: string;
  /** Whether it is read. */
  read: boolean;
  /** Whether it has all columns that are needed. */
  isList: boolean;
  /** What was found on it. */
  found: string;
  /** Which columns it lacks. */
  lacks: string;
  /** Where the names of its columns stand; 0 if it has no table. */
  headerRow: number;
  lines: number;
  /** Around these names. */
  first: FirstRow[];
}
/** Something that is not as it was in the list before. */
export interface Change {
  kind: ChangeKind;
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
/** How many schools have changed, and what became of corrections. */
export interface ChangeCounts {
  new: number;
  gone: number;
  changed: number;
  same: number;
  /** Corrections that are kept. */
  kept: number;
  /** Corrections that the new file has made itself. */
  there: number;
}
/** A list that was sent again, held against the one before. */
export interface Again {
  at: string;
  before: string;
  /** Whether fewer than half of the rows before were found again. */
  few: boolean;
  counts: ChangeCounts;
  left: number;
  rows: Change[];
}
/** A field that a list can have, and the column that has it. */
export interface Field {
  key: string;
  label: string;
  required: boolean;
  column: number | null;
}
/** The list of schools. */
export interface List {
  file: string;
  copy: string | null;
  /** Those of a workbook with several. */
  sheets: SheetOfList[];
  /** The names of the sheets that are read. */
  sheet: string;
  headerRow: number;
  lines: number;
  /** It is known which column is which. */
  isRead: boolean;
  columns: Column[];
  fields: Field[];
  faults: Fault[];
  /** What it says of rows that are none of the list: totals, column names once more. */
  notRead: string[];
  counts: Counts;
  again: Again | null;
}
/** The list, if there is one. */
export interface Listed {
  list: List | null;
}
/** A cell that was mended. */
export interface Mended {
  field: string;
  before: string;
  after: string;
}
/** A fault of the list. */
export interface RowFault extends Fault {
  proposal: string;
  canBeEmpty: boolean;
}
/** A row of a list of schools or people. */
export interface ListRow {
  line: number;
  /** How it is named: by its line, with its sheet if several are read. */
  at: string;
  /** Its line, on its sheet if several are read; the number of somebody on the page. */
  nth: number;
  /** Of a workbook of which several are read. */
  sheet: string;
  name: string;
  state: RowState;
}
/** A row of the list. */
export interface Row extends ListRow {
  key: string;
  town: string;
  cells: Record<string, string>;
  faults: RowFault[];
  mended: Mended[];
  why: string;
}
/** Some rows of the list. */
export interface Rows {
  total: number;
  counts: Counts;
  rows: Row[];
  /** Ways to deal with many rows at one go. */
  repairs: Way[];
}
/** A value of the rows of one school, the same in all or not. */
export interface PairField {
  key: string;
  label: string;
  differs: boolean;
}
/** A school on rows that differ. */
export interface Pair {
  key: string;
  rows: Row[];
  fields: PairField[];
  /** What becomes of the rows together; null if nothing does. */
  merge: Said | null;
}
/** All schools on rows that differ. */
export interface Pairs {
  items: Pair[];
}
/** An address of a mailbox, of its help, or the way to it. */
export interface Candidate {
  key: string;
  /** Webmail, help, path or site. */
  kind: string;
  url: string;
  isLink: boolean;
  source: string;
  attested: string;
  confirmed: boolean;
  /** Whether somebody said that it is not to be printed. */
  declined: boolean;
  /** Printed as it is, once it is confirmed, or only if others are not. */
  use: Use;
  code: string | null;
}
/** The addresses of an académie. */
export interface Address {
  academie: string;
  name: string;
  schools: number;
  printed: string;
  candidates: Candidate[];
  /** The question whether user names are still made as it is printed, if somebody need be asked. */
  login: Fault | null;
}
/** The addresses to be tried. */
export interface Addresses {
  items: Address[];
  without: number;
}
/** A look that a document may have. */
export interface ThemeChoice {
  id: string;
  label: string;
  note: string;
  text: string;
}
/** A document that a campaign may have. */
export interface DocumentChoice extends ThemeChoice {
  chosen: boolean;
  theme: string;
  /** Themes that it cannot have: they are not offered. */
  refused: string[];
}
/** The choices for the pages. */
export interface Choices {
  documents: DocumentChoice[];
  themes: ThemeChoice[];
  color: string;
}
/** A text that may be asked for, and what is written there. */
export interface AskedName extends Question {
  text: string;
  refused: Refused | null;
}
/** Some schools that a sentence can be written for. */
export interface Audience {
  /** What stands before its field then. */
  at: string;
  /** The condition on them; empty where the name of their group tells. */
  where: string;
  /** Who they are, and how many. */
  text: string;
}
/** Those that one school is among. */
export interface Audiences {
  items: Audience[];
}
/** A text that a section may write itself. */
export interface Word extends AskedName {
  lines: number;
  /** What is printed where nobody wrote anything. */
  proposed: boolean;
  /** Titles of the columns of the list that it may name. */
  columns: string[];
}
/** The texts that a section may write itself. */
export interface Words {
  items: Word[];
}
/** A part of a page, in per cent of it. */
export interface Area {
  x: number;
  y: number;
  w: number;
  h: number;
}
/** A part of a page, and what it shows. */
export interface Zone extends Area {
  key: string;
  label: string;
  /** The sentence that stands there, if it may be written anew. */
  word: Word | null;
  state: "blank" | "filled";
}
/** Where the name of a school is, on how many lines, in what size. */
export interface NameAt extends Area {
  lines: number;
  points: number;
  usual: number;
}
/** The arguments of a picture. */
export interface PictureArgs {
  /** The template or the name of a document, which the campaign need not have; else its first. */
  document?: string;
  /** It is shown in; else that of the campaign. */
  theme?: string;
  /** A line of the list, or first, longest or shortest. */
  of?: number | string;
  page?: number;
  /** In pixels. */
  width?: number;
  /** On a screen, or photocopied. */
  view?: "copy" | "screen";
  /** The number of a record to show by itself, without the sheet that it is printed on. */
  alone?: number;
}
/** A page as a picture, with the name of its school. */
export interface Glimpse {
  url: string;
  width: number;
  height: number;
  name: string;
}
/** A page as a picture, and where its parts are. */
export interface Picture extends Glimpse {
  document: string;
  page: number;
  pages: number;
  line: number | null;
  index: number;
  total: number;
  zones: Zone[];
  /** Null if it is not on this page. */
  nameAt: NameAt | null;
  /** Whether the memo has a line for the professional address, which nobody wrote. */
  hasLoginLine: boolean | null;
  /** On how many lines it has the texts that a section may write, by their names. */
  setOn: Record<string, number>;
  codes: number;
  /** On a photocopy; null for a picture that is none, or if nothing here reads codes. */
  codesRead: number | null;
  faults: Fault[];
  ms: number;
}
/** Faults of one kind. */
export interface Finding extends Fault {
  id: string;
  /** To settle before printing; to mend in the list, whose rows are left out; to look at. */
  state: FindingState;
  title: string;
  why: string;
  lines: number[];
  /** How the rows on these lines are named. */
  rows: string[];
  /** The first of them, together. */
  places: string;
  count: number;
  record: string;
  /** The name of the one that it is of; empty for all. */
  document: string;
  zone: string | null;
}
/** Faults of one cause of something that was made. */
export interface Note extends Finding {
  /** The schools that each is of, or what it says. */
  which: string[];
}
/** Something that was found right. */
export interface Passed extends Said {
  figure: string;
}
/** The findings of a check. */
export interface Findings {
  findings: Finding[];
  accepted: Titled[];
  passed: Passed[];
  counts: CheckCounts | null;
}
/** The findings of a check, and the campaign with its numbers. */
export interface Verified extends Findings {
  campaign: Campaign | null;
}
/** The same after something was accepted, which can be undone. */
export interface Accepted extends Verified {
  undo: Said | null;
  redo: Said | null;
}
/** Something that can be made. */
export interface Output {
  id: string;
  label: string;
  text: string;
  files: number;
  copies: number;
  possible: boolean;
  why: string;
  asks: AskedName | null;
  /** What of it cannot be made for want of something in the list. */
  missing: NamedPlace | null;
  /** When it was made, if all of it is still there. */
  madeAt: string;
  /** It would come out otherwise now. */
  stale: boolean;
  /** Not by rows and names alone. */
  staleAll: boolean;
}
/** The outputs that can be made. */
export interface Plan {
  outputs: Output[];
  schools: number;
  /** Schools on rows that differ, which are not made. */
  waiting: number;
  /** Schools that vote on another portal than every document prints. */
  without: number;
  /** Facts that are printed and that nobody has compared: what is made of them are drafts. */
  toCompare?: string[];
  /** Those of them that are no question of « L’élection ». */
  unasked?: string[];
  /** What they are, in words. */
  unaskedValues: string;
  copies: number;
  documents: string[];
  /** Of the paper, on which they are printed. */
  sides: Sides;
  /** The outputs of a making that did not come to its end. */
  underWay?: string[];
  /** Whose last station says what is out of date. */
  campaign: Campaign | null;
}
/** The progress of a making. */
export interface Progress {
  done: number;
  total: number;
  secondsLeft: number | null;
  /** The code of the school that was made last. */
  record: string;
  output: string;
}
/** A file that is kept on this machine. */
export interface Kept {
  text: string;
  path: string;
  bytes: number;
}
/** A file that was made, or a folder that ends with a slash. */
export interface MadeFile extends Kept {
  output: string;
  /** Of PDF files in it, or of establishments that it has bundles for; 0 for anything else. */
  count: number;
  /** What to know before it is printed or passed on; empty for the list that comes with a print run. */
  hint: string;
  /** What it is called when it is saved. */
  name: string;
  /** That it is printed on, if they have names and it is alone. */
  sheets: number;
  /** PDF files that were made again, if others were not. */
  anew: number | null;
  /** Whose these are: the first ones, then how many others. */
  again?: string[];
  /** PDF files that were there and are of nobody now. */
  removed: number;
}
/** The progress of a making when it was stopped. */
export interface Stopped {
  done: number;
  left: number;
}
/** An output that could not be made, or that of a document. */
export interface Lacking {
  output: string;
  /** Its name, if several have files of this kind. */
  document: string;
}
/** The files that were made, and what was noticed. */
export interface Made {
  files: MadeFile[];
  /** Of leaflets or cards. */
  count: number;
  seconds: number;
  /** Whether the codes of the files were read again, as all else of them was. */
  codesRead: boolean;
  stopped: Stopped | null;
  lacking: Lacking[];
  /** Schools on rows that differ, which were not made. */
  waiting: number;
  faults: Note[];
}
/** Cards that were made before the page was opened. */
export interface MadeBefore {
  made: Made;
  at: string;
  /** The places of those whose cards alone these are. */
  people: string[];
}
/** A folder where files can go, with the bytes that are free there. */
export interface Place {
  path: string;
  name: string;
  free: number | null;
}
/** The folders where files can go. */
export interface Places {
  places: Place[];
}
/** The campaign whose files go elsewhere, the bytes free there. */
export interface PlaceChosen {
  campaign: Campaign | null;
  free: number | null;
}
/** Whether the system has shown a folder. */
export interface FolderShown {
  shown: boolean;
  folder: string;
}
/** The proof that nothing was sent or received, and what is kept. */
export interface Proof {
  sent: number;
  received: number;
  since: string;
  kept: Kept[];
}
/** A row of a list of people. */
export interface Person extends ListRow {
  /** Where the list has the person; empty for a row that is nobody. */
  place: string;
  /** What the card is since cards were made; empty before that. */
  card: Card;
  first: string;
  last: string;
  /** The cells beside the name that are wrong, by their fields. */
  wrong: Record<string, string>;
  faults: Fault[];
}
/** The one school of all people. */
export interface School {
  uai: string;
  name: string;
  town: string;
}
/** A sheet of a workbook of people. */
export interface StaffSheet {
  name: string;
  isList: boolean;
  read: boolean;
  /** How many are read of it. */
  names: number;
}
/** The people that cards are for. */
export interface People {
  people: Person[];
  total: number;
  faults: Fault[];
  /** What it says of rows that are nobody: totals, column names once more. */
  notRead: string[];
  school: School | null;
  /** Those of a workbook with several. */
  sheets: StaffSheet[];
  /** Whether the window keeps them, since they were pasted or one was changed: the order can be swapped. */
  pasted: boolean;
  /** Whether names can be added and changed: they are of one school. */
  editable: boolean;
}
/** The people, if there are any. */
export interface Staff {
  people: People | null;
}
/** A sheet that cards or labels are printed on. */
export interface LabelSheet {
  id: string;
  label: string;
  /** All references that boxes of the same sheet have. */
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
  /** The sizes that would be, if it is for none. */
  needed: string;
}
/** A sheet of one's own, as its measures are typed. */
export interface Measured {
  state: MeasuredState;
  text: string;
  /** The measure that is wrong; empty for none. */
  field: string;
  sheet: LabelSheet | null;
}
/** A UAI as it is typed: its académie, or what is wrong, or meant. */
export interface JudgedUai {
  academie: string;
  fault: string;
  proposal: string;
}
/** The sheets for cards or labels, and the one that is chosen. */
export interface Sheets {
  items: LabelSheet[];
  /** Which are too small or too large. */
  unfit: LabelSheet[];
  sheet: string;
  start: number;
  /** The first free place of the last sheet that was made. */
  free: number;
  /** Nobody has chosen a place since: some cards alone begin there. */
  isBegun: boolean;
  /** The template of the cards. */
  document: string;
  /** Files of these cards that are there. */
  made: string[];
  /** It says where the mailbox is, and how its user names are made. */
  printsMailbox: boolean;
  printsPublisher: boolean;
  /** That cards are for while there are no names. */
  school: School | null;
  /** On this disk, also if cards have none now. */
  hasNames: boolean;
  /** Of the printer, as one says it. */
  correction?: string[];
}
/** A campaign that was sent, by what it says of itself. */
export interface Dossier {
  title: string;
  portal: string;
  publisher: string;
  documents: string[];
  issued: string;
}
/** The decisions of a campaign that was sent. */
export interface Contents {
  /** Questions of the notice. */
  answered: number;
  /** Of them, those that must still be answered. */
  missing: number;
  /** The facts of the publisher that it has. */
  own: string[];
  /** The académies whose addresses were tried. */
  addresses: number;
  /** The last day of the vote, if it is past; empty otherwise. */
  over: string;
}
/** A campaign that was sent, before anything of it is taken. */
export interface Received {
  dossier: Dossier;
  /** Null for what cannot be read. */
  contents: Contents | null;
  picture: Glimpse | null;
  faults: Fault[];
}
/** The campaign after a change, and what changed, named as its call. */
export interface Changed extends Steps {
  campaign: Campaign | null;
  at?: At | null;
  answers?: Answers;
  answer?: Answer;
  repairs?: Way[];
  /** Of a logo. */
  colors?: string[];
  kept?: Kept[];
  /** Lists that are not erased: nobody gave them to the window. */
  stays?: string[];
  list?: List | null;
  row?: Row;
  /** The line of the next row to mend. */
  next?: number | null;
  counts?: Counts;
  twice?: Pairs;
  addresses?: Addresses;
  choices?: Choices;
  words?: Words;
  /** Files of cards. */
  erased?: number;
  people?: People | null;
  sheets?: Sheets;
  /** Measures that cannot be, by their names, and why. */
  wrong?: Record<string, string>;
}
/** What is answered: by what is asked. */
export interface Calls {
  accept: Accepted;
  addPerson: Changed;
  addresses: Addresses;
  answer: Changed;
  answers: Answers;
  at: Noted;
  audiences: Audiences;
  back: Changed;
  beside: Beside;
  calibrate: Changed;
  calibrationSheet: Written;
  choices: Choices;
  choose: Changed;
  choosePlace: PlaceChosen;
  chooseSheet: Changed;
  compare: Changed;
  confirmAddress: Changed;
  copy: Opened;
  declineAddress: Changed;
  dropNumbers: Changed;
  dropPerson: Changed;
  dropRefusal: Changed;
  erase: Changed;
  giveAddress: Changed;
  joinRows: Changed;
  judgeUai: JudgedUai;
  keep: Changed;
  keepFirstRows: Changed;
  keepRow: Changed;
  keepSheet: Changed;
  leave: Changed;
  leaveGroup: Changed;
  like: Changed;
  list: Listed;
  mapColumn: Changed;
  measureSheet: Measured;
  mend: Changed;
  mendAll: Changed;
  mendPerson: Changed;
  open: Opened;
  openBeside: Opened;
  openFolder: FolderShown;
  pack: Written;
  paste: Changed;
  pastePeople: Changed;
  people: Staff;
  picture: Picture;
  places: Places;
  plan: Plan;
  proof: Proof;
  redo: Changed;
  rows: Rows;
  setSchool: Changed;
  sheet: Changed;
  sheets: Sheets;
  staffSheets: Changed;
  start: Changed;
  stop: Nothing;
  swapNames: Changed;
  take: Changed;
  testSheet: Written;
  twice: Pairs;
  undo: Changed;
  useDossier: Changed;
  verify: Verified;
  word: Changed;
  words: Words;
}
/** What is answered: by what is asked. */
export interface Uploads {
  dossier: Received;
  list: Changed;
  logo: Changed;
  staff: Changed;
}
