// The short way, first part: the names, pasted or from a file, and what will be printed of each.
/** @import { Fault, People, Person } from "../contract" */
/** @import { School } from "../components/school.js" */
import { focusOn } from "../actions.js";
import { Button, Form, Headings, held, Segments } from "../components/basics.js";
import { FileButton, LISTS, useDroppedFile, usePastedText } from "../components/drop.js";
import { FaultNote, Ways } from "../components/fault.js";
import { TextField } from "../components/field.js";
import { KeptHere } from "../components/proof.js";
import { isNamed, SchoolFields } from "../components/school.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, keepDraft, put, state, upload, useLoaded, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { number, say } from "../words.js";
import { CardBeside } from "./card-sheets.js";

/** @param {{isAdding: boolean}} props isAdding: a name is to be added */
export function Names({ isAdding }) {
  const { value: people, fresh } = useLoaded("people");
  const [again, setAgain] = useState(false);
  const giving = useGiving(people ?? null, () => setAgain(false));
  const giveAgain = () => {
    giving.setTyped(null);
    setAgain(true);
  };
  if (people === undefined && !fresh) return html`<main id="work" tabindex="-1"></main>`;
  if (people && !again) return html`<${NameTable} people=${people} again=${giveAgain} isAdding=${isAdding} />`;
  return html`<${GiveNames} giving=${giving} close=${people && (() => setAgain(false))} />`;
}

/**
 * Takes names that are pasted or dropped, wherever one is among them, and keeps the school that they are of.
 * @param {People | null} people those that were given before
 * @param {() => void} done
 */
function useGiving(people, done) {
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [typed, setTyped] = useState(state.unread.typed);
  const [text, setText] = useState(state.unread.text);
  const [file, setFile] = useState(/** @type {File | null} */ (null));
  const [refused, setRefused] = useState(/** @type {string | null} */ (null));
  const [isAsked, setAsked] = useState(false);
  useEffect(() => void (state.unread = { text, typed }), [text, typed]); // which is there again when somebody comes back
  const remembered = useLoaded("sheets").value?.school; // that names were of which are erased
  const school = typed ?? people?.school ?? remembered ?? NO_SCHOOL;
  const hasSchool = isNamed(school);
  const tell = (/** @type {Fault | null} */ wrong) => {
    const shown = toldElsewhere(wrong);
    setFault(shown);
    setRefused(wrong && !shown ? school.uai : null);
  };
  const paste = async (/** @type {string} */ cells) => {
    setText(cells);
    if (!hasSchool) return askFor(school);
    const outcome = await change("pastePeople", { text: cells, school }, { quiet: true });
    tell(outcome.fault);
    if (!outcome.done) return;
    setText(""); // else it would be there again where names are erased
    done();
  };
  const take = async (/** @type {File} */ chosen) => {
    setFile(chosen);
    if (typed && hasSchool) {
      const { fault: wrong } = await change("setSchool", { school }, { quiet: true });
      if (wrong) return tell(wrong);
    }
    const outcome = await upload("staff", chosen);
    setFault(outcome.fault);
    setFile(null);
    if (outcome.done) done();
  };
  const nameless = async () => {
    setAsked(true);
    if (!hasSchool) return askFor(school);
    const outcome = await change("setSchool", { school, nameless: true }, { quiet: true });
    tell(outcome.fault);
    if (outcome.done) go("#/cartes/carte");
  };
  usePastedText(paste);
  const over = useDroppedFile(take);
  const isRefused = refused === school.uai;
  const type = (/** @type {string} */ cells) => void (setText(cells), setFault(null)); // it was of what stood there before
  return { fault, school, hasSchool, setTyped, text, setText: type, file, isRefused, isAsked, paste, take, nameless, over };
}

addEventListener("beforeunload", (event) => void (state.unread.text.trim() && event.preventDefault()));

