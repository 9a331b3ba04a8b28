// La liste: four parts of one station. Here, the first: the file.
/** @import { Fault, List } from "../contract" */
import { Dialog } from "../components/dialog.js";
import { Drop, FileButton, LISTS, useDroppedFile, usePastedText } from "../components/drop.js";
import { FaultNote } from "../components/fault.js";
import { FileCard, isDecided, partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change, upload, useLoaded, useStore } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";
import { Addresses } from "./list-addresses.js";
import { Cells } from "./list-cells.js";
import { Changes } from "./list-changes.js";
import { Columns } from "./list-columns.js";
import { FirstRows, Sheets, useSheets } from "./list-sheets.js";

/** @param {{route: import("../router.js").Route}} props */
export function ListStation({ route }) {
  const { value, fresh } = useLoaded("list");
  const list = value;
  if (list === undefined && !fresh) return html`<main id="work" tabindex="-1"></main>`;
  if (!list || route.part === "fichier") return html`<${FilePart} list=${list ?? null} />`;
  const part = { colonnes: Columns, changements: list.again && Changes, cases: Cells, adresses: Addresses }[route.part];
  if (!part) return html`<${list.again && isDecided(list) ? Changes : Columns} list=${list} route=${route} />`;
  return html`<${part} list=${list} route=${route} />`;
}

/** @param {{list: List | null}} props */
function FilePart({ list }) {
  const t = words().list;
  const [fault, setFault] = useState(/** @type {Fault | null} */ (null));
  const [pasting, setPasting] = useState(/** @type {string | null} */ (null));
  const [reading, setReading] = useState(false);
  const { slow } = useStore();
  const after = (/** @type {import("../store.js").Outcome} */ outcome) => {
    setReading(false);
    setFault(outcome.fault);
    const given = /** @type {List | undefined} */ (outcome.done?.list);
    if (given && (given.sheets.length < 2 || given.again)) go(wayOn(given));
  };
  const take = async (/** @type {File} */ file) => {
    setFault(null);
    setReading(true);
    after(await upload("list", file));
  };
  const paste = async (/** @type {string} */ text) => {
    setPasting(null);
    setReading(true);
    after(await change("paste", { text }, { quiet: true }));
  };
  const over = useDroppedFile(take);
  usePastedText(paste);
  const chosen = useSheets(list);
  const hasSheets = list != null && list.sheets.length > 1;
  const drop = html`<${Drop} icon="table" over=${over} heading=${list ? t.dropOther : t.drop}>
    <h2>${list ? t.dropOther : t.drop}</h2>
    <p class="mute">${t.dropText}</p>
    <div class="row">
      <${FileButton} id="list-file" class=${list ? "btn big" : "btn first big"} accept=${LISTS} take=${take}
        >${t.choose}<//
      >
      <button class="btn big" type="button" onclick=${() => setPasting("")}>
        <${Icon} name="paste" />${t.paste}
      </button>
    </div>
  <//>`;
  return html`<${View}
    title=${t.title}
    tab=${fault ? t.tabRefused : t.title}
    lead=${hasSheets ? words().sheets.lead(list.sheets.length, chosen.sheets.filter(({ isList }) => isList).length) : t.lead}
    key=${list?.file}
    field=${hasSheets ? "sheets" : null}
    grid="duo slim"
    above=${hasSheets}
    page=${hasSheets && html`<${FirstRows} chosen=${chosen} />`}
    see=${false}
    beside=${partsOf(list, "fichier")}
    back=${{ address: "#/election", text: words().election.title }}
    left=${reading && slow ? t.reading : hasSheets ? chosen.left : list ? t.leftFile(number(list.lines)) : t.left}
    next=${
      hasSheets
        ? { text: chosen.text, first: true, run: () => void chosen.run(wayOn(list)) }
        : list
        ? { text: list.again ? t.nextChanges : t.nextColumns, address: wayOn(list), first: true }
        : { text: t.nextPages, address: "#/pages" }
    }
  >
    <div class="stack far">
      ${
        fault &&
        html`<${FaultNote} fault=${fault} />`
      }
      ${list && html`<${FileCard} list=${list} />`}
      ${hasSheets && html`<${Sheets} chosen=${chosen} />`}
      ${
        hasSheets
          ? html`<details class="card folded">
              <summary><${Icon} name="open" />${t.dropOther}</summary>
              ${drop}
            </details>`
          : drop
      }
      ${
        !list &&
        html`<div class="row tall">
          <section class="card" aria-labelledby="needed">
            <h2 id="needed">${t.needed}</h2>
            <ul class="ticks above-less">
              ${t.neededItems.map(
                ([what, code, how]) =>
                  html`<li>
                    <${Icon} name="check" /><span>${what}${code && html`<span class="code">${code}</span>`}</span
                    ><span class="push">${how}</span>
                  </li>`,
              )}
            </ul>
          </section>
          <section class="card" aria-labelledby="none">
            <h2 id="none">${t.none}</h2>
            <ul class="stack above-less">
              <li>
                <a href=${emptyTable(t.emptyHeader)} download=${t.emptyName}>${t.empty}</a>
              </li>
              <li>
                <button class="btn" type="button" onclick=${() => paste(t.sample)}>${t.trySample}</button>
              </li>
            </ul>
            <p class="small mute above-less">${t.refused}</p>
          </section>
        </div>`
      }
    </div>
    ${pasting !== null && html`<${PasteDialog} close=${() => setPasting(null)} paste=${paste} />`}
  <//>`;
}

/**
 * Returns where one goes on with a list: to what has changed in it, if it is known which column is which.
 * @param {List} list
 */
const wayOn = (list) => (list.again && isDecided(list) ? "#/liste/changements" : "#/liste/colonnes");

/** @type {Map<string, string>} */
const tables = new Map();

/** @param {string} header */
function emptyTable(header) {
  const address =
    tables.get(header) ?? URL.createObjectURL(new Blob([`\uFEFF${header}\r\n`], { type: "text/csv;charset=utf-8" }));
  tables.set(header, address);
  return address;
}

/** @param {{close: () => void, paste: (text: string) => void}} props */
function PasteDialog({ close, paste }) {
  const t = words().list;
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  return html`<${Dialog}
    title=${t.paste}
    lead=${t.pasteLead}
    onClose=${close}
    footer=${html`<button class="btn" type="button" onclick=${close}>${words().cancel}</button>
      <button class="btn first" type="button" onclick=${() => (text.trim() ? paste(text) : setEmpty(true))}>
        ${t.pasteRead}
      </button>`}
  >
    <label for="cells">${t.pasteLabel}</label>
    <textarea
      class="in code"
      id="cells"
      rows="8"
      data-first
      value=${text}
      aria-describedby="cells-empty"
      oninput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}
    ></textarea>
    <p class=${empty ? "fault" : "hint"} id="cells-empty" role="status">${empty ? t.pasteEmpty : t.pasteHint}</p>
  <//>`;
}
