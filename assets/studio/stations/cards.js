// The short way: names, the card, printing.
/** @import { Answers, Fault, Made, Measured, People, Person, Sheets } from "../contract" */
/** @import { School } from "../components/school.js" */
/** @import { IconName } from "../icons.js" */
import { fieldElement, focusOn } from "../actions.js";
import { Url } from "../components/address.js";
import { FileButton, LISTS, useDroppedFile, usePastedText } from "../components/drop.js";
import { FaultNote, Ways } from "../components/fault.js";
import { TextField } from "../components/field.js";
import { FileLink } from "../components/file.js";
import { How } from "../components/how.js";
import { Enlarge, Page, usePicture, VastPage } from "../components/page.js";
import { printTestSheet, usePrintKey } from "../components/print.js";
import { Questions } from "../components/question.js";
import { isNamed, SchoolFields } from "../components/school.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, isStale, make, put, settle, upload, useLoaded, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { number, say, sayLines, sayRows, size } from "../words.js";
import { neededSheets, SheetCard, sizeOf, Stock } from "./card-sheets.js";
import { Period } from "./election.js";
import { isOpen, sayAttested, Try } from "./list-addresses.js";
import { accepted, Erase, Make, MadeFiles, nameOf } from "./make.js";

/** @param {{route: import("../router.js").Route}} props */
export function Cards({ route }) {
  const { making } = useStore();
  if (route.part === "carte") return html`<${CardPart} route=${route} />`;
  if (route.part === "imprimer") {
    if (making?.made && !making.made.stopped)
      return html`<${Printed} made=${making.made} />`;
    return making ? html`<${Make} />` : html`<${CardPart} route=${route} />`;
  }
  return html`<${Names} />`;
}

/** @param {{caption?: string}} props */
function CardBeside({ caption }) {
  const { value } = useLoaded("sheets");
  const { items = [], sheet: chosen = "", document = "memo-card" } = /** @type {Sheets} */ (value ?? {});
  const asked = { document, of: "first", width: 720, view: /** @type {const} */ ("screen"), alone: true };
  const front = usePicture({ ...asked, page: 1 });
  const back = usePicture({ ...asked, page: 2 });
  const [vast, setVast] = useState(false);
  const sheet = items.find(({ id }) => id === chosen);
  const sides = front && back && front.pages > 1 && back.page === 2 ? [front, back] : [front];
  return html`<figure class="desk">
      <div class="top">
        <h2>${say("cards-card")}</h2>
        ${sheet && html`<span class="small mute">${sizeOf(sheet)}</span>`}
      </div>
      <div class="stack">
        ${sides.map((side, index) => html`<${Page} key=${index} picture=${side} zones=${false} />`)}
      </div>
      <figcaption>
        <span>${caption ?? front?.name}</span>
        <${Enlarge} run=${() => setVast(true)} text=${say("cards-enlarge")} />
      </figcaption>
    </figure>
    ${vast && front && html`<${VastPage} picture=${front} alone close=${() => setVast(false)} />`}`;
}