/** @param {{giving: ReturnType<typeof useGiving>, close: (() => void) | null}} props close: back to the names there are */
function GiveNames({ giving, close }) {
  const { fault, school, hasSchool, setTyped, text, setText, file, paste, take, nameless, over } = giving;
  const isPasted = Boolean(text.trim());
  const isGiven = isPasted || file != null;
  const read = () => (file ? void take(file) : isPasted ? void paste(text) : focusOn(document.getElementById("names")));
  return html`<${View}
    title=${say("cards-names")}
    lead=${say("cards-names-lead")}
    above
    field="people"
    back=${{ address: "#/", text: say("welcome-tab") }}
    left=${leftToGive(giving)}
    see=${say("cards-see")}
    next=${!isGiven && close ? { text: say("cancel"), run: close } : { text: say("cards-read"), first: isGiven, run: read }}
    page=${html`<${Aside} label=${say("cards-card")}><${CardBeside} caption=${say("cards-sample")} /><//>`}
  >
    ${fault && html`<${FaultNote} fault=${fault} class="below" />`}
    <section class=${over ? "card drop over" : "card"} aria-labelledby="paste-names">
      <div class="stack">
        <${NamesField} text=${text} setText=${setText} pasted=${(/** @type {string} */ cells) => hasSchool && paste(cells)} />
        <div class="row">
          <${FileButton} id="names-file" accept=${LISTS} take=${take}><${Icon} name="table" />${say("cards-or-file")}<//>
          <${Button} look="btn quiet" run=${nameless}>${say("cards-nameless")}<//>
        </div>
        <p class="small mute"><${Icon} name="lock" /> ${say("cards-never")}</p>
        <${SchoolFields} school=${school} set=${setTyped} />
      </div>
    </section>
    <div class="above"></div>
    <${KeptHere} names />
  <//>`;
}

/** @param {ReturnType<typeof useGiving>} giving @returns what is left to do before names are read */
function leftToGive({ text, file, hasSchool, isRefused, isAsked }) {
  const name = file?.name ?? "";
  if (!text.trim() && !name && (hasSchool || !isAsked)) return hasSchool ? say("cards-left") : say("cards-left-all");
  if (isRefused) return say("cards-left-uai", { name });
  return hasSchool ? say("cards-left-read", { name }) : say("cards-left-school");
}

