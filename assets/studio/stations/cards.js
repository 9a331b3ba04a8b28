// The short way: names, the card, printing.
/** @import { Addresses, Answers, Fault, LabelSheet, Made, People, Person, Sheets } from "../contract" */
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
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, isStale, make, put, settle, upload, useLoaded, useStore } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { number, size, words } from "../words.js";
import { Period } from "./election.js";
import { isOpen, Try } from "./list-addresses.js";
import { accepted, Erase, Make, MadeFiles, nameOf } from "./make.js";

/** @param {{route: import("../router.js").Route}} props */
export function Cards({ route }) {
  const { making } = useStore();
  if (route.part === "carte") return html`<${CardPart} />`;
  if (route.part === "imprimer") {
    if (making?.made && !making.made.stopped)
      return html`<${Printed} made=${making.made} />`;
    return making ? html`<${Make} />` : html`<${CardPart} />`;
  }
  return html`<${Names} />`;
}

/** @param {{caption?: string}} props */
function CardBeside({ caption }) {
  const t = words().cards;
  const asked = { document: "", of: "first", width: 720, view: /** @type {const} */ ("screen"), alone: true };
  const front = usePicture({ ...asked, page: 1 });
  const back = usePicture({ ...asked, page: 2 });
  const [vast, setVast] = useState(false);
  const { value } = useLoaded("sheets");
  const { items = [], sheet: chosen = "" } = /** @type {Sheets} */ (value ?? {});
  const sheet = items.find(({ id }) => id === chosen);
  const sides = front && back && front.pages > 1 && back.page === 2 ? [front, back] : [front];
  return html`<figure class="desk">
      <div class="top">
        <h2>${t.card}</h2>
        ${sheet && html`<span class="small mute">${sizeOf(sheet)}</span>`}
      </div>
      <div class="stack">
        ${sides.map((side, index) => html`<${Page} key=${index} picture=${side} zones=${false} />`)}
      </div>
      <figcaption>
        <span>${caption ?? front?.name}</span>
        <${Enlarge} run=${() => setVast(true)} text=${t.enlarge} />
      </figcaption>
    </figure>
    ${vast && front && html`<${VastPage} picture=${front} alone close=${() => setVast(false)} />`}`;
}

function Names() {
  const t = words().cards;
  const { value, fresh } = useLoaded("people");
  const people = /** @type {People | null | undefined} */ (value);
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [again, setAgain] = useState(false);
  const [text, setText] = useState("");
  const [school, setSchool] = useState("");
  const [town, setTown] = useState("");
  const [uai, setUai] = useState("");
  const isSchoolGiven = () => Boolean(people?.school || (school.trim() && town.trim()));
  const paste = async (/** @type {string} */ cells) => {
    if (!isSchoolGiven()) return focusOn(document.getElementById(school.trim() ? "town" : "school"));
    const typed = { uai: uai.trim().toUpperCase(), name: school.trim(), town: town.trim() };
    const at = typed.name ? { school: typed } : {};
    const outcome = await change("pastePeople", { text: cells, ...at }, { quiet: true });
    setFault(outcome.fault);
    if (outcome.done) setAgain(false);
  };
  const take = async (/** @type {File} */ file) => {
    const outcome = await upload("staff", file);
    setFault(outcome.fault);
    if (outcome.done) setAgain(false);
  };
  const over = useDroppedFile(take);
  usePastedText(paste);
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const home = { address: "#/", text: words().welcome.tab };
  if (value === undefined && !fresh) return html`<main id="work" tabindex="-1"></main>`;
  if (people && !again)
    return html`<${NameTable}
      people=${people}
      again=${() => {
        setText("");
        setAgain(true);
      }}
    />`;
  const back = { text: words().cancel, run: () => setAgain(false) };
  const read = () => (text.trim() ? void paste(text) : focusOn(area.current));
  return html`<${View}
    title=${t.names}
    lead=${t.namesLead}
    above
    field="people"
    back=${home}
    left=${!text.trim() ? (isSchoolGiven() ? t.left : t.leftAll) : isSchoolGiven() ? t.leftRead : t.leftSchool}
    see=${t.see}
    next=${!text.trim() && people ? back : { text: t.read, first: Boolean(text.trim()), run: read }}
    page=${html`<${Aside} label=${t.card}><${CardBeside} caption=${t.sample} /><//>`}
  >
    ${
      fault &&
      html`<${FaultNote} fault=${fault} />
        <div class="above"></div>`
    }
    <section class=${over ? "card drop over" : "card"} aria-labelledby="paste-names">
      <div class="stack">
        <div>
          <label class="h3" for="names" id="paste-names">${t.paste}</label>
          <p class="hint" id="names-hint">${t.pasteHint}</p>
          <textarea
            ref=${area}
            class="in tall"
            id="names"
            rows="6"
            data-field="people"
            aria-describedby="names-hint"
            placeholder=${t.placeholder}
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
          <${FileButton} id="names-file" accept=${LISTS} take=${take}><${Icon} name="table" />${t.orFile}<//>
          <a class="btn quiet" href="#/cartes/carte">${t.nameless}</a>
        </div>
        <p class="small mute"><${Icon} name="lock" /> ${t.never}</p>
        <div>
          <div class="beside code-last">
            <${TextField}
              id="school"
              label=${t.school}
              value=${school}
              set=${setSchool}
              autocomplete="organization"
            />
            <${TextField} id="town" label=${t.town} value=${town} set=${setTown} autocomplete="address-level2" />
            <${TextField} id="uai" label=${t.uai} look="code" describedby="uai-why" value=${uai} set=${setUai} />
          </div>
          <p class="hint" id="uai-why">${t.uaiHint}</p>
        </div>
      </div>
    </section>
  <//>`;
}