function Names() {
  const { value, fresh } = useLoaded("people");
  const people = value;
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [again, setAgain] = useState(false);
  const [text, setText] = useState("");
  const [typed, setTyped] = useState(/** @type {School | null} */ (null));
  const school = typed ?? people?.school ?? NO_SCHOOL;
  const isSchoolGiven = () => isNamed(school);
  const paste = async (/** @type {string} */ cells) => {
    if (!isSchoolGiven()) return focusOn(document.getElementById(school.name.trim() ? "town" : "school"));
    const outcome = await change("pastePeople", { text: cells, school }, { quiet: true });
    setFault(toldElsewhere(outcome.fault));
    if (outcome.done) setAgain(false);
  };
  const take = async (/** @type {File} */ file) => {
    if (typed && isSchoolGiven()) {
      const { fault: wrong } = await change("setSchool", { school }, { quiet: true });
      if (wrong) return setFault(toldElsewhere(wrong));
    }
    const outcome = await upload("staff", file);
    setFault(outcome.fault);
    if (outcome.done) setAgain(false);
  };
  const over = useDroppedFile(take);
  usePastedText(paste);
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const home = { address: "#/", text: say("welcome-tab") };
  if (value === undefined && !fresh) return html`<main id="work" tabindex="-1"></main>`;
  if (people && !again)
    return html`<${NameTable}
      people=${people}
      again=${() => {
        setText("");
        setTyped(null);
        setAgain(true);
      }}
    />`;
  const back = { text: say("cancel"), run: () => setAgain(false) };
  const read = () => (text.trim() ? void paste(text) : focusOn(area.current));
  return html`<${View}
    title=${say("cards-names")}
    lead=${say("cards-names-lead")}
    above
    field="people"
    back=${home}
    left=${!text.trim() ? (isSchoolGiven() ? say("cards-left") : say("cards-left-all")) : isSchoolGiven() ? say("cards-left-read") : say("cards-left-school")}
    see=${say("cards-see")}
    next=${!text.trim() && people ? back : { text: say("cards-read"), first: Boolean(text.trim()), run: read }}
    page=${html`<${Aside} label=${say("cards-card")}><${CardBeside} caption=${say("cards-sample")} /><//>`}
  >
    ${fault && html`<${FaultNote} fault=${fault} />
      <div class="above"></div>`}
    <section class=${over ? "card drop over" : "card"} aria-labelledby="paste-names">
      <div class="stack">
        <div>
          <label class="h3" for="names" id="paste-names">${say("cards-paste")}</label>
          <p class="hint" id="names-hint">${say("cards-paste-hint")}</p>
          <textarea
            ref=${area}
            class="in tall"
            id="names"
            rows="6"
            data-field="people"
            aria-describedby="names-hint"
            placeholder=${say("cards-placeholder")}
            value=${text}
            oninput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}
            onpaste=${(/** @type {ClipboardEvent} */ event) => {
              const cells = event.clipboardData?.getData("text/plain") ?? "";
              if (text || !cells.trim()) return;
              event.preventDefault();
              setText(cells);
              if (isSchoolGiven()) void paste(cells);
            }}
          ></textarea>
        </div>
        <div class="row">
          <${FileButton} id="names-file" accept=${LISTS} take=${take}><${Icon} name="table" />${say("cards-or-file")}<//>
          <a class="btn quiet" href="#/cartes/carte">${say("cards-nameless")}</a>
        </div>
        <p class="small mute"><${Icon} name="lock" /> ${say("cards-never")}</p>
        <${SchoolFields} school=${school} set=${setTyped} />
      </div>
    </section>
  <//>`;
}