/** @param {{text: string, setText: (text: string) => void, pasted: (cells: string) => void}} props pasted: hears of what is pasted first */
function NamesField({ text, setText, pasted }) {
  const paste = (/** @type {ClipboardEvent} */ event) => {
    const cells = event.clipboardData?.getData("text/plain") ?? "";
    if (text || !cells.trim()) return;
    event.preventDefault();
    setText(cells);
    pasted(cells);
  };
  return html`<div>
    <label class="h3" for="names" id="paste-names">${say("cards-paste")}</label>
    <p class="hint" id="names-hint">${say("cards-paste-hint")}</p>
    <textarea
      class="in tall"
      id="names"
      rows="6"
      data-field="people"
      aria-describedby="names-hint"
      placeholder=${say("cards-placeholder")}
      value=${text}
      oninput=${held(setText)}
      onpaste=${paste}
    ></textarea>
  </div>`;
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");

/** @param {Person} person whose card is to be made again, or for the first time */
export const isFresh = ({ card }) => card === "new" || card === "mended";

/** @param {{people: People, again: () => void, isAdding: boolean}} props */
function NameTable({ people, again, isAdding }) {
  const { total, people: rows } = people;
  const odd = rows.filter((person) => person.faults.length);
  const [all, setAll] = useState(!odd.length);
  const [adding, setAdding] = useState(isAdding && people.editable);
  const [search, setSearch] = useState("");
  const only = useOnly(people);
  const lacks = lacksSchool(people);
  const calm = rows.filter((person) => !person.faults.length && !isFresh(person));
  const ordered = all || !odd.length ? [...new Set([...rows.filter(isFresh), ...odd, ...calm])] : odd;
  const sought = plain(search.trim());
  const shown = ordered.filter(({ name, first, last }) => plain(name || `${first} ${last}`).includes(sought));
  const shows = [
    { id: false, text: say("cells-shown", { show: "look" }), count: odd.length },
    { id: true, text: say("cards-all"), count: rows.length },
  ];
  const count = only.length;
  const left = count ? say("cards-left-only", { count }) : say("cards-left-names", { cards: total, odd: odd.length });
  const on = count ? say("cards-only", { count }) : say("cards-next");
  const next = total
    ? { text: on, address: "#/cartes/carte", first: true }
    : { text: say("cards-paste-other"), run: again, first: true, arrow: false };
  return html`<${View}
    title=${say("cards-names")}
    lead=${lacks && !people.faults.length ? say("cards-which-school") : say("cards-counted", { names: total, cards: total, odd: odd.length })}
    above
    beside=${html`<${Button} look="btn quiet" icon="paste" run=${again}>${say("cards-paste-other")}<//>`}
    back=${{ address: "#/", text: say("welcome-tab") }}
    left=${lacks ? say("cards-left-keep") : left}
    next=${lacks ? null : next}
    see=${say("cards-see")}
    page=${html`<${Aside} label=${say("cards-card")}><${CardBeside} caption=${say("cards-sample")} /><//>`}
  >
    <div class="stack">
      ${people.faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      ${people.notRead.map((text) => html`<p class="small mute" key=${text}>${text}</p>`)}
      ${people.sheets.length > 1 && html`<${Tabs} sheets=${people.sheets} counted=${!lacks} />`}
      <${SchoolLine} people=${people} />
      <div class="row between" hidden=${!rows.length}>
        ${odd.length > 0 && html`<${Segments} chips label=${say("cells-show")} items=${shows} chosen=${all} choose=${setAll} />`}
        <${Tools} ...${{ people, search, setSearch }} untick=${only.length > 0} add=${() => setAdding(true)} />
      </div>
      ${adding && html`<${AddName} close=${() => setAdding(false)} />`}
      <div class="sheet" hidden=${!rows.length}>
        <${Rows} people=${people} shown=${shown} states=${odd.length > 0} only=${only} />
        ${!shown.length && html`<p class="mute foot">${search ? say("cards-nobody") : say("cards-nothing-odd")}</p>`}
      </div>
      <${KeptHere} names />
    </div>
  <//>`;
}

/** @param {{people: People, search: string, setSearch: (text: string) => void, untick: boolean, add: () => void}} props */
const Tools = ({ people, search, setSearch, untick, add }) =>
  html`<div class="row tight">
    ${people.people.length > FEW && html`<input
      class="in search"
      type="search"
      aria-label=${say("cards-search")}
      placeholder=${say("cards-search")}
      value=${search}
      oninput=${held(setSearch)}
    />`}
    ${untick && html`<${Button} look="btn small quiet" run=${() => put({ only: [] })}>${say("cards-untick")}<//>`}
    ${people.editable && html`<${Button} look="btn small" icon="plus" run=${add}>${say("cards-add")}<//>`}
    ${people.pasted && people.total > 0 && html`<${Button} look="btn small quiet" run=${() => change("swapNames")}>${say("cards-swap")}<//>`}
  </div>`;

/** @param {{people: People, shown: Person[], states: boolean, only: string[]}} props states: some are to be looked at */
function Rows({ people, shown, states, only }) {
  const [limit, setLimit] = useState(100);
  const headings = [say("cards-nth"), say("cards-on-card"), say("cards-state")];
  const ticked = useRef("");
  const tick = (/** @type {string} */ place, /** @type {boolean} */ on, /** @type {boolean} */ range) => {
    const places = shown.map((person) => person.place).filter(Boolean);
    const ends = [places.indexOf(range ? ticked.current : place), places.indexOf(place)];
    const [from = 0, to = 0] = ends.sort((a, b) => a - b);
    const those = from >= 0 ? places.slice(from, to + 1) : [place];
    ticked.current = place;
    put({ only: on ? [...new Set([...only, ...those])] : only.filter((other) => !those.includes(other)) });
  };
  return html`<table class=${states ? "stackable names" : "stackable calm names"} role="table" aria-rowcount=${people.total + 1}>
      <caption class="unseen">${say("cards-caption")}</caption>
      <${Headings} texts=${headings} seen=${states ? 3 : 2} looks=${["col-nth"]} />
      <tbody>
        ${shown.slice(0, limit).map((person) => html`<${NameRow}
          key=${person.nth}
          ...${{ person, states, tick }}
          editable=${people.editable}
          ticked=${only.includes(person.place)}
        />`)}
      </tbody>
    </table>
    ${shown.length > limit && html`<p class="foot">
      <${Button} look="btn small" run=${() => setLimit(limit + 500)}>
        ${say("cards-show-more", { count: shown.length - limit })}
      <//>
    </p>`}`;
}

/**
 * The sheets of a workbook: one ticks those whose names are read, at least one.
 * @param {Pick<People, "sheets"> & {counted: boolean}} props counted: it is known whose names they are
 */
function Tabs({ sheets, counted }) {
  const [isLast, setLast] = useState(false);
  const toggle = (/** @type {string} */ name) => {
    const read = sheets.filter((one) => one.read !== (one.name === name)).map((one) => one.name);
    setLast(!read.length);
    if (read.length) void change("staffSheets", { sheets: read });
  };
  return html`<div class="chips" role="group" aria-label=${say("cards-tabs")}>
    ${sheets.map(({ name, isList, read, names }) => html`<${Button}
      key=${name}
      look="chip"
      aria-pressed=${String(read)}
      disabled=${!isList}
      run=${() => toggle(name)}
    >
      ${read && html`<${Icon} name="check" />`}${name} <b>${isList ? read && counted && number(names) : say("cards-no-names")}</b>
    <//>`)}
    <span class="small" role="status">${isLast && say("cards-last-tab")}</span>
  </div>`;
}

/** @param {{person?: Person, close: () => void}} props asks for a name: another one, or what one of the list should be */
function AddName({ person, close }) {
  const [first, setFirst] = useState(person?.first ?? "");
  const [last, setLast] = useState(person?.last ?? "");
  const [cells, setCells] = useState(person?.wrong ?? {});
  const isOver = useRef(false);
  const keep = async () => {
    if (isOver.current || !`${first}${last}`.trim()) return;
    isOver.current = true;
    const name = person ? "mendPerson" : "addPerson";
    const { done } = await change(name, { sheet: person?.sheet, line: person?.line, first, last, ...cells });
    isOver.current = done != null;
    if (done) close();
  };
  const latest = useRef(keep);
  const isTyped = first !== (person?.first ?? "") || last !== (person?.last ?? "") || (person && cells !== person.wrong);
  latest.current = async () => void (isTyped && (await keep())); // whoever goes on has not given it up
  useEffect(() => {
    const flush = () => void latest.current();
    const forget = keepDraft(flush);
    return () => [flush(), forget()];
  }, []);
  const stop = () => void ((isOver.current = true), close());
  const id = person ? `-${person.nth}` : "";
  const yes = person ? say("keep") : say("cards-add");
  return html`<${Form} class=${person ? null : "card"} keep=${keep} close=${stop} yes=${yes}>
    <div class="beside">
      <${TextField} id=${`first-name${id}`} label=${say("cards-first")} value=${first} set=${setFirst} required focused />
      <${TextField} id=${`last-name${id}`} label=${say("cards-last")} value=${last} set=${setLast} required />
      ${Object.entries(cells).map(([field, text]) => html`<${TextField}
        ...${{ id: `${field}${id}`, label: say("cards-cell", { field }), value: text, look: "code" }}
        set=${(/** @type {string} */ typed) => setCells({ ...cells, [field]: typed })}
      />`)}
    </div>
  <//>`;
}

/** @param {{people: People}} props says for which school the names are, and lets it be corrected without them */
function SchoolLine({ people }) {
  const { school } = people;
  const [typed, setTyped] = useState(/** @type {School | null} */ (null));
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const close = () => {
    setTyped(null);
    setFault(null);
    setTimeout(() => button.current?.focus());
  };
  const keep = async () => {
    if (!typed || !isNamed(typed)) return askFor(typed ?? NO_SCHOOL);
    const outcome = await change("setSchool", { school: typed }, { quiet: true });
    setFault(toldElsewhere(outcome.fault));
    if (outcome.done) close();
  };
  if (!typed && !school && !lacksSchool(people)) return null;
  if (typed || !school)
    return html`<${Form}
      class="card"
      aria-labelledby="for-school"
      keep=${keep}
      close=${school && close}
      button=${school ? "btn" : "btn first"}
      yes=${say("keep")}
    >
      <h2 class="h3 below" id="for-school">${say("cards-for-school")}</h2>
      ${fault && html`<${FaultNote} fault=${fault} />`}
      <${SchoolFields} school=${typed ?? school ?? NO_SCHOOL} set=${setTyped} focused=${typed != null} />
    <//>`;
  const { name, town, uai } = school;
  return html`<p class="row tight">
    <span>
      <span class="mute">${say("cards-at")}</span> <b>${name}</b>, ${town}${uai && html`, <span class="code">${uai}</span>`}
    </span>
    <button ref=${button} class="btn small quiet" type="button" onclick=${() => setTyped(school)}>
      <${Icon} name="pencil" />${say("question-change")}<span class="unseen">, ${say("cards-school")}</span>
    </button>
  </p>`;
}

/** @param {People} people @returns whether nobody has said whose they are; a list of several schools says so itself */
export const lacksSchool = ({ school, total }) => !school && !total;

/** @param {School} school leads to what is missing of it */
const askFor = ({ name }) => focusOn(document.getElementById(name.trim() ? "town" : "school"));

/** The faults of a UAI, which its field tells. */
const OF_UAI = new Set(["T302", "T303", "T304"]);

/** @param {Fault | null} fault @returns it unless its field tells it, which gets the focus then */
function toldElsewhere(fault) {
  if (!fault || !OF_UAI.has(fault.code)) return fault;
  focusOn(document.getElementById("uai"));
  return null;
}

/** @type {School} */
const NO_SCHOOL = { name: "", town: "", uai: "" };
const FEW = 12; // names among which one finds one without a search

/**
 * Returns the places of those whose cards are made alone: as ticked; before that, those that are new or mended since
 * cards were made. None means everybody.
 * @param {People | null | undefined} people
 */
export function useOnly(people) {
  const { only } = useStore();
  const rows = people?.people ?? [];
  const fresh = rows.filter(isFresh);
  const wanted = only ?? (fresh.length < rows.length ? fresh.map(({ place }) => place) : []);
  const there = new Set(rows.map(({ place }) => place).filter(Boolean));
  return wanted.filter((place) => there.has(place));
}

/**
 * @param {{person: Person, states: boolean, editable: boolean, ticked: boolean,
 *          tick: (place: string, on: boolean, range: boolean) => void}} props
 */
function NameRow({ person, states, editable, ticked, tick }) {
  const { nth, name, first, last, place } = person; // without a place nothing is printed
  const [mending, setMending] = useState(false);
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = name || `${first} ${last}`.trim();
  const close = () => {
    setMending(false);
    setTimeout(() => focusOn(row.current?.querySelector(".tool")));
  };
  const parts = first || !last || !place ? say("cards-parts", { first: first || "–", last: last || "–" }) : say("cards-whole");
  return html`<tr role="row" ref=${row}>
    <th scope="row" role="rowheader">
      <label class="pick flush">${place && html`<input
          type="checkbox"
          aria-label=${say("cards-tick", { name: shown })}
          checked=${ticked}
          onclick=${(/** @type {MouseEvent & {currentTarget: HTMLInputElement}} */ event) =>
            tick(place, event.currentTarget.checked, event.shiftKey)}
        />`}<span><span class="on-phone">${say("cards-nth")} </span>${nth}</span></label>
    </th>
    <td role="cell">
      ${mending
        ? html`<${AddName} person=${person} close=${close} />`
        : html`<b>${shown}</b>
            <div class="hint">${parts}</div>`}
    </td>
    <td role="cell">
      <div class="row tight end">
        <${CardState} person=${person} states=${states} />
        ${editable && !mending && html`<${Mend} person=${person} name=${shown} mend=${() => setMending(true)} />`}
      </div>
    </td>
  </tr>`;
}

/** @param {{person: Person, states: boolean}} props what is odd in a name, or what became of its card */
function CardState({ person: { faults, card }, states }) {
  if (faults.length)
    return html`<div>
      ${faults.map((fault) => html`<p class="small">${fault.text}</p>
        <${Ways} ways=${fault.ways} />`)}
    </div>`;
  if (!card) return states && html`<span class="tag good"><${Icon} name="check" />${say("cards-ready")}</span>`;
  const look = { made: "line", new: "good", mended: "" }[card];
  return html`<span class=${`tag ${look}`}
    >${card !== "made" && html`<${Icon} name=${card === "new" ? "plus" : "pencil"} />`}${say("cards-state-of", { card })}</span>`;
}

/** @param {{person: Person, name: string, mend: () => void}} props what mends a name, and what takes it away */
function Mend({ person: { nth, sheet, line }, name, mend }) {
  const drops = say("cards-drop", { name: name || say("cards-line", { nth: String(nth) }) });
  return html`<${Button} look="tool" icon="pencil" label=${say("cards-mend", { name })} run=${mend} />
    <${Button} look="tool" icon="cross" label=${drops} run=${() => change("dropPerson", { nth, sheet, line })} />`;
}