/** @param {{people: People, again: () => void}} props */
function NameTable({ people, again }) {
  const t = words().cards;
  const odd = people.people.filter((person) => person.faults.length);
  const [all, setAll] = useState(!odd.length);
  const [limit, setLimit] = useState(100);
  const [adding, setAdding] = useState(false);
  const shown = all || !odd.length ? [...odd, ...people.people.filter((person) => !person.faults.length)] : odd;
  return html`<${View}
    title=${t.names}
    lead=${t.counted(number(people.total), odd.length)}
    above
    beside=${html`<button class="btn quiet" type="button" onclick=${again}>
      <${Icon} name="paste" />${t.pasteOther}
    </button>`}
    back=${{ address: "#/", text: words().welcome.tab }}
    left=${t.leftNames(number(people.total), odd.length)}
    next=${{ text: t.next, address: "#/cartes/carte", first: true }}
    see=${t.see}
    page=${html`<${Aside} label=${t.card}><${CardBeside} caption=${people.people[0]?.name} /><//>`}
  >
    <div class="stack">
      ${people.faults.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      ${people.sheets.length > 1 && html`<${Tabs} sheets=${people.sheets} />`}
      ${people.school && html`<p class="mute">${t.at} <b>${people.school.name}</b>, ${people.school.town}</p>`}
      <div class="row between">
        ${
          odd.length > 0 &&
          html`<div class="chips" role="group" aria-label=${words().cells.show}>
            <button class="chip" type="button" aria-pressed=${String(!all)} onclick=${() => setAll(false)}>
              ${words().cells.counts.look} <b>${odd.length}</b>
            </button>
            <button class="chip" type="button" aria-pressed=${String(all)} onclick=${() => setAll(true)}>
              ${t.all} <b>${number(people.total)}</b>
            </button>
          </div>`
        }
        <div class="row tight">
          ${
            people.pasted &&
            html`<button class="btn small" type="button" onclick=${() => setAdding(true)}>
              <${Icon} name="plus" />${t.add}
            </button>`
          }
          <button class="btn small quiet" type="button" onclick=${() => change("swapNames")}>${t.swap}</button>
        </div>
      </div>
      ${adding && html`<${AddName} close=${() => setAdding(false)} />`}
      <div class="sheet">
        <table
          class=${odd.length ? "stackable" : "stackable calm"}
          role="table"
          aria-rowcount=${people.total + 1}
        >
          <caption class="unseen">
            ${t.caption}
          </caption>
          <thead>
            <tr role="row">
              <th scope="col" role="columnheader" class="col-nth">${t.nth}</th>
              <th scope="col" role="columnheader">${t.onCard}</th>
              <th scope="col" role="columnheader">
                ${odd.length ? t.state : html`<span class="unseen">${t.state}</span>`}
              </th>
            </tr>
          </thead>
          <tbody>
            ${shown.slice(0, limit).map((person) => html`<${NameRow}
                  key=${person.nth}
                  person=${person}
                  states=${odd.length > 0}
                  pasted=${people.pasted}
                />`)}
          </tbody>
        </table>
        ${!shown.length && html`<p class="mute foot">${t.nothingOdd}</p>`}
        ${
          shown.length > limit &&
          html`<p class="foot">
            <button class="btn small" type="button" onclick=${() => setLimit(limit + 500)}>
              ${t.showMore(number(shown.length - limit))}
            </button>
          </p>`
        }
      </div>
    </div>
  <//>`;
}

/**
 * The sheets of a workbook: one ticks those whose names are read, at least one.
 * @param {Pick<People, "sheets">} props
 */
function Tabs({ sheets }) {
  const t = words().cards;
  const toggle = (/** @type {string} */ name) => {
    const read = sheets.filter((one) => one.read !== (one.name === name)).map((one) => one.name);
    if (read.length) void change("staffSheets", { sheets: read });
  };
  return html`<div class="chips" role="group" aria-label=${t.tabs}>
    ${sheets.map(
      ({ name, isList, read, names }) =>
        html`<button
          key=${name}
          class="chip"
          type="button"
          aria-pressed=${String(read)}
          disabled=${!isList}
          onclick=${() => toggle(name)}
        >
          ${read && html`<${Icon} name="check" />`}${name} <b>${isList ? read && number(names) : t.noNames}</b>
        </button>`,
    )}
  </div>`;
}

/**
 * Asks for a name: another one, or what one of the list should be.
 * @param {{person?: Person, close: () => void}} props
 */
function AddName({ person, close }) {
  const t = words().cards;
  const [first, setFirst] = useState(person?.first ?? "");
  const [last, setLast] = useState(person?.last ?? "");
  const keep = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!first.trim() || !last.trim()) return;
    const { done } = await (person
      ? change("mendPerson", { line: person.line, first, last })
      : change("addPerson", { first, last }));
    if (done) close();
  };
  const id = person ? `-${person.line}` : "";
  return html`<form
    class=${person ? null : "card"}
    onsubmit=${keep}
    onkeydown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}
  >
    <div class="beside">
      <${TextField} id=${`first-name${id}`} label=${t.first} value=${first} set=${setFirst} required focused />
      <${TextField} id=${`last-name${id}`} label=${t.last} value=${last} set=${setLast} required />
    </div>
    <div class="row above-less">
      <button class="btn" type="submit">${person ? t.keep : t.add}</button>
      <button class="btn quiet" type="button" onclick=${close}>${words().cancel}</button>
    </div>
  </form>`;
}