/** @param {{people: People, again: () => void}} props */
function NameTable({ people, again }) {
  const odd = people.people.filter((person) => person.faults.length);
  const [all, setAll] = useState(!odd.length);
  const [limit, setLimit] = useState(100);
  const [adding, setAdding] = useState(false);
  const [search, setSearch] = useState("");
  const only = useOnly(people);
  const ticked = useRef("");
  const plain = (/** @type {string} */ text) => text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
  const fresh = people.people.filter(({ card }) => card === "new" || card === "mended");
  const calm = people.people.filter((person) => !person.faults.length && !fresh.includes(person));
  const ordered = all || !odd.length ? [...new Set([...fresh, ...odd, ...calm])] : odd;
  const shown = ordered.filter(({ name, first, last }) => plain(name || `${first} ${last}`).includes(plain(search.trim())));
  const tick = (/** @type {Person} */ { place }, /** @type {boolean} */ on, /** @type {boolean} */ range) => {
    const places = shown.map((person) => person.place).filter(Boolean);
    const [from = 0, to = 0] = [places.indexOf(range ? ticked.current : place), places.indexOf(place)].sort((a, b) => a - b);
    const those = from >= 0 ? places.slice(from, to + 1) : [place];
    ticked.current = place;
    put({ only: on ? [...new Set([...only, ...those])] : only.filter((other) => !those.includes(other)) });
  };
  return html`<${View}
    title=${say("cards-names")}
    lead=${lacksSchool(people) ? say("cards-which-school") : say("cards-counted", { names: people.total, cards: people.total, odd: odd.length })}
    above
    beside=${html`<button class="btn quiet" type="button" onclick=${again}>
      <${Icon} name="paste" />${say("cards-paste-other")}
    </button>`}
    back=${{ address: "#/", text: say("welcome-tab") }}
    left=${lacksSchool(people) ? say("cards-left-school") : only.length ? say("cards-left-only", { count: only.length }) : say("cards-left-names", { cards: people.total, odd: odd.length })}
    next=${lacksSchool(people)
      ? null
      : people.total
      ? { text: only.length ? say("cards-only", { count: only.length }) : say("cards-next"), address: "#/cartes/carte", first: true }
      : { text: say("cards-paste-other"), run: again, first: true, arrow: false }}
    see=${say("cards-see")}
    page=${html`<${Aside} label=${say("cards-card")}><${CardBeside} caption=${people.people[0]?.name} /><//>`}
  >
    <div class="stack">
      ${people.faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      ${people.notRead.map((text) => html`<p class="small mute" key=${text}>${text}</p>`)}
      ${people.sheets.length > 1 && html`<${Tabs} sheets=${people.sheets} />`}
      <${SchoolLine} people=${people} />
      <div class="row between" hidden=${!people.people.length}>
        ${odd.length > 0 && html`<div class="chips" role="group" aria-label=${say("cells-show")}>
          <button class="chip" type="button" aria-pressed=${String(!all)} onclick=${() => setAll(false)}>
            ${say("cells-shown", { show: "look" })} <b>${odd.length}</b>
          </button>
          <button class="chip" type="button" aria-pressed=${String(all)} onclick=${() => setAll(true)}>
            ${say("cards-all")} <b>${number(people.total)}</b>
          </button>
        </div>`}
        <div class="row tight">
          ${people.people.length > FEW && html`<input
            class="in search"
            type="search"
            aria-label=${say("cards-search")}
            placeholder=${say("cards-search")}
            value=${search}
            oninput=${(/** @type {any} */ event) => setSearch(event.currentTarget.value)}
          />`}
          ${
            only.length > 0 &&
            html`<button class="btn small quiet" type="button" onclick=${() => put({ only: [] })}>${say("cards-untick")}</button>`
          }
          ${people.editable && html`<button class="btn small" type="button" onclick=${() => setAdding(true)}>
            <${Icon} name="plus" />${say("cards-add")}
          </button>`}
          ${
            people.pasted &&
            html`<button class="btn small quiet" type="button" onclick=${() => change("swapNames")}>${say("cards-swap")}</button>`
          }
        </div>
      </div>
      ${adding && html`<${AddName} close=${() => setAdding(false)} />`}
      <div class="sheet" hidden=${!people.people.length}>
        <table class=${odd.length ? "stackable" : "stackable calm"} role="table" aria-rowcount=${people.total + 1}>
          <caption class="unseen">${say("cards-caption")}</caption>
          <thead>
            <tr role="row">
              <th scope="col" role="columnheader" class="col-nth">${say("cards-nth")}</th>
              <th scope="col" role="columnheader">${say("cards-on-card")}</th>
              <th scope="col" role="columnheader">
                ${odd.length ? say("cards-state") : html`<span class="unseen">${say("cards-state")}</span>`}
              </th>
            </tr>
          </thead>
          <tbody>
            ${shown.slice(0, limit).map((person) => html`<${NameRow}
                  key=${person.nth}
                  person=${person}
                  states=${odd.length > 0}
                  editable=${people.editable}
                  ticked=${only.includes(person.place)}
                  tick=${(/** @type {boolean} */ on, /** @type {boolean} */ range) => tick(person, on, range)}
                />`)}
          </tbody>
        </table>
        ${!shown.length && html`<p class="mute foot">${search ? say("cards-nobody") : say("cards-nothing-odd")}</p>`}
        ${shown.length > limit && html`<p class="foot">
          <button class="btn small" type="button" onclick=${() => setLimit(limit + 500)}>
            ${say("cards-show-more", { count: shown.length - limit })}
          </button>
        </p>`}
      </div>
    </div>
  <//>`;
}

/**
 * The sheets of a workbook: one ticks those whose names are read, at least one.
 * @param {Pick<People, "sheets">} props
 */
function Tabs({ sheets }) {
  const toggle = (/** @type {string} */ name) => {
    const read = sheets.filter((one) => one.read !== (one.name === name)).map((one) => one.name);
    if (read.length) void change("staffSheets", { sheets: read });
  };
  return html`<div class="chips" role="group" aria-label=${say("cards-tabs")}>
    ${sheets.map(({ name, isList, read, names }) => html`<button
      key=${name}
      class="chip"
      type="button"
      aria-pressed=${String(read)}
      disabled=${!isList}
      onclick=${() => toggle(name)}
    >
      ${read && html`<${Icon} name="check" />`}${name} <b>${isList ? read && number(names) : say("cards-no-names")}</b>
    </button>`)}
  </div>`;
}

/**
 * Asks for a name: another one, or what one of the list should be.
 * @param {{person?: Person, close: () => void}} props
 */
function AddName({ person, close }) {
  const [first, setFirst] = useState(person?.first ?? "");
  const [last, setLast] = useState(person?.last ?? "");
  const keep = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!first.trim() || !last.trim()) return;
    const { done } = await (person
      ? change("mendPerson", { sheet: person.sheet, line: person.line, first, last })
      : change("addPerson", { first, last }));
    if (done) close();
  };
  const id = person ? `-${person.nth}` : "";
  return html`<form
    class=${person ? null : "card"}
    onsubmit=${keep}
    onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}
  >
    <div class="beside">
      <${TextField} id=${`first-name${id}`} label=${say("cards-first")} value=${first} set=${setFirst} required focused />
      <${TextField} id=${`last-name${id}`} label=${say("cards-last")} value=${last} set=${setLast} required />
    </div>
    <div class="row above-less">
      <button class="btn" type="submit">${person ? say("keep") : say("cards-add")}</button>
      <button class="btn quiet" type="button" onclick=${close}>${say("cancel")}</button>
    </div>
  </form>`;
}

