// What the parts of La liste share: the way through them, and the file that is read.
/** @import { List } from "../contract" */
import { Icon } from "../icons.js";
import { change } from "../store.js";
import { html } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";
import { Parts } from "./steps.js";

/**
 * Returns the way through the four parts.
 * @param {List | null} list
 * @param {string} now
 */
export function partsOf(list, now) {
  const t = words().list;
  const isAgain = now === "changements" || (now !== "colonnes" && list?.again != null);
  const names = ["fichier", isAgain ? "changements" : "colonnes", "cases", "adresses"];
  const shown = t.partNames.map((name, index) => (isAgain && index === 1 ? t.partChanges : name));
  const at = names.indexOf(now);
  const reached = !list ? 0 : isDecided(list) ? 3 : 1;
  return html`<${Parts}
    label=${t.parts}
    parts=${names.map((name, index) => ({
      address: `#/liste/${name}`,
      name: shown[index] ?? name,
      toMend: name === "cases" && list ? list.counts.mend + list.counts.twice : 0,
      state: index === at ? "now" : index > reached && index > at ? "later" : index < at ? "done" : "open",
    }))}
  />`;
}

/**
 * Tells whether it is known which column is which.
 * @param {List} list
 */
export const isDecided = (list) =>
  !list.columns.some((column) => column.how === "proposed") &&
  !list.fields.some((field) => field.required && field.column == null);

/** @param {{list: List, other?: boolean}} props other: another file can be chosen, which is done elsewhere */
export function FileCard({ list, other = false }) {
  const t = words().list;
  return html`<section class="card thin" aria-label=${t.fileLabel}>
    <div class="row between">
      <div class="row whole">
        <${Icon} name="table" />
        <div>
          <b>${list.file}</b>
          <div class="small mute">${t.facts(number(list.lines), number(list.columns.length))}</div>
          ${list.sheets.length > 1 && html`<div class="small mute">${t.sheetsRead(list.sheets)}</div>`}
          ${list.notRead.map((text) => html`<div class="small mute" key=${text}>${text}</div>`)}
          ${list.copy && html`<div class="small mute">${t.copy(list.copy)}</div>`}
        </div>
      </div>
      <div class="row">
        ${
          list.sheets.length > 1
            ? other && html`<a class="btn small quiet" href="#/liste/fichier">${t.sheets}</a>`
            : html`<label class="small" for="header">${t.header}</label>
                <input
                  class="in flush tiny"
                  id="header"
                  inputmode="numeric"
                  value=${list.headerRow}
                  onchange=${(/** @type {any} */ event) => {
                    const headerRow = Number(event.currentTarget.value);
                    if (headerRow > 0) void change("sheet", { headerRow });
                  }}
                />`
        }
        ${other && html`<a class="btn small quiet" href="#/liste/fichier">${t.replace}</a>`}
      </div>
    </div>
  </section>`;
}
