// The window in English.
/** @import { Station } from "./contract" */
/** @import { Words } from "./words-fr.js" */

/**
 * Returns a noun with its number.
 * @param {number | string} count
 * @param {string} one
 * @param {string} [many]
 */
const n = (count, one, many = `${one}s`) => `${count} ${isOne(count) ? one : many}`;

/** @param {number | string} count */
const isOne = (count) => count === 1 || count === "1";

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
/** @param {number} count */
const said = (count) => NUMBERS[count] ?? String(count);
/** @param {string[]} parts */
const joined = (parts) => [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter(Boolean).join(" and ");
/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {boolean} label */
const piece = (label) => (label ? "label" : "card");

/** @param {number} count schools on rows that differ */
const waiting = (count) =>
  `${n(count, "school")} ${count === 1 ? "stands" : "stand"} there twice, and ${count === 1 ? "waits" : "wait"} for your choice.`;

/** @param {string[]} rows of the list */
const without = (rows) => {
  const which = rows.length > 4 ? `${rows.length} rows` : `row${rows.length > 1 ? "s" : ""} ${joined(rows)}`;
  return `As they are, ${which} will have no leaflet.`;
};

/** @type {Record<string, string>} */
const outputs = {
  files: "folder of PDFs",
  zip: "ZIP",
  copier: "file for the copier",
  "print-run": "file for the print shop",
  cards: "cards",
  labels: "address labels",
  drafts: "e-mail drafts",
  book: "PDF to look through",
};

/** @type {Record<Station["id"], string>} */
const names = { election: "The election", list: "The list", pages: "The pages", check: "Check", make: "Make" };

/** @type {Words} */
export const english = {
  skip: "Skip to content",
  see: "See the page",
  close: "Close",
  cancel: "Cancel",
  keep: "Keep",
  which: (count) => `See which (${count})`,
  toFill: "Fill this in first.",
  units: {
    gigabytes: (value) => `${value} GB`,
    megabytes: (value) => `${value} MB`,
    kilobytes: (value) => `${value} kB`,
    clock: (hours, minutes) => `${hours}:${minutes}`,
    firstDay: "1 ",
  },
  bar: {
    home: ", home",
    tagline: "Leaflets and cards for going to vote",
    saved: (time) => `Saved at ${time}`,
    unsaved: (time) => `Not saved since ${time}`,
    saving: "Saving…",
    making: "Being made",
    watching: "Read only",
    undo: "Undo",
    nothingToUndo: "Nothing to undo",
    nothingToRedo: "Nothing to redo",
    undoThis: (what) => `Undo: ${what} (Ctrl+Z)`,
    redoThis: (what) => `Redo: ${what} (Ctrl+Y)`,
    proof: "Nothing is sent",
    proofLabel: "Nothing is sent: see the proof",
    help: "Help with this step",
    end: "Quit",
    endLabel: "Quit leaflet: everything is saved",
    endLater: "Quit leaflet, once the files are made",
  },
  steps: {
    label: "Steps of the campaign",
    names,
    doneSuffix: ", done",
    toMend: (count) => `${count} to mend`,
    underWay: (percent) => `under way, ${percent} %`,
    stopped: (done) => (done ? `stopped at ${done}` : "stopped"),
    made: (time) => `made at ${time}`,
    shortcut: (nth) => `Alt+${nth}`,
    hidden: (nth, of, state) =>
      `, step ${nth} of ${of}, ${{ done: "done", look: "to look at", todo: "to do" }[state]}`,
  },
  bottom: {
    unsaved: (cause) => `${cause && `${cause}. `}Not saved: what you typed stays here.`,
    full: "Not saved: the disk is full. Make room, then:",
    stays: "What you have just typed stays here, but is not saved yet.",
    thenSave: "Then press “Save again”, at the bottom.",
    refused: (count) =>
      count === 1
        ? "1 answer was refused: the page keeps the one before."
        : `${count} answers were refused: the page keeps those before.`,
    toRefused: "Go to the answer",
    refusedNames: (names) =>
      names.length === 1 ? `One answer to look at: ${names[0]}.` : `${names.length} answers to look at: ${names.join(", ")}.`,
    goThere: "Go there",
    saveAgain: "Save again",
    label: "What comes next",
    undo: "Undo",
    undoThis: (what) => `Undo: ${what}`,
  },
  page: {
    now: "Your leaflet, now",
    side: "Side of the page",
    sides: ["Front", "Back"],
    nth: (page) => `Page ${page}`,
    blank: (label) => `${label}, blank`,
    short: {
      "links.portal": "Portal to copy",
      steps: "Steps",
      "memo.lines": "Memo",
      "publisher.message.text": "Your message",
    },
    blanks: (count) => n(count, "hatched place"),
    alt: (side, name) => `${side} as it will be printed: ${name}`,
    enlarge: "Enlarge the page",
    redrawing: "Being drawn again…",
    upToDate: (seconds) => `Up to date in ${seconds} s`,
  },
  question: {
    official: "official",
    typed: "copied by you",
    compared: "compared with the notice",
    toCompare: "to compare",
    proposed: "proposed",
    blank: "blank for now",
    example: (text) => `For instance: ${text}`,
    unsaved: "not saved yet",
    notSaved: "not saved",
    stillKept: "Still saved:",
    keptNothing: "Nothing is saved for this question.",
    backTo: (kept) => `Go back to ${kept}`,
    understood: (value) => `Understood: ${value}`,
    colorPicker: "Colour picker",
    optional: "optional",
    legal: "the law demands it",
    government: "Official site (.gouv.fr)",
    firstStep: "Add the first step",
    like: (year) => `as in ${year}, to be checked`,
    officialDays: "official days",
    likeHours: (year) => `hours as in ${year}, to be checked`,
    likeZone: (year) => `time zone as in ${year}, to be checked`,
    same: "My notice says the same",
    leave: "Leave blank",
    change: "Change",
    changeThis: (label) => `Change: ${label}`,
    sameThis: (label) => `My notice says the same: ${label}`,
    leaveThis: (label) => `Leave blank: ${label}`,
    dropLogo: "Drop your logo here",
    logoKinds: "PNG, JPEG, SVG or PDF; it stands on white and is never recoloured",
    chooseLogo: "Choose a picture…",
    otherLogo: "Change…",
    remove: "Remove",
    addLine: "Add a step",
    nth: (label, nth) => `${label}, line ${nth}`,
    moveUp: (line) => `Move “${line}” up`,
    takeAway: (line) => `Remove “${line}”`,
  },
  trial: {
    title: "Is this the portal of your vote?",
    steps: [
      "Scan this code with your phone.",
      "Compare the name of the site, letter by letter, with your notice de vote.",
      "Type nothing there. Say so here.",
    ],
    yes: "It is the address on my notice",
    no: "It is not",
    later: "I do not have the notice yet",
    isLater: "Nothing will be made before you have compared this address with your notice.",
    now: "Compare it",
  },
  election: {
    title: names.election,
    lead:
      "Take your voting notice and copy from it. What you do not know yet stays blank; " +
      "you will be told again before printing.",
    leadLike: (count, year, blank) =>
      (count === 1
        ? `One answer comes from ${year}: compare it with your notice.`
        : `${capital(said(count))} answers come from ${year}: compare them with your notice.`) +
      (blank ? ` ${capital(said(blank))} ${blank > 1 ? "are" : "is"} still blank.` : ""),
    count: (given, of, proposed) =>
      [of > 1 && `${n(given, "answer")} of ${of}`, proposed && `${proposed} to be checked`].filter(Boolean).join(", "),
    period: ({ from, to, opens, closes, zone }) =>
      `From ${from}${opens && `, ${opens},`} to ${to}${closes && `, ${closes}`}${zone && ` (${zone})`}`,
    sameDays: (count) => `My notice says the same for all ${count} answers about the vote`,
    addHours: "Add the hours",
    changeDays: (known, label) => `${known ? "Change" : "Add the hours"}: ${label}`,
    rest: "To complete it",
    restNames: {
      portal: "page with help",
      steps: "account",
      notice: "paper and lost code",
      mail: "e-mail that comes",
      memo: "advice of the memo",
      publisher: "colour and message",
    },
    restOf: (names) => names.join(", "),
    restCount: (count) => n(count, "optional question"),
    likeTitle: (year) => `Save time: start from the answers of ${year}`,
    likeText: "Answers will be proposed. You keep, change or delete each one.",
    likeButton: (year) => `Propose as in ${year}`,
    ringed: "Framed in orange: to be checked",
    left: (count) =>
      count ? `${n(count, "answer")} still blank. You can go on and come back.` : "All answers are there.",
    leftLike: (count, blank, own) =>
      `${n(count, "answer")} to compare${own ? `, ${own} of them yours` : ""}${blank ? `, ${blank} blank` : ""}.`,
    /** @param {number} count */
    sameAll: (count) => `My notice says the same for all ${count}`,
    next: "Continue: The list",
  },
  list: {
    title: names.list,
    tabRefused: "The list: file refused",
    lead: "One leaflet will be made for each row.",
    parts: "In the list",
    partNames: ["File", "Columns", "Cells", "Addresses"],
    partChanges: "Changes",
    drop: "Drop your list here",
    dropOther: "Replace it by another list",
    replace: "Replace…",
    dropText: "Excel, LibreOffice or CSV, as it was sent to you. Your file is never changed.",
    choose: "Choose a file…",
    paste: "Paste cells",
    pasteLead: "Copy the table in your spreadsheet, with the row of titles, and paste it here.",
    pasteLabel: "Copied cells",
    pasteHint: "Ctrl+V anywhere on this page does the same.",
    pasteEmpty: "There is nothing to read yet: paste the cells first.",
    pasteRead: "Read these cells",
    reading: "Reading the list…",
    left: "The list is missing. You can already look at the pages with an example.",
    leftFile: (lines) => `The list is there: ${n(lines, "row")}.`,
    nextPages: "See the pages",
    nextColumns: "Continue: Columns",
    nextChanges: "Continue: Changes",
    nextToPages: "Continue: The pages",
    needed: "What it must hold",
    neededItems: [
      ["The name of the school", "", "required"],
      ["The town", "", "required"],
      ["The UAI code, for instance ", "0379999T", "required"],
      ["Number of copies, address, e-mail", "", "useful"],
    ],
    none: "No list yet?",
    empty: "Download an empty table to fill in",
    emptyName: "list-of-schools.csv",
    emptyHeader: "Nom;Commune;Code UAI;Adresse;Code postal;Exemplaires;Courriel",
    trySample: "Try with 12 example schools",
    sample: [
      "Code UAI\tNom\tCommune\tCode postal\tExemplaires",
      "0379980X\tCollège d’exemple des Trois-Tilleuls\tTours\t37000\t45",
      "0379981Y\tÉcole d’exemple Jean-Moulin\tChinon\t37500\t12",
      "0379982Z\tLycée d’exemple des Deux-Rives\tLoches\t37600\t60",
      "0379983A\tÉcole d’exemple Jules-Ferry\tAmboise\t37400\t9",
      "0379984B\tCollège d’exemple Louise-Michel\tChinon\t37500\t38",
      "0379985C\tÉcole d’exemple des Marronniers\tTours\t37000\t14",
      "0379986D\tLycée d’exemple du Vieux-Pont\tTours\t37100\t72",
      "0379987E\tÉcole d’exemple de la Fontaine\tLoches\t37600\t8",
      "0379988F\tCollège d’exemple du Val\tAmboise\t37400\t41",
      "0379989G\tÉcole d’exemple des Lilas\tTours\t37200\t11",
      "0379990H\tLycée d’exemple de la Forêt\tChinon\t37500\t55",
      "0379991J\tÉcole d’exemple du Moulin\tAmboise\t37400\t7",
    ].join("\n"),
    refused: "Refused, to protect everyone: passwords, voting codes, NUMEN, lists of pupils.",
    fileLabel: "File you gave",
    sheets: "Sheets…",
    sheetsRead: (sheets) => {
      const [read, others] = [true, false].map((is) =>
        sheets.filter((one) => one.read === is).map(({ name }) => `“${name}”`),
      );
      const left = others?.length ? `; ${others.join(", ")} left out` : "";
      return `${read && read.length > 1 ? "sheets" : "sheet"} ${(read ?? []).join(", ")}${left}`;
    },
    header: "Titles in row",
    facts: (lines, columns) => `${n(lines, "row")} · ${n(columns, "column")}`,
    copy: (name) => `corrections in “${name}”`,
  },
  sheets: {
    lead: (all, lists) =>
      `This workbook has ${all} sheets. ` +
      (lists > 1
        ? `${capital(said(lists))} are lists of schools: they will be read together.`
        : lists
          ? "One of them is a list of schools."
          : "None has the columns that are needed. This is what was found."),
    caption: "What is to be read in this workbook?",
    headings: ["Sheet", "What is on it", "Titles", "Rows", "State"],
    row: "row",
    lines: (count) => (count === 1 ? "row" : "rows"),
    lacks: (names) => `It lacks: ${names}.`,
    headerOf: (name) => `Row of the titles of “${name}”`,
    isList: "list",
    isRead: "read",
    isLeft: "left out",
    twice: "A school on two sheets is told in “Cells”, and never printed twice without a word.",
    beginning: (name) => `The beginning of “${name}”`,
    found: (row) => `Titles found in row ${row}.`,
    noHeader: "No row of titles.",
    up: "Higher",
    down: "Lower",
    leftNone: "Tick the sheet to read.",
    left: (count, lines) => `${n(count, "sheet")} chosen, ${n(lines, "row")}.`,
    next: (count) => (count > 1 ? `Read the ${count} sheets` : "Read this sheet"),
  },
  changes: {
    title: "The list has changed",
    tab: "The list: what has changed",
    lead: (before, at) =>
      before === at ? "Compared with the one before, by the UAI." : `Compared with the file of ${before}, by the UAI.`,
    few: "This list has fewer than half of the schools of the one before. Is it the right one?",
    fewWay: "Choose another list",
    counts: { new: "New", gone: "Gone", changed: "Changed", same: "Unchanged" },
    kept: (count) => `${n(count, "correction")} kept.`,
    there: (count) => `${count === 1 ? "Another one is" : `${count} others are`} in your file now.`,
    leftOut: (count) => `${n(count, "row")} still left out.`,
    columns: "See the columns",
    caption: "What has changed",
    headings: ["Row", "School", "What changes", "State", "Action"],
    isNew: (copies) => (copies ? `New row, ${n(copies, "copy", "copies")}` : "New row"),
    isGone: "Is not in the list any more",
    cell: (column) => `${column}:`,
    yours: (column) => `${column}: your correction`,
    theirs: (text) => `, the file says “${text}”`,
    kinds: { new: "new", gone: "gone", changed: "changed", back: "as before", conflict: "correction kept" },
    more: (count) => `${n(count, "more change", "more changes")}.`,
    all: "See them all",
    left: (ready) => `${n(ready, "school")} ${isOne(ready) ? "is" : "are"} ready.`,
    next: "Continue: Cells",
  },
  twice: {
    title: (nth, count) => (count > 1 ? `Pair ${nth} of ${count}: two rows, one UAI` : "Two rows, one UAI"),
    row: (at) => `Row ${at}`,
    empty: "(empty)",
    choice: "Choice",
    keep: "Keep",
    keptRow: (at) => `row ${at}`,
    all: "Keep the first everywhere",
    note: "Nothing is made for them before you choose.",
    keys: "The key 1 keeps the first row, 2 the second.",
    same: "The same",
    part: "They are two schools…",
    partWhy: "Then one of the two codes is wrong. The Annuaire de l’éducation has the right one.",
    partRow: "Correct",
    partCode: (name) => `UAI of ${name}`,
    partHint: "Seven digits and a letter.",
    previous: "Pair before",
    next: "Next pair",
  },
  columns: {
    tab: "The list: columns",
    lead: "All columns of use were found.",
    leadAsk: (count) =>
      count === 1
        ? "One column is to be chosen; the others were found."
        : `${capital(said(count))} columns are to be chosen; the others were found.`,
    caption: "Where each piece of information comes from",
    headings: ["On the leaflet", "In your list", "Three examples", "State"],
    required: "required",
    columnFor: (label) => `Column for: ${label}`,
    choose: "Choose a column…",
    empty: "No column",
    unnamed: (nth) => `Column ${nth}, without a title`,
    proposed: (name) => `Proposed: “${name}”:`,
    take: (name) => `Take “${name}”`,
    found: "found",
    chosen: "chosen by you",
    toChoose: "to choose",
    none: "left empty",
    rest: (count) => `Optional: ${n(count, "other piece", "other pieces")} of information`,
    legend: "* required",
    restCaption: "What your list does not have",
    aside: (count) => `${n(count, "column")} left aside`,
    asideText: (list) => `${list}. None of them is printed.`,
    left: (count, needed) =>
      needed
        ? `${n(needed, "required column")} to choose.`
        : count
          ? `${n(count, "column")} to choose, or to leave empty.`
          : "The columns are ready.",
    next: (lines) => `Read the ${isOne(lines) ? "row" : `${lines} rows`}`,
  },
  cells: {
    tab: "The list: mend",
    lead: (count, twice, copied) => {
      const many = `${capital(said(twice))} ${twice === 1 ? "school stands" : "schools stand"} there twice`;
      const both = twice ? `${many}; nothing is made for them before you choose. ` : "";
      if (count)
        return (
          `${capital(said(count))} ${count === 1 ? "row is" : "rows are"} to be mended. ` +
          (both || "Corrections go into a copy; your file does not change.")
        );
      if (both) return both;
      return `Nothing is to be mended.${copied ? " Your corrections are in a copy; your file has not changed." : ""}`;
    },
    counts: { ready: "Ready", mend: "To mend", twice: "Twice", look: "To look at", elsewhere: "Other portal", left: "Left out", all: "All rows" },
    show: "Show",
    annotated: "Download the annotated list",
    search: "Search a name or a town",
    caption: (what, shown, all) => `${what}: ${shown} of ${n(all, "row")}`,
    headings: ["Row", "School", "Column", "What is wrong, and the way out"],
    line: "Row",
    noName: "no name",
    emptyCell: "empty cell",
    fill: "Fill the cell",
    mendCell: "Mend the cell",
    mendThis: (label, value, line) => `Mend ${label} ${value || "(empty)"}, row ${line}`,
    mendRow: (line) => `Mend row ${line}`,
    mendOf: (line) => `the correction of row ${line}`,
    cellLabel: (label, line) => `${label} of row ${line}`,
    whichField: "Column",
    mended: "mended",
    ready: "ready",
    leftOut: "left out",
    takeBack: "Take the row back",
    keep: "Keep",
    empty: "Leave the cell empty",
    keys: "Enter keeps and goes to the next cell, Escape leaves it as it was.",
    isTwice: "stands there twice",
    chooseRow: "Choose",
    nothing: {
      mend: "Nothing is to be mended.",
      twice: "No school stands there twice.",
      look: "Nothing is to be looked at.",
      elsewhere: "No school votes on another portal.",
      left: "No row is left out.",
      all: "The list is empty.",
    },
    nothingFound: "No row matches this search.",
    left: (count, ready) =>
      `${n(count, "row")} to mend. Without ${count === 1 ? "it" : "them"}, ` +
      `${n(ready, "leaflet")} ${isOne(ready) ? "is" : "are"} ready.`,
    leftTwice: (count) =>
      `${n(count, "school")} ${count === 1 ? "waits" : "wait"} for your choice.`,
    nextTwice: "Continue: Twice",
    leftNone: (ready) => `${n(ready, "school")} ${isOne(ready) ? "is" : "are"} ready.`,
    nextWithout: (count) => (count === 1 ? "Continue without this row" : `Continue without these ${count} rows`),
    next: "Continue: Addresses",
  },
  addresses: {
    tab: "The list: addresses to try",
    lead: (ready, open) =>
      `${n(ready, "school")} ${isOne(ready) ? "is" : "are"} ready. ` +
      (open ? "Before the code of the mailbox is printed, try it with your phone." : "No address is left to try."),
    academy: (name, count, schools) => `${name} · ${count} ${schools === 1 ? "school" : "schools"}`,
    codeAlt: (url) => `Code to scan: ${url}`,
    without: (count) => `${n(count, "school")} without an address to try: the way is said in words there.`,
    stepsOther: [
      "Scan the code with your phone.",
      "It is a page of your académie? It is the right one. Enter nothing there.",
      "Say so here.",
    ],
    steps: [
      "Scan the code with your phone.",
      "The page asks for your user name and password? It is the right one. Enter nothing.",
      "Say so here.",
    ],
    works: "It works, I have seen it",
    after: "to try next",
    other: "Another address…",
    give: "Give an address…",
    confirmed: "tried by you",
    declined: "not printed, as you chose",
    decline: (kind) => (kind === "webmail" ? "Do not print this code" : "Do not print this address"),
    use: (kind, use) => {
      if (use === "reserve" || kind === "site" || kind === "path") return "";
      const place = kind === "webmail" ? "below “Ma messagerie”" : "where help is";
      return use === "printed" ? `Printed ${place}.` : `If it works, it will be printed ${place}.`;
    },
    attested: (when) => {
      if (/^\d+$/.test(when)) return `attested in ${when}, not since`;
      if (/^\d\d\/\d{4}$/.test(when)) return `attested in ${when}`;
      return /^\d/.test(when) ? `attested on ${when}` : "to be tried";
    },
    others: (count) => n(count, "other known address", "other known addresses"),
    noneKnown: "No safe address is known",
    kinds: (kind, url) => {
      if (kind === "webmail") return "Mailbox:";
      return /identifiant/i.test(url) ? "Forgotten user name:" : "Help about the mailbox:";
    },
    instead: (text, open) =>
      `${open ? "Unless somebody tries it, the" : "The"} leaflet has: ${text.replace(/https?:\/\//g, "").replace(/\/(?=,|$)/, "")}.`,
    otherLabel: "Address of the mailbox",
    otherHint: "It begins with https:// and ends with the name of the académie.",
    otherKeep: "Keep this address",
    kept: "Your answer is dated and kept in the campaign. It travels with the .leaflet file.",
    left: (open, waiting) => {
      if (!open) return "The addresses are ready.";
      const count = n(open, "address", "addresses");
      if (waiting && waiting < open) return `${count} to try before printing.`;
      const then = waiting
        ? `${open > 1 ? "they are" : "it is"} not printed`
        : `${open > 1 ? "they are" : "it is"} printed as ${open > 1 ? "they are" : "it is"}`;
      return `${count} to try. Without an answer, ${then}.`;
    },
  },
  pages: {
    title: names.pages,
    lead: "Choose, write: the real page of a real school follows.",
    document: "The document",
    others: (labels) => `See ${n(labels.length, "other document")}: ${labels.join(", ").toLowerCase()}`,
    proposed: "text proposed",
    longest: (lines, points, usual) =>
      `The longest name stands on ${n(lines, "line")}` +
      `${usual ? `, at ${points} points instead of ${usual}` : ""}.`,
    several: "Several documents at once",
    look: "The look",
    lookOf: (label) => `The look: ${label}`,
    words: "Your words",
    wordsText: "Write; the page follows. Touch a place on the page to find its text.",
    linesAdded: (own) => `${own ? n(own, "line") : "nothing"} of yours, 1 added (professional address)`,
    lines: (used, of) => (used ? `${n(used, "line")} of ${of}` : `empty, room for ${n(of, "line")}`),
    which: "Which school",
    schools: { first: "First", longest: "Longest name", shortest: "Shortest" },
    how: "How to see it",
    views: { screen: "Screen", copy: "Photocopied" },
    previous: "Previous school",
    following: "Next school",
    place: (nth, of) => `${nth} of ${of}`,
    sample: "example school",
    copied: (read, of) =>
      read < of
        ? `Photocopied three times, ${of - read} of ${n(of, "code")} cannot be read any more`
        : `Photocopied three times, the ${of > 1 ? `${of} codes` : "code"} can still be read`,
    takeLook: (label) => `Try the look “${label}”`,
    copiedText: () => "The picture is what a worn machine makes of three copies; codes were read on it.",
    codesRead: (read, of) => `${of > 1 ? "Codes" : "Code"} read: ${read} of ${of}`,
    left: "Document, look and words are ready.",
    leftSample: "With an example school, as long as the list is missing.",
    next: "Continue: Check",
  },
  color: {
    wrong: (value) => `“${value}” is not a colour: paste its code, with # or without: 1f3a93.`,
    title: "Your colour",
    one: "Only one: everything else follows from it",
    change: "Change…",
    fromLogo: "Found in your logo",
    usual: "Proposed colours",
    swatch: (color) => `Colour ${color}`,
    code: "Code of the colour",
    picker: "Colour picker",
    onIt: "Text on your colour",
    asText: "Your colour as text",
    ratio: (value) => `${value} to 1`,
    always: "Always readable.",
    kept: "Your colour can be read everywhere as it is.",
    darker: "Your colour is too light for text on white: it is darkened there, and only there.",
  },
  check: {
    title: names.check,
    reading: "Making the pages and reading them again…",
    lead: (errors, mends, looks) => {
      const others = [mends && `${said(mends)} to mend in the list`, looks && `${said(looks)} to look at`]
        .filter(Boolean)
        .join(", ");
      if (errors)
        return (
          `${capital(said(errors))} ${errors > 1 ? "things" : "thing"} to settle before printing` +
          `${others ? `, ${others}` : ""}.`
        );
      return others
        ? `Nothing prevents printing. ${capital(others)}.`
        : "Every page was really set.";
    },
    errors: "To settle before printing",
    mends: "To mend in the list",
    looks: "To look at",
    count: (count) => `${count} times.`,
    passed: "Checked, and good",
    passedCount: (count) => n(count, "check"),
    good: "All is well",
    goodBut: "Nothing prevents printing",
    goodText: (schools) =>
      `${n(schools, "school")}: everything fits, no secret line is filled in.`,
    accepted: (count) => `${n(count, "point")} accepted by you`,
    codes: "The codes of each file are read when it is made",
    lines: (lines, others) => `Rows ${lines}${others ? ` and ${n(others, "other")}` : ""}.`,
    where: "Where it is",
    page: "The page that was checked",
    touch: "Touch a pin to read the point.",
    behind: (points, side) => `${points.length > 1 ? "Points" : "Point"} ${points.join(", ")}: ${side.toLowerCase()}.`,
    points: (shown, count, listed) => {
      if (!count) return "Nothing to report";
      if (!shown) return n(count, "point");
      return `${n(shown, "point")} on the page${count > shown ? `, ${count - shown} ${listed ? "in the list" : "elsewhere"}` : ""}`;
    },
    review: "Look again",
    reviewThis: (title) => `Look again: ${title}`,
    pin: (nth, text) => `Point ${nth}: ${text}`,
    loupe: (nth, text) => `Point ${nth}, enlarged: ${text}`,
    left: (count, lines) =>
      `${count > 1 ? `Points 1 to ${count} are` : "Point 1 is"} to settle.${lines.length ? ` ${without(lines)}` : ""}`,
    without: (lines) => without(lines),
    waiting: (count) => waiting(count),
    leftLook: "Nothing prevents making them.",
    leftNone: "Only the making is left.",
    nextError: (nth) => `Go to point ${nth}`,
    next: "Continue: Make",
  },
  make: {
    title: names.make,
    lead: "Tick what you need. Everything can be made again, exactly alike.",
    what: "What to make",
    summary: "In short",
    schools: "Schools",
    copies: "Copies",
    documents: (count) => (count > 1 ? "Documents" : "Document"),
    which: "Which leaflets",
    changed: "Only what has changed",
    all: "Everything again",
    changedOnly: "Only what has changed since last time.",
    twice: (count) => waiting(count),
    notMade: (count) =>
      `${n(count, "school")} ${count === 1 ? "was" : "were"} not made: on two rows that differ, until you choose`,
    chooseRow: "Choose",
    leftRows: (count) => `${n(count, "row")} left out.`,
    without: (count) =>
      count > 1 ? `${count} schools vote on another portal: no leaflet for them.` : "One school votes on another portal: no leaflet for it.",
    seeThem: "See them",
    missing: (id, state) => {
      if (id === "election" && state === "compare")
        return { text: "The portal was not compared with your notice", way: "Compare it first" };
      if (id === "election") return { text: "Answers are still missing", way: "Answer first" };
      if (id === "list") return { text: "The list of schools is missing", way: "Give the list" };
      if (state === "look") return { text: "Something is left to settle before printing", way: "See what is left" };
      return {
        text: "These pages were not checked yet",
        why: "A fault would be seen only in print. A minute is enough.",
        way: "Check first",
      };
    },
    chooseCard: "Choose a card",
    willAsk: "You will be asked for the name of the print shop.",
    short: outputs,
    leftNothing: "First tick what is to be made.",
    left: (labels) => (labels.length > 3 ? `${labels.length} outputs chosen.` : `${capital(joined(labels))}.`),
    nextNothing: "Choose what to make",
    next: (count, files) => (count === 1 ? "Make it" : `Make the ${count} ${files ? "files" : "outputs"}`),
    leadRunning: "Being made. You can go on working elsewhere.",
    leadStopped: "The making was stopped, as you asked.",
    leadFault: "The making was interrupted.",
    kept: (counted, count) =>
      count
        ? `Nothing is lost: ${counted} ${count > 1 ? "are" : "is"} kept.`
        : "Your answers and your list are kept.",
    later: (ids) => `The ${joined(ids.map((id) => outputs[id] ?? id))}: complete once it is resumed`,
    progress: "Progress",
    of: (total) => `of ${total}`,
    far: (done, total, rest) => `${done} of ${total}${rest ? `, ${rest}` : ""}`,
    leaflets: (count) => n(count, "leaflet"),
    cards: (count) => n(count, "card"),
    secondsLeft: (count) => `about ${n(count, "second")} left`,
    minutesLeft: (count) => `about ${n(count, "minute")} left`,
    starting: "Getting ready…",
    soon: "A few moments more…",
    stop: "Stop",
    done: "done",
    then: "then",
    last: "Last page set",
    leftRunning: (count) => `Stopping keeps all that is made: ${count}.`,
    leftWhole: (id) => `The ${outputs[id]}: made in one go; stopped, it begins anew.`,
    leftStopped: (time) => `Stopped at ${time}.`,
    leftFault: (cause, time) => `${cause}: interrupted at ${time}.`,
    leftFull: (time) => `Interrupted at ${time} for want of room.`,
    rest: (count) => `${count} left`,
    toMake: (counted) => `${counted} to put into it`,
    resume: (count, left) => (left > 1 ? `Resume the ${count} that are left` : "Resume"),
    keptRow: (counted) => `${counted} finished and read again`,
    again: (id) => `Begin the ${outputs[id]} anew`,
    thenResume: (button) => `Then press “${button}”.`,
    choose: "Back to the choice",
    otherPlace: "Choose another folder…",
    inPlace: "Folder",
    changePlace: "Change…",
    moved: (folder) => `The files will go into ${folder}`,
    movedText: (free, kept, button) =>
      `${free && `${free} left there. `}${kept ? "What is finished is there already. " : ""}Press “${button}”.`,
    place: {
      title: "Choose another folder",
      lead: "The files will go there, into a folder of their own. The campaign and the list stay where they are.",
      found: "Where there is enough room",
      none: "No USB stick or folder with enough room was found. Plug a stick in, then open this window again.",
      free: (size) => `${size} free`,
      other: "Another folder",
      otherHint: (system) =>
        ({
          windows: "Open the folder, click into the address bar at the top of its window, copy, and paste here.",
          mac: "Click the folder in the Finder, press Option + Command + C, then paste here.",
          other: "Open the folder and press Ctrl + L: its address appears. Copy it and paste it here.",
        })[system],
      example: (address) => `For example: ${address}`,
      election: "Elections",
      above: (names, address) =>
        `Choose ${names.length > 1 ? "a folder" : `“${names[0]}”`} above, ` +
        `or paste the whole address, for example ${address}.`,
      take: "Take this folder",
    },
    againWhole: (id) => `The ${outputs[id]} must be made anew as a whole; your answers and your list are kept.`,
    doneTitle: (count, total) => (total ? `Done: ${n(count, "leaflet")}` : "Done"),
    doneLead: (seconds, codesRead, faults) =>
      `Made in ${seconds} s and read again, ${codesRead ? "the codes too" : "but not the codes"}, ` +
      `${faults ? `${n(faults, "point")} to look at below` : "without a fault"}.`,
    toLookAt: (count) => `${n(count, "point")} to look at`,
    leftDone: "The list corrected later? Only leaflets that changed will be made again.",
    files: "Your files",
    openFolder: "Open the folder",
    save: "Save",
    spreadsheet: "Spreadsheet",
    folder: "in the folder",
    otherFiles: (count) => `… and ${n(count, "other file")}.`,
    alsoIn: (folder) => `They are in ${folder}.`,
    alsoNamed: (folder) => `A copy stays in ${folder}.`,
    onDisk: (name) => `in the folder: ${name}`,
    savedNames: { cards: "cards", labels: "address-labels", drafts: "record-of-the-drafts", book: "leaflets-to-look-through" },
    savedPart: "-some",
    savedAs: (output, copies) =>
      output === "packing-list"
        ? "list-for-delivery"
        : `${output === "copier" ? "copier" : "print-shop"}-${copies}-${copies === "1" ? "copy" : "copies"}`,
    before: (copies) => (isOne(copies) ? "Before printing" : `Before printing all ${copies}`),
    countFiles: (files) => `${files} PDFs`,
    countSchools: (schools) => n(schools, "school"),
    test: "Print a test sheet",
    how: [
      { drawing: "scale", title: "Scale 100%", text: "Choose “Actual size”. Never “Fit to page”." },
      { drawing: "edge", title: "Both sides, long edge", text: "The page turns like that of a book." },
      {
        drawing: "trial",
        title: "A test sheet",
        text: "Measure the printed line: 50 mm. Scan the code with your phone.",
      },
    ],
    after: "And then?",
    more: "Make something else",
    pack: "Send the campaign to another section",
    packText: "A .leaflet file, without your list.",
    packed: (file) => `“${file}” is saved. Your list is not in it.`,
    poster: "A poster for the staff room",
    list: "Your list",
    listKept: "It is kept on this computer so that a leaflet can be made again. Delete it after the vote.",
    erase: "Delete it now…",
  },
  erase: {
    keep: "Keep",
    list: {
      title: "Delete the list and its mended copy?",
      text: "The leaflets stay; to make one again, the list will have to be given again.",
      erase: "Delete the list",
    },
    people: {
      title: "Delete the names and their cards?",
      text: "The cards made with these names go, too, also those in the ZIP: print them first. What has no name stays, and so does a list that you had put into this folder yourself.",
      erase: "Delete the names and the cards",
    },
  },
  welcome: {
    tab: "Home",
    title: "What would you like to prepare?",
    lead: "Ten minutes are enough. You can stop at any time and come back: nothing is lost.",
    again: "Hello again",
    againLead: "Your campaign is where you left it.",
    leaflets: {
      name: "Leaflets for my schools",
      text: "I have a list of schools. Each gets a leaflet with its name.",
      go: "Prepare leaflets",
    },
    cards: {
      name: "Cards for my colleagues",
      text: "I have a list of names. Everyone gets a reminder card, printed on my sheets.",
      go: "Prepare cards",
    },
    dossier: {
      name: "A campaign that was sent to me",
      text: "My federation gave me a file that ends in .leaflet. I add my list.",
      go: "Open the file",
    },
    withThis: "With this campaign",
    cardsToo: {
      name: "Cards for my colleagues",
      text: "The same days, the same portal: only the names are missing. In a folder of their own.",
      go: "Paste the names",
    },
    leafletsToo: {
      name: "Leaflets for my schools",
      text: "The same days, the same portal: only the list is missing. In a folder of their own.",
      go: "Give the list",
    },
    another: {
      name: "Another campaign",
      text: "A new folder beside this one, which stays as it is.",
      go: "Begin it",
    },
    dossierToo: {
      name: "A campaign that was sent to me",
      text: "A file that ends in .leaflet, in a folder of its own.",
      go: "Open the file",
    },
    others: "Your other campaigns",
    isNew: (folder) => `In a new folder: “${folder}”.`,
    ofKind: (cards, folder) => `${cards ? "Cards" : "Leaflets"} · “${folder}”`,
    open: "Open",
    here: "Everything stays on this computer",
    hereText: "No list, no name, no address goes to the internet.",
    seeYourself: "See for yourself",
    cut: ": cut the connection, everything still works.",
    standing: (name, word) => `${name}: ${word}`,
    changed: (day, time, folder) => [`Changed ${day ? `on ${day}` : "today"} at ${time}`, `In ${folder}`],
    resume: (name) => `Resume at “${name}”`,
  },
  drawings: {
    title: "Pour voter,",
    subtitle: "je me prépare maintenant",
    portal: "Le portail",
    days: "Vote : 3 – 10 déc. 2026",
    password: "Mon mot de passe élections",
  },
  dossier: {
    tab: "A campaign that was sent to me",
    gone: "Open the file again from the first page.",
    title: "The campaign that was sent to you",
    over: (day) => `This vote ended on ${day}`,
    overText: "Ask whoever sent you this file for the campaign of this year.",
    lead: (campaign, day, publisher) =>
      `${campaign}. Prepared${publisher ? ` by ${publisher}` : ""}${day ? ` on ${day}` : ""}.`,
    yoursMissing: " Only what is yours is missing.",
    compare: "Before you use it, compare the portal with your voting notice",
    compareText: "Everywhere this file will write:",
    compareWhy: "A forged file could lead elsewhere.",
    same: "This is the address in my notice",
    left: "First compare the portal with your notice.",
    leftSame: "Nothing of this file is taken yet.",
    refused: "This file cannot be used.",
    use: "Use this campaign",
    useAnyway: "Use it all the same",
    yours: "Three things are left to you",
    toYou: "yours",
    yoursItems: [
      ["pencil", "Name and address of your section", "printed at the foot of the leaflet"],
      ["table", "Your list of schools", "it will not leave this computer"],
      ["phone", "Try the address of the mailbox", "a code to scan, one minute"],
    ],
    inside: "What is in this file",
    notice: "Days, portal, steps",
    answered: (answered, missing) => `${n(answered, "answer")}${missing ? `, ${missing} blank` : ""}`,
    own: (keys) =>
      capital(
        keys.map((key) => ({ "publisher.color": "colour", "publisher.logo": "logo" })[key] ?? "message").join(", "),
      ),
    documents: (count) => n(count, "document"),
    tried: "Addresses of mailboxes that were tried",
    academies: (count) => n(count, "académie"),
    will: "What comes of it",
    willAlt: (name) => `Front as it would be printed: ${name}`,
    sample: "with an example school",
    harmless: "No list, no name, no program: a campaign file can run nothing.",
  },
  cards: {
    names: "The names",
    namesLead: "Copy the column of names in your spreadsheet, paste it here, and say which school it is of.",
    namesTodo: "to paste",
    schoolTodo: "school to write",
    whichSchool: "The names are there; which school they are of is still to be said.",
    namesWord: (total, odd) => (odd ? `${odd} to look at` : n(total, "name")),
    paste: "Paste the names",
    pasteHint: "One a line. “LABERT Julie”, “Julie Labert” or two columns: all are understood.",
    placeholder: "LABERT Julie\nIF Zoé\n…",
    school: "School",
    town: "Town",
    uai: "UAI code",
    uaiHint: "The UAI code is optional: it puts the address of the mailbox on the card.",
    leftSchool: "Write the school and its town, too.",
    orFile: "Or choose a file…",
    nameless: "Cards without names",
    never: "Put in no NUMEN, no password and no date of birth: they would be refused.",
    left: "The names are missing.",
    leftAll: "The names and the school are missing.",
    see: "See the card",
    leftRead: "The names are pasted; they are still to be read.",
    read: "Read the names",
    sample: "an example, still without a name",
    card: "The card",
    enlarge: "Enlarge the card",
    counted: (total, odd) =>
      (total ? `${n(total, "name")}, ${n(total, "card")}. ` : "No name was read. ") +
      (odd ? `${capital(said(odd))} to look at.` : total ? "All are read." : ""),
    forSchool: "For which school?",
    putUai: (uai) => `Put ${uai}`,
    search: "Look for a name",
    nobody: "No name is like this.",
    tick: (name) => `Choose ${name}`,
    untick: "Choose nobody",
    drop: (name) => `Take ${name} away`,
    line: (nth) => `no. ${nth}`,
    cardStates: { new: "new", mended: "mended", made: "card made" },
    leftOnly: (count) => `${count} chosen. The other cards do not change.`,
    only: (count) => (count === 1 ? "This card only" : `These ${count} cards only`),
    onlyThese: (names) =>
      names.length > 4 ? `${names.length} cards only, chosen among the names.` : `Only: ${names.join(", ")}.`,
    ratherAll: (total) => `Rather the ${total} cards`,
    onlyChanged: (count) => (count === 1 ? "One card is new or mended" : `${count} cards are new or mended`),
    makeOnly: (count, label = false) =>
      count === 1 ? `Make this ${piece(label)} only` : `Make these ${count} ${piece(label)}s only`,
    othersStay: "The others do not change.",
    tabs: "Sheets of the workbook",
    noNames: "without names",
    pasteOther: "Paste another list",
    at: "For",
    all: "All",
    swap: "Swap first and last names everywhere",
    add: "Add a name",
    first: "First name",
    last: "Last name",
    caption: "The pasted names and what will be printed",
    nth: "No.",
    onCard: "On the card",
    state: "State",
    ready: "ready",
    parts: (first, last) => (first || !last ? `first: ${first || "–"} · last: ${last || "–"}` : "printed as it is"),
    nothingOdd: "Nothing is to be looked at.",
    showMore: (count) => `Show more (${count})`,
    leftNames: (total, odd) =>
      odd ? `${n(total, "card")}. ${n(odd, "name")} to look at.` : `${n(total, "card")}, nothing to confirm.`,
    mend: (name) => `Mend ${name}`,
    keep: "Keep",
    next: "Continue: The card",
    sheet: "The card",
    sheetTodo: "after the names",
    sheetDone: "ready",
    sheetLead: "Choose the sheet, complete the answers, then make the cards.",
    sheets: "What do you print on?",
    reference: "Number or size",
    referenceHint: "What is written on the box, for instance “C32011”, “L7163” or “99.1 × 38.1”",
    fitting: "Sheets that fit",
    size: (width, height) => `${width} × ${height} mm`,
    kind: (sides, plain) => (plain ? "to cut out" : sides > 1 ? "cards" : "labels"),
    perSheet: (count, document, plain) =>
      `${count} a sheet, ` +
      ({
        "memo-label": "on one side: the QR code of the portal, a line for the password",
        "memo-a6": "to fold: one writes under the fold",
      }[document] ?? "on both sides: the portal in front, the mailbox behind") +
      (plain ? "; with crop marks" : ""),
    enough: (total, sheets) => (total ? `${n(total, "name")}: ${sheets}` : sheets),
    plain: "Plain A4 paper",
    measure: "My box is not there: its measures",
    measureText: "An A4 sheet of the box and a ruler are enough.",
    measureName: "What is the box called?",
    measureKind: "What is it?",
    measureKinds: ["Labels that stick: one side", "Cards: front and back"],
    measures: [
      "width of one piece",
      "height of one piece",
      "from the left edge to the first",
      "from the top to the first",
      "from one to the next, across",
      "from one to the next, down",
    ],
    measureUnit: "In millimetres, to the tenth: 99.1.",
    measureKeep: "Keep these measures",
    tried: "Your sheet",
    triedText: "By your measures. Keep them, then print the test sheet.",
    testText: "On plain paper, at 100%: hold it on a real sheet, against a window.",
    nameHint: "Printed on the back of the card",
    vote: "The vote",
    mailbox: "The address of the mailbox",
    notTried: ", not tried yet",
    gives: "; the card gives",
    untried: "Without an answer the code is not printed: the card gives the site of the académie.",
    noSheet: (sought) => `“${sought}” is not in our list. Its measures are enough; they are often on the back of the box.`,
    found: (count) => `${n(count, "sheet")} found.`,
    fewAnswers: "These answers are enough for the cards.",
    firstSheet: "First sheet",
    firstPaper: "The sheet",
    onPaper: (total, sheets) => `${n(total, "card")} to cut out${sheets > 1 ? `, on ${sheets} sheets` : ""}.`,
    pieces: (count, plain) => n(count, plain ? "sheet of paper" : "sheet", plain ? "sheets of paper" : "sheets"),
    places: "Places of the first sheet",
    used: "used",
    place: (place, used, nth) =>
      used
        ? `Place ${place}, used`
        : nth
          ? `Place ${place}, card ${nth}${nth === 1 ? ", the first" : ""}`
          : `Place ${place}, free`,
    begun: "Sheet begun already? Touch the first free place.",
    leftSheets: (total, sheets, start, label) =>
      `${n(total, piece(label))} on ${sheets}${start > 1 ? `, from place ${start} on` : ""}.`,
    leftBlank: (count) => `${n(count, "answer")} missing.`,
    toBlank: "Go to the answer",
    leftNameless: (sheet, places, label) => `Without names: ${sheet} of ${n(places, piece(label))}.`,
    make: (total, label) => (isOne(total) ? `Make the ${piece(label)}` : `Make the ${total} ${piece(label)}s`),
    makeNameless: "Make one sheet",
    printing: "Print",
    printTodo: "at the end",
    printDone: "ready",
    printStale: "to be made again",
    staleTitle: (total) => (isOne(total) ? "The card must be made again" : `${total} cards must be made again`),
    staleLead: "Something has changed since they were made.",
    leftStale: "The cards that were made are not up to date any more.",
    makeAgain: (total) => (isOne(total) ? "Make the card again" : `Make the ${total} cards again`),
    doneTitle: (count, total, label) =>
      total > 1 ? `${count} ${piece(label)}s are ready` : `The ${piece(label)} is ready`,
    doneLead: (sheets) => `${sheets}, read again card by card.`,
    beforePrinting: "Before printing",
    shifted: "Are the frames shifted?",
    shiftedItems: [
      "Scale: 100% or “Actual size”, never “Fit to page”.",
      "Paper: A4, with the same margins for front and back.",
      "Always shifted to the same side? Push the guide of the tray against the sheets, then test again.",
    ],
    print: "Print without wasting a sheet",
    test: "Print the test sheet",
    open: (sheets) => (sheets === 1 ? "Open the sheet (PDF)" : `Open the ${sheets} sheets (PDF)`),
    how: [
      {
        drawing: "trial",
        title: "Test on paper",
        text: "Hold the test sheet on a sheet of cards against a window: the frames coincide.",
      },
      { drawing: "scale", title: "Scale 100%", text: "“Actual size”, never “Fit”." },
      { drawing: "edge", title: "Long edge", text: "The back falls behind the right name." },
    ],
    hand: "Handing out the cards",
    handItems: [
      "Everyone fills in their own by hand.",
      "The voting code stays on the notice, never on the card.",
      "The card is destroyed after the vote.",
    ],
    namesKept: "They are kept on this computer, for one card more. Delete them after the vote.",
    eraseNames: "Delete the names…",
    leftDone: "A name was forgotten? The rest does not change.",
  },
  lock: {
    title: "This campaign is open already",
    lead: (who, since, title) =>
      `${who || "Somebody else"} has been working on ${title ? `“${title}”` : "this campaign"} since ${since}. ` +
      "Two people at once would undo each other’s work.",
    now: "Right now",
    saved: (time) => `Nothing saved since ${time}.`,
    left: (who) => `${who || "Somebody"} shut the computer without leaving? Take over: nothing that is done will be lost.`,
    what: "What would you like to do?",
    watch: "Watch without changing anything",
    watchText: (who) => `The page follows ${who || "them"} step by step.`,
    watchButton: "Watch",
    copy: "Work on a copy",
    copyText: (folder) => `“${folder} (copy)”, beside the original, which does not change.`,
    copyButton: "Make a copy",
    take: "Take over",
    takeText: (who) => `${who || "The other one"} keeps what is done, can only read, and is told with the next thing done.`,
    takeButton: "Take over…",
    sure: (who) => `Take over from ${who || "somebody else"}?`,
    sureText: (who) =>
      `Nothing that is done will be lost. If ${who || "somebody"} is still at the computer, say so first: ` +
      "that window will not be able to change anything.",
  },
  broken: {
    title: "The campaign does not open",
    lead: "Its file was changed outside leaflet. Your lists are there, and nothing was erased.",
    what: "What would you like to do?",
    back: "Take back the version before",
    backText: (change, time) =>
      `The campaign as it was ${time ? `at ${time}` : "before the last thing you did here"}. ` +
      `One thing is to be done again: “${change}”. The changed file is kept: “Redo” brings it back.`,
    backButton: "Take this version back",
    mended: "Somebody mended it?",
    mendedText: "The program reads it again, and the campaign opens.",
    where: "What is to be put right in the file",
    copy: "Copy",
    copied: "It is copied",
    again: "Read the file again",
  },
  unfinished: {
    title: "Your work is here",
    lead: (time) => `The program stopped without warning. All you had done until ${time} is kept.`,
    last: "What you did last",
    open: "One correction was not finished",
    standing: "Nothing is lost",
    resume: "Resume there",
    resumeLine: (line) => `Resume at row ${line}`,
    home: "Go to the start",
    columns: "See the columns again",
    happened: "What happened?",
    happenedText:
      "The computer or the program was probably switched off all at once. " +
      "Each thing you do is saved as soon as it is done: nothing is to be done again.",
  },
  gone: {
    title: "The program has stopped",
    text: (time) => `Nothing is lost: all was saved at ${time}, and what you were typing stayed on this page.`,
    textFresh: "Nothing is lost.",
    steps: ["Open leaflet again as usual, by its icon.", "This page goes on by itself. Do not close it."],
    retrying: "Trying again every two seconds…",
    copy: "Copy what I was typing",
    copied: "Copied",
    retry: "Try again now",
  },
  proof: {
    title: "Nothing is sent",
    lead: "This is not a promise: you can see it.",
    sent: "Sent to the internet",
    received: "Files from the internet",
    since: "Since",
    test: "The test that does not deceive",
    testText: "Switch off the wifi or unplug the cable, then make leaflets. Everything works.",
    kept: "What is kept on this computer, and where",
    folder: (folder) => `All of it is in ${folder}.`,
    erase: "Delete my lists…",
    understood: "I see",
  },
  end: {
    title: "leaflet has ended",
    lead: "Everything is saved. You can close this tab; to go on, open leaflet again.",
  },
  browser: {
    loading: "Getting the program ready",
    loadingText: (size) => `${size} come into this browser, once. After that, nothing leaves it.`,
    starting: "All of it is here. Starting…",
    elsewhere: "This campaign is open in another tab",
    elsewhereLead: "Two tabs at a time would undo each other’s work. Nothing that is done will be lost.",
    here: "Go on here",
    title: "Nothing installed, nothing sent",
    lead: "The program runs in this browser. This is no promise: you can see it.",
    keptHere: "Your campaign and the program are kept in this browser, and nowhere else.",
    program: "The program, for the next time",
    eraseAll: "Erase everything from this browser…",
    eraseTitle: "Erase everything from this browser?",
    eraseText: "The campaign, the lists and the program go from this computer. What you have saved elsewhere stays there.",
    eraseYes: "Erase everything",
    erased: "Everything is erased",
    erasedLead: "Nothing is left in this browser. You can close this tab.",
    unsaved: "This is not kept: the browser has no room left. Make some, then try again; do not close this page before.",
    saveNow: "Save these files: they are here only as long as this page is open.",
  },
  help: {
    title: "Help",
    keys: "With the keyboard",
    list: [
      ["Tab", "from one place to the next"],
      ["Enter", "keep, and go to the next cell"],
      ["Escape", "leave the cell as it was, close"],
      ["Ctrl+Z / Ctrl+Y", "undo, redo"],
      ["Alt+1 / Alt+5", "from one step to another"],
      ["Ctrl+V", "paste a list or names"],
      ["← / →", "previous, next school, on the page"],
      ["F6", "from the work to the page, and back"],
      ["Ctrl+P", "the test sheet, once it is made"],
    ],
    stations: {
      welcome: ["Choose a door. You can always come back here by “leaflet”, at the top left."],
      dossier: [
        "Compare the portal’s address with that of your notice. Nothing of the file is taken before you say so.",
      ],
      election: [
        "Copy from your voting notice. A blank answer is hatched on the page.",
        "Touch a place on the page to find its question.",
      ],
      list: [
        "Drop the list as it was sent to you, say where each piece comes from, mend what is wrong.",
        "Your file is never changed: corrections go into a copy.",
      ],
      pages: ["The page beside is the real one. It changes with each choice and each word."],
      check: ["What is to be settled prevents printing; what is to be looked at prevents nothing."],
      make: ["Tick, make. Stopping keeps all that is made."],
      cards: ["Paste the names, say which sheet you print on, make."],
    },
  },
  trouble: {
    cutOff: "The making was interrupted. What is made is kept.",
    tooBig: "This file is too big to be a list. Drop the workbook itself.",
    notThere: "The program cannot do this yet.",
    confused: "The program could not answer. Nothing was changed: try again.",
    watching: "You are only watching. To change something, open the page again and take over.",
  },
};