/**
 * Says for which school the names are, and lets it be corrected without them.
 * @param {{people: People}} props
 */
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
  const keep = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!typed || !isNamed(typed)) return focusOn(document.getElementById(typed?.name.trim() ? "town" : "school"));
    const outcome = await change("setSchool", { school: typed }, { quiet: true });
    setFault(toldElsewhere(outcome.fault));
    if (outcome.done) close();
  };
  if (!typed && !school && !lacksSchool(people)) return null;
  if (typed || !school)
    return html`<form
      class="card"
      aria-labelledby="for-school"
      onsubmit=${keep}
      onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && school && close()}
    >
      <h2 class="h3 below" id="for-school">${say("cards-for-school")}</h2>
      ${fault && html`<${FaultNote} fault=${fault} />`}
      <${SchoolFields} school=${typed ?? school ?? NO_SCHOOL} set=${setTyped} focused=${typed != null} />
      <div class="row above-less">
        <button class=${school ? "btn" : "btn first"} type="submit">${say("keep")}</button>
        ${school && html`<button class="btn quiet" type="button" onclick=${close}>${say("cancel")}</button>`}
      </div>
    </form>`;
  return html`<p class="row tight">
    <span>
      <span class="mute">${say("cards-at")}</span> <b>${school.name}</b>, ${school.town}${school.uai && html`, <span class="code">${school.uai}</span>`}
    </span>
    <button ref=${button} class="btn small quiet" type="button" onclick=${() => setTyped(school)}>
      <${Icon} name="pencil" />${say("question-change")}<span class="unseen">, ${say("cards-school")}</span>
    </button>
  </p>`;
}

