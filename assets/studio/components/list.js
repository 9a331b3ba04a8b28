// What the parts of La liste share: the way through them, and the file that is read.
/** @import { Fault, List } from "../contract" */
import { Icon } from "../icons.js";
import { change } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { joined, say, sayLines } from "../words.js";
import { FieldFaults } from "./fault.js";
import { Parts } from "./steps.js";

/** Returns the way through the four parts. @param {List | null} list @param {string} now */
export function partsOf(list, now) {
  const isAgain = now === "changements" || (now !== "colonnes" && list?.again != null);
  const names = ["fichier", isAgain ? "changements" : "colonnes", "cases", "adresses"];
  const shown = sayLines("list-part-names").map((name, index) => (isAgain && index === 1 ? say("list-part-changes") : name));
  const at = names.indexOf(now);
  const reached = !list ? 0 : isDecided(list) ? 3 : 1;
  return html`<${Parts}
    label=${say("list-parts")}
    parts=${names.map((name, index) => ({
      address: `#/liste/${name}`,
      name: shown[index] ?? name,
      toMend: name === "cases" && list ? list.counts.mend + list.counts.twice : 0,
      state: index === at ? "now" : index > reached && index > at ? "later" : index < at ? "done" : "open",
    }))}
  />`;
}

/** Tells whether it is known which column is which. @param {List} list */
export const isDecided = (list) => list.isRead && !list.columns.some((column) => column.how === "proposed");

/**
 * Returns where one goes on with a list: to what has changed in it, if it is known which column is which.
 * @param {List} list
 */
export const wayOn = (list) => (list.again && isDecided(list) ? "#/liste/changements" : "#/liste/colonnes");

/** Returns where one goes with a list that was just given: of a first workbook, the sheets come before. @param {List} list */
export const afterGiven = (list) => (list.sheets.length < 2 || list.again ? wayOn(list) : "#/liste/fichier");

/** Returns which sheets of a workbook are read, and which are not. @param {List["sheets"]} sheets */
function sheetsRead(sheets) {
  const [read = [], others = []] = [true, false].map((is) =>
    sheets.filter((one) => one.read === is).map(({ name }) => say("quoted", { text: name })),
  );
  const [names, left] = [joined(read, "unit"), joined(others, "unit")];
  return say("list-sheets-read", { count: read.length, sheets: names, left: others.length, others: left });
}

/**
 * Asks for the row of the titles; a text that is none is refused here.
 * @param {{id?: string, value: number, sheets?: string[], "aria-label"?: string}} props
 */
export function HeaderRow({ id, value, sheets = [], ...look }) {
  const [refused, setRefused] = useState({ typed: "", faults: /** @type {Fault[]} */ ([]) });
  const set = async (/** @type {any} */ { currentTarget: { value: typed } }) => {
    const { fault } = await change("sheet", { sheets, headerRow: typed }, { quiet: true });
    setRefused(fault ? { typed, faults: [fault] } : { typed: "", faults: [] });
  };
  return html`<input class="in flush tiny" inputmode="numeric" ...${{ id, ...look }} value=${refused.typed || value} onchange=${set} />
    <${FieldFaults} faults=${refused.faults} />`;
}

/** @param {{list: List, other?: boolean}} props other: another file can be chosen, which is done elsewhere */
export function FileCard({ list, other = false }) {
  return html`<section class="card thin" aria-label=${say("list-file-label")}>
    <div class="row between">
      <div class="row whole">
        <${Icon} name="table" />
        <div>
          <b>${list.file}</b>
          <div class="small mute">${say("list-facts", { rows: list.lines, columns: list.columns.length })}</div>
          ${list.sheets.length > 1 && html`<div class="small mute">${sheetsRead(list.sheets)}</div>`}
          ${list.notRead.map((text) => html`<div class="small mute" key=${text}>${text}</div>`)}
          ${list.copy && html`<div class="small mute">${say("list-copy", { name: list.copy })}</div>`}
        </div>
      </div>
      <div class="row">
        ${list.sheets.length > 1
          ? other && html`<a class="btn small quiet" href="#/liste/fichier">${say("list-sheets")}</a>`
          : html`<label class="small" for="header">${say("list-header")}</label>
              <${HeaderRow} id="header" value=${list.headerRow} />`}
        ${other && html`<a class="btn small quiet" href="#/liste/fichier">${say("list-replace")}</a>`}
      </div>
    </div>
  </section>`;
}