/** @param {{person: Person, states: boolean, pasted: boolean}} props */
function NameRow({ person, states, pasted }) {
  const t = words().cards;
  const { nth, name, first, last, faults } = person;
  const [mending, setMending] = useState(false);
  const pencil = useRef(/** @type {HTMLElement | null} */ (null));
  const shown = name || `${first} ${last}`.trim();
  const close = () => {
    setMending(false);
    setTimeout(() => pencil.current?.focus());
  };
  return html`<tr role="row">
    <th scope="row" role="rowheader"><span class="on-phone">${t.nth} </span>${nth}</th>
    <td role="cell">
      ${
        mending
          ? html`<${AddName} person=${person} close=${close} />`
          : html`<b>${shown}</b>
              <div class="hint">${t.parts(first, last)}</div>`
      }
    </td>
    <td role="cell">
      <div class="row tight end">
        ${
          faults.length
            ? html`<div>
                ${faults.map(
                  (fault) =>
                    html`<p class="small">${fault.text}</p>
                      <${Ways} ways=${fault.ways} />`,
                )}
              </div>`
            : states && html`<span class="tag good"><${Icon} name="check" />${t.ready}</span>`
        }
        ${
          pasted &&
          !mending &&
          html`<button
            ref=${pencil}
            class="tool"
            type="button"
            aria-label=${t.mend(shown)}
            title=${t.mend(shown)}
            onclick=${() => setMending(true)}
          >
            <${Icon} name="pencil" />
          </button>`
        }
      </div>
    </td>
  </tr>`;
}

/** @param {LabelSheet} sheet */
const sizeOf = ({ width, height }) => words().cards.size(number(width), number(height));