/**
 * Tells whether nobody has said whose the names are; a list of several schools says so itself.
 * @param {People} people
 */
export const lacksSchool = ({ school, total }) => !school && !total;

/** The faults of a UAI, which its field tells. */
const OF_UAI = new Set(["T302", "T303", "T304"]);

/**
 * Returns a fault unless its field tells it, which gets the focus then.
 * @param {Fault | null} fault
 */
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
function useOnly(people) {
  const { only } = useStore();
  const rows = people?.people ?? [];
  const fresh = rows.filter(({ card }) => card === "new" || card === "mended");
  const wanted = only ?? (fresh.length < rows.length ? fresh.map(({ place }) => place) : []);
  const there = new Set(rows.map(({ place }) => place).filter(Boolean));
  return wanted.filter((place) => there.has(place));
}

/** @type {Record<Person["card"], {look: string, icon: IconName | null}>} */
const CARDS = {
  "": { look: "", icon: null },
  made: { look: "line", icon: null },
  new: { look: "good", icon: "plus" },
  mended: { look: "", icon: "pencil" },
};

/**
 * @param {{person: Person, states: boolean, editable: boolean, ticked: boolean,
 *          tick: (on: boolean, range: boolean) => void}} props
 */
function NameRow({ person, states, editable, ticked, tick }) {
  const { nth, name, first, last, faults, card, place, sheet, line } = person;
  const [mending, setMending] = useState(false);
  const pencil = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = name || `${first} ${last}`.trim();
  const close = () => {
    setMending(false);
    setTimeout(() => pencil.current?.focus());
  };
  return html`<tr role="row">
    <th scope="row" role="rowheader">
      <label class="pick flush">${
          place && html`<input
            type="checkbox"
            aria-label=${say("cards-tick", { name: shown })}
            checked=${ticked}
            onclick=${(/** @type {MouseEvent & {currentTarget: HTMLInputElement}} */ event) =>
              tick(event.currentTarget.checked, event.shiftKey)}
          />`
        }<span><span class="on-phone">${say("cards-nth")} </span>${nth}</span></label>
    </th>
    <td role="cell">
      ${
        mending
          ? html`<${AddName} person=${person} close=${close} />`
          : html`<b>${shown}</b>
              <div class="hint">${first || !last ? say("cards-parts", { first: first || "–", last: last || "–" }) : say("cards-whole")}</div>`
      }
    </td>
    <td role="cell">
      <div class="row tight end">
        ${faults.length
          ? html`<div>
              ${faults.map((fault) => html`<p class="small">${fault.text}</p>
                <${Ways} ways=${fault.ways} />`)}
            </div>`
          : card
            ? html`<span class=${`tag ${CARDS[card].look}`}
                >${CARDS[card].icon && html`<${Icon} name=${CARDS[card].icon} />`}${say("cards-state-of", { card })}</span
              >`
            : states && html`<span class="tag good"><${Icon} name="check" />${say("cards-ready")}</span>`}
        ${editable && !mending && html`<button
          ref=${pencil}
          class="tool"
          type="button"
          aria-label=${say("cards-mend", { name: shown })}
          title=${say("cards-mend", { name: shown })}
          onclick=${() => setMending(true)}
        >
          <${Icon} name="pencil" />
        </button>
        <button
          class="tool"
          type="button"
          aria-label=${say("cards-drop", { name: shown || say("cards-line", { nth: String(nth) }) })}
          title=${say("cards-drop", { name: shown || say("cards-line", { nth: String(nth) }) })}
          onclick=${() => change("dropPerson", { nth, sheet, line })}
        >
          <${Icon} name="cross" />
        </button>`}
      </div>
    </td>
  </tr>`;
}

