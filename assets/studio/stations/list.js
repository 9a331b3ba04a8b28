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
import { say, sayRows } from "../words.js";
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
  const drop = html`<${Drop} icon="table" over=${over} heading=${list ? say("list-drop-other") : say("list-drop")}>
    <h2>${list ? say("list-drop-other") : say("list-drop")}</h2>
    <p class="mute">${say("list-drop-text")}</p>
    <div class="row">
      <${FileButton} id="list-file" class=${list ? "btn big" : "btn first big"} accept=${LISTS} take=${take}
        >${say("list-choose")}<//
      >
      <button class="btn big" type="button" onclick=${() => setPasting("")}>
        <${Icon} name="paste" />${say("list-paste")}
      </button>
    </div>
  <//>`;
  return html`<${View}
    title=${say("station", { id: "list" })}
    tab=${fault ? say("list-tab-refused") : say("station", { id: "list" })}
    lead=${hasSheets ? say("sheets-lead", { all: list.sheets.length, lists: chosen.sheets.filter(({ isList }) => isList).length }) : say("list-lead")}
    key=${list?.file}
    field=${hasSheets ? "sheets" : null}
    grid="duo slim"
    above=${hasSheets}
    page=${hasSheets && html`<${FirstRows} chosen=${chosen} />`}
    see=${false}
    beside=${partsOf(list, "fichier")}
    back=${{ address: "#/election", text: say("station", { id: "election" }) }}
    left=${reading && slow ? say("list-reading") : hasSheets ? chosen.left : list ? say("list-left-file", { rows: list.lines }) : say("list-left")}
    next=${hasSheets
      ? { text: chosen.text, first: true, run: () => void chosen.run(wayOn(list)) }
      : list
      ? { text: list.again ? say("list-next-changes") : say("list-next-columns"), address: wayOn(list), first: true }
      : { text: say("list-next-pages"), address: "#/pages" }}
  >
    <div class="stack far">
      ${fault && html`<${FaultNote} fault=${fault} />`}
      ${list && html`<${FileCard} list=${list} />`}
      ${hasSheets && html`<${Sheets} chosen=${chosen} />`}
      ${hasSheets
        ? html`<details class="card folded">
            <summary><${Icon} name="open" />${say("list-drop-other")}</summary>
            ${drop}
          </details>`
        : drop}
      ${!list && html`<div class="row tall">
        <section class="card" aria-labelledby="needed">
          <h2 id="needed">${say("list-needed")}</h2>
          <ul class="ticks above-less">
            ${sayRows("list-needed-items").map(([what, how, code]) => html`<li>
              <${Icon} name="check" /><span>${what}${code && html` <span class="code">${code}</span>`}</span
              ><span class="push">${how}</span>
            </li>`)}
          </ul>
        </section>
        <section class="card" aria-labelledby="none">
          <h2 id="none">${say("list-none")}</h2>
          <ul class="stack above-less">
            <li>
              <a href=${emptyTable(say("list-empty-header"))} download=${say("list-empty-name")}>${say("list-empty")}</a>
            </li>
            <li>
              <button class="btn" type="button" onclick=${() => paste(say("list-sample"))}>${say("list-try-sample")}</button>
            </li>
          </ul>
          <p class="small mute above-less">${say("list-refused")}</p>
        </section>
      </div>`}
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
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  return html`<${Dialog}
    title=${say("list-paste")}
    lead=${say("list-paste-lead")}
    onClose=${close}
    footer=${html`<button class="btn" type="button" onclick=${close}>${say("cancel")}</button>
      <button class="btn first" type="button" onclick=${() => (text.trim() ? paste(text) : setEmpty(true))}>
        ${say("list-paste-read")}
      </button>`}
  >
    <label for="cells">${say("list-paste-label")}</label>
    <textarea
      class="in code"
      id="cells"
      rows="8"
      data-first
      value=${text}
      aria-describedby="cells-empty"
      oninput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}
    ></textarea>
    <p class=${empty ? "fault" : "hint"} id="cells-empty" role="status">${empty ? say("list-paste-empty") : say("list-paste-hint")}</p>
  <//>`;
}