function CardPart() {
  const t = words().cards;
  const { value: sheets } = useLoaded("sheets");
  const { value: people } = useLoaded("people");
  const { value: answers } = useLoaded("answers");
  const [search, setSearch] = useState("");
  const { items = [], sheet = "", start = 1 } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find((item) => item.id === sheet) ?? items[0];
  const total = /** @type {People | null} */ (people)?.total ?? 0;
  const places = chosen ? chosen.across * chosen.down : 1;
  const { pieces, needed } = neededSheets(total, sheets);
  const plain = (/** @type {string} */ text) => text.toLowerCase().replaceAll(/\s/g, "").replaceAll("x", "×");
  const found = items.filter((item) => plain(`${item.id}${item.label}${sizeOf(item)}`).includes(plain(search)));
  const isSought = Boolean(search && found.length);
  const all = /** @type {Answers | undefined} */ (answers)?.groups.flatMap((group) => group.items) ?? [];
  const days = all.filter(({ key }) => key === "vote.opens_on" || key === "vote.closes_on");
  const [changing, setChanging] = useState(false);
  useEffect(() => {
    if (changing) focusOn(fieldElement("vote.opens_on"));
  }, [changing]);
  const isSettled = !changing && days.every(({ value, faults, refused }) => value && !faults.length && !refused);
  const asked = all
    .filter((answer) => answer.required && answer.kind !== "picture" && !(isSettled && days.includes(answer)))
    .map((answer) => (answer.key === "publisher.name" ? { ...answer, hint: t.nameHint } : answer));
  const rules = useLoginRules();
  const ready = sheets != null && answers != null;
  const run = async () => {
    await settle();
    go("#/cartes/imprimer");
    await make(["cards"], false);
  };
  return html`<${View}
    title=${t.sheet}
    lead=${t.sheetLead}
    above
    grid="duo slim"
    ready=${ready}
    back=${{ address: "#/cartes/noms", text: t.names }}
    left=${total ? t.leftSheets(number(total), needed, pieces, start > 1) : t.leftNameless(needed, places)}
    next=${{ text: total ? t.make(number(total)) : t.makeNameless, first: true, run }}
    see=${t.see}
    page=${html`<${Aside} label=${chosen?.plain ? t.firstPaper : t.firstSheet}>
      ${chosen && html`<${Stock} sheet=${chosen} start=${start} total=${total || places} pieces=${pieces} />`}
      <div class="above-less">
        <${CardBeside} caption=${/** @type {People | null} */ (people)?.people[0]?.name} />
      </div>
    <//>`}
  >
    <div class="stack far" hidden=${!ready}>
      <section class="card" aria-labelledby="sheets">
        <h2 id="sheets">${t.sheets}</h2>
        <div class="above-less">
          <${TextField}
            id="sheet-search"
            label=${t.reference}
            hint=${t.referenceHint}
            value=${search}
            set=${setSearch}
          />
        </div>
        <fieldset class="above-less">
          <legend class="unseen">${t.fitting}</legend>
          ${(isSought ? found.slice(0, 12) : usual(items, chosen)).map(
            (item) =>
              html`<label class="pick" key=${item.id}
                ><input
                  type="radio"
                  name="sheet"
                  checked=${item.id === sheet}
                  onchange=${() => change("chooseSheet", { sheet: item.id, start: 1 })}
                /><span
                  ><b>${item.plain ? t.plain : item.label}</b>, ${t.perSheet(item.across * item.down, item.plain)}<small
                    >${sizeOf(item)}${item.plain && `, ${t.cutMarks}`}</small
                  ></span
                ></label
              >`,
          )}
        </fieldset>
        <p class="small mute" role="status">
          ${search && !found.length ? t.noSheet : search ? t.found(found.length) : ""}
        </p>
      </section>
      ${
        all.length > 0 &&
        html`<section class="card questions" aria-labelledby="vote">
          <div>
            <h2 id="vote">${words().election.title}</h2>
            <p class="mute small">${t.fewAnswers}</p>
          </div>
          <${Questions} items=${asked} open=${changing} />
          ${
            isSettled &&
            html`<${Period}
              items=${days}
              title=${t.vote}
              label=${t.vote}
              days
              onChange=${() => setChanging(true)}
            />`
          }
          <${Mailbox} />
          ${rules.map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
        </section>`
      }
    </div>
  <//>`;
}

/**
 * Returns the sheets to show while none is sought: the chosen one among the first, and plain paper once, at the end.
 * @param {LabelSheet[]} items
 * @param {LabelSheet | undefined} chosen
 */