/** @param {{route: import("../router.js").Route}} props */
function CardPart({ route }) {
  const { campaign } = useStore();
  const { value: sheets } = useLoaded("sheets");
  const { value } = useLoaded("people");
  const { value: answers } = useLoaded("answers");
  const people = value;
  const only = useOnly(people);
  const [measured, setMeasured] = useState(/** @type {Measured | null} */ (null));
  const { items = [], sheet = "", start = 1 } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find((item) => item.id === sheet) ?? items[0];
  const total = only.length || (people?.total ?? 0);
  const places = chosen ? chosen.across * chosen.down : 1;
  const label = chosen?.sides === 1;
  const { pieces, needed } = neededSheets(total, sheets);
  const all = /** @type {Answers | undefined} */ (answers)?.groups.flatMap((group) => group.items) ?? [];
  const days = all.filter(({ key }) => key === "vote.opens_on" || key === "vote.closes_on");
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    if (changing) focusOn(fieldElement("vote.opens_on"));
  }, [changing]);
  const isSettled = !changing && days.every(({ value, faults, refused }) => value && !faults.length && !refused);
  const asked = all
    .filter(({ required, origin, refused }) => required || origin === "proposed" || refused)
    .filter((answer) => answer.kind !== "picture" && !(isSettled && days.includes(answer)))
    .map((answer) => (answer.key === "publisher.name" ? { ...answer, hint: say("cards-name-hint") } : answer));
  const rules = useLoginRules();
  const ready = sheets != null && answers != null;
  const tried = measured?.sheet && measured.state !== "bad" ? measured.sheet : null;
  const blank = asked.filter(({ required, origin, trial }) => required && (origin === "blank" || trial));
  const latest = useRef(blank);
  latest.current = blank;
  const run = async () => {
    await settle();
    await new Promise((resolve) => setTimeout(resolve)); // for what was just typed to be known here
    const [first] = latest.current;
    if (first) return focusOn(fieldElement(first.key));
    if (campaign?.kind === "leaflets" && !people) await change("chooseSheet", { sheet, start }); // in a folder of theirs
    go("#/cartes/imprimer");
    await make(["cards"], false, 0, only);
  };
  return html`<${View}
    title=${say("cards-card")}
    lead=${say("cards-sheet-lead")}
    above
    grid="duo slim"
    ready=${ready}
    field=${route.at.get("field")}
    answers
    back=${{ address: "#/cartes/noms", text: say("cards-names") }}
    left=${blank.length
      ? say("cards-left-blank", { answers: blank.length })
      : total
        ? say("cards-left-sheets", { count: total, sheets: needed, start, label })
        : say("cards-left-nameless", { sheet: needed, count: places, label })}
    next=${{
      text: blank.length ? say("bottom-to-refused") : only.length ? say("cards-make-only", { count: only.length, label }) : total ? say("cards-make", { count: total, label }) : say("cards-make-nameless"),
      first: !blank.length,
      run,
    }}
    see=${say("cards-see")}
    page=${html`<${Aside} label=${chosen?.plain ? say("cards-first-paper") : say("cards-first-sheet")}>
      ${tried
        ? html`<${Stock} sheet=${tried} start=${1} total=${0} pieces=${1} isTried />`
        : chosen && html`<${Stock} sheet=${chosen} start=${start} total=${total || places} pieces=${pieces} />`}
      <div class="above-less"><${CardBeside} caption=${people?.people[0]?.name} /></div>
    <//>`}
  >
    <div class="stack far" hidden=${!ready}>
      ${only.length > 0 && html`<p class="row between">
        <span>${onlyThese(people, only)}</span>
        <button class="btn small quiet" type="button" onclick=${() => put({ only: [] })}>
          ${say("cards-rather-all", { total: people?.total ?? 0 })}
        </button>
      </p>`}
      ${items.length > 0 && html`<${SheetCard}
        sheets=${/** @type {Sheets} */ (sheets)}
        total=${total}
        measured=${measured}
        setMeasured=${setMeasured}
      />`}
      ${all.length > 0 && html`<section class="card questions" aria-labelledby="vote">
        <div>
          <h2 id="vote">${say("station", { id: "election" })}</h2>
          <p class="mute small">${say("cards-few-answers")}</p>
        </div>
        <${Questions} items=${asked} open=${changing} />
        ${isSettled && html`<${Period}
          items=${days}
          title=${say("cards-vote")}
          label=${say("cards-vote")}
          days
          onChange=${() => setChanging(true)}
        />`}
        <${Mailbox} />
        ${rules.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      </section>`}
    </div>
  <//>`;
}

