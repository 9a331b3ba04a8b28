// La liste, second part once it was sent again: what is new, what is gone, what has changed.
/** @import { Again, Change, List } from "../contract" */
import { partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { follow } from "../actions.js";
import { Icon } from "../icons.js";
import { html, useState } from "../vendor/htm-preact.js";
import { day, number, words } from "../words.js";

const SHOWN = 50; // changes at once

/** @param {{list: List}} props */
export function Changes({ list }) {
  const t = words().changes;
  const [limit, setLimit] = useState(SHOWN);
  const { at, before, few, counts, left, rows } = /** @type {Again} */ (list.again);
  const kept = [t.kept(counts.kept), counts.there && t.there(counts.there), left && t.leftOut(left)].filter(Boolean);
  return html`<${View}
    title=${t.title}
    tab=${t.tab}
    lead=${t.lead(day(before.slice(0, 10)), day(at.slice(0, 10)))}
    beside=${partsOf(list, "changements")}
    back=${{ address: "#/liste/fichier", text: words().list.partNames[0] }}
    left=${t.left(number(list.counts.ready))}
    next=${{ text: t.next, address: "#/liste/cases", first: true }}
  >
    <div class="stack">
      ${
        few &&
        html`<div class="note warn">
          <${Icon} name="alert" />
          <div>
            <h2>${t.few}</h2>
            <div class="ways"><a class="btn small" href="#/liste/fichier">${t.fewWay}</a></div>
          </div>
        </div>`
      }
      <dl class="summary">
        ${
          /** @type {const} */ (["new", "gone", "changed", "same"]).map(
            (key) =>
              html`<div class=${key === "new" && counts.new ? "good" : null} key=${key}>
                <dt>${t.counts[key]}</dt>
                <dd>${number(counts[key])}</dd>
              </div>`,
          )
        }
      </dl>
      <p class="ok">
        <${Icon} name="check" /><span
          ><b>${kept[0]}</b> ${kept.slice(1).join(" ")} <a href="#/liste/colonnes">${t.columns}</a></span
        >
      </p>
      ${
        rows.length > 0 &&
        html`<div class="sheet">
          <table class="stackable" role="table">
            <caption class="unseen">
              ${t.caption}
            </caption>
            <thead>
              <tr role="row">
                ${t.headings.map(
                  (heading, index) =>
                    html`<th scope="col" role="columnheader" key=${heading}>
                      ${index < 3 ? heading : html`<span class="unseen">${heading}</span>`}
                    </th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${rows.slice(0, limit).map((row, index) => html`<${ChangeRow} key=${index} row=${row} />`)}
            </tbody>
          </table>
          ${
            rows.length > limit &&
            html`<p class="foot small mute">
              ${t.more(number(rows.length - limit))}${" "}
              <button class="link" type="button" onclick=${() => setLimit(limit + 500)}>${t.all}</button>
            </p>`
          }
        </div>`
      }
    </div>
  <//>`;
}

/** The look of each kind of change. */
const LOOK = { new: "good", gone: "line", changed: "", back: "", conflict: "good" };

/** @param {{row: Change}} props */
function ChangeRow({ row }) {
  const t = words().changes;
  const { kind, at, name, town, copies, column = "", before, theirs, yours, way } = row;
  const e = words().cells.emptyCell;
  return html`<tr role="row">
    <td role="cell" class="col-line small">
      ${at ? html`<span class="on-phone">${words().cells.line} </span>${at}` : html`<span class="not-on-phone">–</span>`}
    </td>
    <td role="cell"><b>${name || words().cells.noName}</b><br /><span class="small mute">${town}</span></td>
    <td role="cell">
      ${
        kind === "new"
          ? t.isNew(copies)
          : kind === "gone"
            ? t.isGone
            : kind === "conflict"
              ? html`${t.yours(column)} <b>${yours || e}</b>${t.theirs(theirs || e)}`
              : kind === "back"
                ? html`${t.cell(column)} <b>${before || e}</b>${t.theirs(theirs || e)}`
                : html`${t.cell(column)} <span class="was">${yours ?? (before || e)}</span> <b>${theirs || e}</b>`
      }
    </td>
    <td role="cell">
      <span class=${`tag ${LOOK[kind]}`}
        >${(kind === "new" || kind === "conflict") && html`<${Icon} name=${kind === "new" ? "plus" : "check"} />`}${
          t.kinds[kind]
        }</span
      >
    </td>
    <td role="cell">
      ${
        way &&
        html`<button class="btn small quiet" type="button" onclick=${() => follow(way)}>
          ${way.text}<span class="unseen">, ${name}</span>
        </button>`
      }
    </td>
  </tr>`;
}