function usual(items, chosen) {
  const boards = items.filter(({ plain }) => !plain).slice(0, 5);
  const paper = chosen?.plain ? chosen : items.find(({ plain }) => plain);
  if (chosen && !chosen.plain && !boards.includes(chosen)) boards.unshift(chosen);
  return paper ? [...boards, paper] : boards;
}

/**
 * Returns how many sheets some cards need, and how one says so; none while the sheets are not known.
 * @param {number} total
 * @param {unknown} sheets
 */
export function neededSheets(total, sheets) {
  const { items = [], sheet, start = 1 } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find(({ id }) => id === sheet) ?? items[0];
  const pieces = chosen ? Math.ceil((Math.max(1, total) + start - 1) / (chosen.across * chosen.down)) : 0;
  return { pieces, needed: pieces ? words().cards.pieces(pieces, chosen?.plain ?? false) : "" };
}

/** Asks whether the address of the mailbox works, before its code is on any card. */
function Mailbox() {
  const t = words().cards;
  const { value } = useLoaded("addresses");
  const [item] = /** @type {Addresses | undefined} */ (value)?.items ?? [];
  const one = item?.candidates.find(({ kind, isLink }) => isLink && kind === "webmail") ?? item?.candidates.find(isOpen);
  if (!item || !one) return null;
  const { confirmed, declined, attested, url, use } = one;
  const { attested: since, ...said } = words().addresses;
  const [instead] = item.printed.match(/https?:[^,]+/) ?? [];
  return html`<details class="folded">
    <summary>
      <${Icon} name="open" /><span class="what"
        >${t.mailbox}${" "}<span class="mute small"
          ><${Url} url=${url} />${!confirmed && !declined && t.notTried}${
            !confirmed && use !== "printed" && instead && [t.gives, html` <${Url} url=${instead} />`]
          }</span
        ></span
      >
      ${
        confirmed
          ? html`<span class="tag good push"><${Icon} name="check" />${said.confirmed}</span>`
          : html`<span class=${`tag push ${declined ? "line" : "warn"}`}>${declined ? said.declined : since(attested)}</span>`
      }
    </summary>
    <${Try} candidate=${one} first=${false} id="mailbox" />
    ${!confirmed && html`<p class="small mute above-less">${t.untried}</p>`}
  </details>`;
}

/** Returns what is to be asked of user names: whether they are still made as the cards say, which nobody can try. */
const useLoginRules = () =>
  /** @type {Addresses | undefined} */ (useLoaded("addresses").value)?.items.flatMap(({ login }) => login ?? []) ?? [];

/**
 * Shows where cards come on their first sheet. One that was begun has used places; plain paper has not.
 * @param {{sheet: LabelSheet, start: number, total: number, pieces: number}} props
 */