/** @param {People | null | undefined} people @param {string[]} only the places of those whose cards are made alone */
function onlyThese(people, only) {
  const names = only.map((place) => people?.people.find((one) => one.place === place)?.name ?? "").join(", ");
  return say("cards-only-these", { few: only.length <= 4, names, count: only.length });
}

/** Asks whether the address of the mailbox works, before its code is on any card. */
function Mailbox() {
  const { value } = useLoaded("addresses");
  const [item] = value?.items ?? [];
  const one = item?.candidates.find(({ kind, isLink }) => isLink && kind === "webmail") ?? item?.candidates.find(isOpen);
  if (!item || !one) return null;
  const { confirmed, declined, attested, url, use } = one;
  const [instead] = item.printed.match(/https?:[^,]+/) ?? [];
  return html`<details class="folded">
    <summary>
      <${Icon} name="open" /><span class="what">${say("cards-mailbox")}${" "}<span class="mute small"
          ><${Url} url=${url} />${!confirmed && !declined && say("cards-not-tried")}${
            !confirmed && use !== "printed" && instead && [say("cards-gives"), html` <${Url} url=${instead} />`]
          }</span></span>
      ${
        confirmed
          ? html`<span class="tag good push"><${Icon} name="check" />${say("addresses-confirmed")}</span>`
          : html`<span class=${`tag push ${declined ? "line" : "warn"}`}>${declined ? say("addresses-declined") : sayAttested(attested)}</span>`
      }
    </summary>
    <${Try} candidate=${one} first=${false} id="mailbox" />
    ${!confirmed && html`<p class="small mute above-less">${say("cards-untried")}</p>`}
  </details>`;
}

/** Returns what is to be asked of user names: whether they are still made as the cards say, which nobody can try. */
const useLoginRules = () =>
  useLoaded("addresses").value?.items.flatMap(({ login }) => login ?? []) ?? [];

/**
 * Tells whether a fault is asked elsewhere: of an address that nobody has tried « La carte » has asked, and no card has
 * it; rules of user names, which have no place, are asked for by themselves.
 * @param {Fault} fault
 */
const isAsked = ({ code, at }) => code === "C164" || (code === "C220" && !at);

/** @param {{made: Made}} props */
function Printed({ made }) {
  const { value } = useLoaded("people");
  const people = value;
  const some = useStore().making?.people.length ?? 0;
  const everybody = people?.total ?? 1;
  const only = useOnly(people);
  const [erasing, setErasing] = useState(false);
  const { value: sheets } = useLoaded("sheets");
  const faults = [...useLoginRules(), ...made.faults.filter((fault) => !isAsked(fault))];
  const stale = isStale(useStore());
  const total = stale ? everybody : some || everybody;
  const { pieces, needed } = neededSheets(total, sheets);
  const { items = [], sheet: board = "" } = /** @type {Sheets} */ (sheets ?? {});
  const isLabel = items.find(({ id }) => id === board)?.sides === 1;
  const sheet = made.files.find(({ path }) => path.endsWith(".pdf"));
  usePrintKey(true);
  useEffect(() => () => void put({ did: null }), []);
  return html`<${View}
    title=${stale ? say("cards-stale-title", { count: total }) : say("cards-done-title", { count: total, label: isLabel })}
    lead=${stale ? say("cards-stale-lead") : `${say("cards-done-lead", { sheets: needed, count: pieces })}${some ? ` ${say("cards-others-stay")}` : ""}`}
    above
    see=${false}
    back=${{ address: "#/cartes/carte", text: say("cards-card") }}
    left=${stale ? say("cards-left-stale") : say("cards-left-done")}
    next=${stale
      ? { text: say("cards-make-again", { count: total }), first: !only.length, run: () => void make(["cards"], false) }
      : { text: say("cards-add"), address: "#/cartes/noms" }}
    page=${html`<aside class="stay stack far view" id="page" aria-label=${say("cards-hand")}>
      <section class="card" aria-labelledby="hand">
        <h2 id="hand">${say("cards-hand")}</h2>
        <ul class="list small above-less">
          ${sayLines("cards-hand-items").map((text) => html`<li key=${text}>${text}</li>`)}
        </ul>
      </section>
      <section class="card" aria-labelledby="kept">
        <h2 id="kept">${say("cards-names")}</h2>
        <p class="small mute">${say("cards-names-kept")}</p>
        <button class="btn small above-less" type="button" onclick=${() => setErasing(true)}>
          <${Icon} name="bin" />${say("cards-erase-names")}
        </button>
      </section>
      ${erasing && html`<${Erase} what="people" close=${() => setErasing(false)} />`}
    </aside>`}
  >
    <div class="stack far">
      ${stale && only.length > 0 && html`<section class="card" aria-labelledby="only">
        <h2 id="only">${say("cards-only-changed", { count: only.length })}</h2>
        <p class="small mute">${say("cards-others-stay")}</p>
        <a class="btn first above-less" href="#/cartes/carte">${say("cards-make-only", { count: only.length, label: false })}<${Icon} name="right" /></a>
      </section>`}
      ${faults.length > 0 && html`<div class="note warn">
        <${Icon} name="alert" />
        <div>
          <h2>${say("cards-before-printing")}</h2>
          ${faults.map((fault) => html`<div class="above-less" key=${fault.text}>
            <p class="small wide">${fault.text}</p>
            <${Ways} ways=${fault.ways} taken=${accepted(fault)} />
          </div>`)}
        </div>
      </div>`}
      <section class="card" aria-labelledby="print">
        <div class="row between">
          <h2 id="print">${say("cards-print")}</h2>
          <div class="row tight">
            <button class=${stale ? "btn" : "btn first"} type="button" onclick=${printTestSheet} title="Ctrl+P">
              <${Icon} name="printer" />${say("cards-test")}
            </button>
            ${sheet &&
            html`<${FileLink} look="btn" path=${sheet.path} view>${say("cards-open", { count: pieces })}<//>`}
          </div>
        </div>
        <div class="above-less"><${How} drawings=${isLabel ? ["trial", "scale"] : ["trial", "scale", "edge"]} steps=${sayRows("cards-how")} /></div>
        ${sheet && made.files.length === 1 && html`<p class="small mute above-less">
          ${nameOf(sheet.path)} · ${size(sheet.bytes)} ·${" "}
          <${FileLink} path=${sheet.path} name=${nameOf(sheet.path)}
            >${say("make-save")}<span class="unseen"> ${nameOf(sheet.path)}</span><//
          >
        </p>`}
        <details class="folded above-less">
          <summary><${Icon} name="open" />${say("cards-shifted")}</summary>
          <ul class="list small">
            ${sayLines("cards-shifted-items").map((text) => html`<li key=${text}>${text}</li>`)}
          </ul>
        </details>
      </section>
      ${made.files.length > 1 && html`<${MadeFiles} files=${made.files} folder="" />`}
    </div>
  <//>`;
}