function Stock({ sheet, start, total, pieces }) {
  const t = words().cards;
  const { across, down, id, plain } = sheet;
  const grid = { gridTemplateColumns: `repeat(${across}, 1fr)`, gridTemplateRows: `repeat(${down}, 1fr)` };
  const board = useRef(/** @type {HTMLElement | null} */ (null));
  const choose = (/** @type {number} */ place) => change("chooseSheet", { sheet: id, start: place });
  const move = (/** @type {KeyboardEvent} */ event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    const buttons = [...(board.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = way && buttons[at + way];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  if (plain)
    return html`<figure class="desk">
      <div class="top"><h2>${t.firstPaper}</h2></div>
      <div class="stock" aria-hidden="true" style=${grid}>
        ${Array.from({ length: across * down }, (_, index) => {
          const nth = index + 2 - start;
          return html`<span key=${index} class=${nth > 0 && nth <= total ? "full" : ""}>${nth > 0 && nth <= total && nth}</span>`;
        })}
      </div>
      <figcaption><span>${t.onPaper(total, pieces)}</span></figcaption>
    </figure>`;
  return html`<figure class="desk">
    <div class="top"><h2>${t.firstSheet}</h2></div>
    <div
      ref=${board}
      class="stock"
      role="group"
      aria-label=${t.places}
      style=${grid}
      onkeydown=${move}
    >
      ${Array.from({ length: across * down }, (_, index) => {
        const place = index + 1;
        const nth = place - start + 1;
        const used = nth < 1;
        const full = !used && nth <= total;
        return html`<button
          key=${place}
          type="button"
          tabindex=${place === start ? 0 : -1}
          class=${used ? "used" : full ? (nth === 1 ? "full start" : "full") : ""}
          aria-label=${t.place(place, used, full ? nth : 0)}
          aria-current=${nth === 1 ? "true" : null}
          onclick=${() => choose(place)}
        >
          ${used ? (across > 2 ? "" : t.used) : full ? nth : ""}
        </button>`;
      })}
    </div>
    <figcaption><span>${t.begun}</span></figcaption>
  </figure>`;
}

/**
 * Tells whether a fault is asked elsewhere: of an address that nobody has tried « La carte » has asked, and no card has
 * it; rules of user names, which have no place, are asked for by themselves.
 * @param {Fault} fault
 */
const isAsked = ({ code, at }) => code === "C164" || (code === "C220" && !at);

/** @param {{made: Made}} props */
function Printed({ made }) {
  const t = words().cards;
  const { value: people } = useLoaded("people");
  const total = /** @type {People | null | undefined} */ (people)?.total ?? 1;
  const [erasing, setErasing] = useState(false);
  const { value: sheets } = useLoaded("sheets");
  const { pieces, needed } = neededSheets(total, sheets);
  const faults = [...useLoginRules(), ...made.faults.filter((fault) => !isAsked(fault))];
  const stale = isStale(useStore());
  const sheet = made.files.find(({ path }) => path.endsWith(".pdf"));
  usePrintKey(true);
  useEffect(() => () => void put({ did: null }), []);
  return html`<${View}
    title=${stale ? t.staleTitle(number(total)) : t.doneTitle(number(total), total)}
    lead=${stale ? t.staleLead : t.doneLead(needed, pieces)}
    above
    see=${false}
    back=${{ address: "#/cartes/carte", text: t.sheet }}
    left=${stale ? t.leftStale : t.leftDone}
    next=${
      stale
        ? { text: t.makeAgain(number(total)), first: true, run: () => void make(["cards"], false) }
        : { text: t.add, address: "#/cartes/noms" }
    }
    page=${html`<aside class="stay stack far view" id="page" aria-label=${t.hand}>
      <section class="card" aria-labelledby="hand">
        <h2 id="hand">${t.hand}</h2>
        <ul class="list small above-less">
          ${t.handItems.map((text) => html`<li key=${text}>${text}</li>`)}
        </ul>
      </section>
      <section class="card" aria-labelledby="kept">
        <h2 id="kept">${t.names}</h2>
        <p class="small mute">${t.namesKept}</p>
        <button class="btn small above-less" type="button" onclick=${() => setErasing(true)}>
          <${Icon} name="bin" />${t.eraseNames}
        </button>
      </section>
      ${erasing && html`<${Erase} what="people" close=${() => setErasing(false)} />`}
    </aside>`}
  >
    <div class="stack far">
      ${
        faults.length > 0 &&
        html`<div class="note warn">
          <${Icon} name="alert" />
          <div>
            <h2>${t.beforePrinting}</h2>
            ${faults.map(
              (fault) =>
                html`<div class="above-less" key=${fault.text}>
                  <p class="small wide">${fault.text}</p>
                  <${Ways} ways=${fault.ways} taken=${accepted(fault)} />
                </div>`,
            )}
          </div>
        </div>`
      }
      <section class="card" aria-labelledby="print">
        <div class="row between">
          <h2 id="print">${t.print}</h2>
          <div class="row tight">
            <button class=${stale ? "btn" : "btn first"} type="button" onclick=${printTestSheet} title="Ctrl+P">
              <${Icon} name="printer" />${t.test}
            </button>
            ${
              sheet &&
              html`<${FileLink} look="btn" path=${sheet.path} view>${t.open(pieces)}<//>`
            }
          </div>
        </div>
        <div class="above-less"><${How} steps=${t.how} /></div>
        ${
          sheet &&
          made.files.length === 1 &&
          html`<p class="small mute above-less">
            ${nameOf(sheet.path)} · ${size(sheet.bytes)} ·${" "}
            <${FileLink} path=${sheet.path} name=${nameOf(sheet.path)}
              >${words().make.save}<span class="unseen"> ${nameOf(sheet.path)}</span><//
            >
          </p>`
        }
        <details class="folded above-less">
          <summary><${Icon} name="open" />${t.shifted}</summary>
          <ul class="list small">
            ${t.shiftedItems.map((text) => html`<li key=${text}>${text}</li>`)}
          </ul>
        </details>
      </section>
      ${made.files.length > 1 && html`<${MadeFiles} files=${made.files} folder="" />`}
    </div>
  <//>`;
}
