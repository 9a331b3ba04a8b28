// La liste, second part once it was sent again: what is new, what is gone, what has changed.
/** @import { Again, Change, List } from "../contract" */
import { Button, Figures, Headings, Note, Told } from "../components/basics.js";
import { partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { follow } from "../actions.js";
import { Icon } from "../icons.js";
import { html, useState } from "../vendor/htm-preact.js";
import { day, number, say, sayLines } from "../words.js";

const SHOWN = 50; // changes at once

/** @param {{list: List}} props */
export function Changes({ list }) {
  const [limit, setLimit] = useState(SHOWN);
  const { at, before, few, counts, left, rows } = /** @type {Again} */ (list.again);
  const kept = [
    say("changes-kept", { count: counts.kept }),
    counts.there && say("changes-there", { count: counts.there }),
    left && say("changes-left-out", { rows: left }),
  ].filter(Boolean);
  const [day1, day2] = [before.slice(0, 10), at.slice(0, 10)];
  return html`<${View}
    title=${say("changes-title", { rows: counts.new + counts.gone + counts.changed })}
    tab=${say("changes-tab")}
    lead=${!day1 || day1 === day2 ? say("changes-lead-same") : say("changes-lead", { before: day(day1) })}
    beside=${partsOf(list, "changements")}
    back=${{ address: "#/liste/fichier", text: sayLines("list-part-names")[0] }}
    left=${say("schools-ready", { schools: list.counts.ready })}
    next=${{ text: say("changes-next"), address: "#/liste/cases", first: true }}
  >
    <div class="stack">
      ${few && html`<${Note} title=${say("changes-few")}>
        <div class="ways"><a class="btn small" href="#/liste/fichier">${say("changes-few-way")}</a></div>
      <//>`}
      <${Figures}
        figures=${/** @type {const} */ (["new", "gone", "changed", "same"]).map((kind) =>
          [say("changes-count", { kind }), number(counts[kind]), kind === "new" && counts.new ? "good" : null])}
      />
      <${Told} look="ok" icon="check">
        <b>${kept[0]}</b> ${kept.slice(1).join(" ")} <a href="#/liste/colonnes">${say("changes-columns")}</a>
      <//>
      ${rows.length > 0 && html`<div class="sheet">
        <table class="stackable" role="table">
          <caption class="unseen">${say("changes-caption")}</caption>
          <${Headings} texts=${sayLines("changes-headings")} seen=${3} />
          <tbody>${rows.slice(0, limit).map((row, index) => html`<${ChangeRow} key=${index} row=${row} />`)}</tbody>
        </table>
        ${rows.length > limit && html`<p class="foot small mute">
          ${say("changes-more", { count: rows.length - limit })}${" "}
          <${Button} look="link" run=${() => setLimit(limit + 500)}>${say("changes-all")}<//>
        </p>`}
      </div>`}
    </div>
  <//>`;
}

/** The look of each kind of change. */
const LOOK = { new: "good", gone: "line", changed: "", back: "", conflict: "good" };

/** @param {{row: Change}} props */
function ChangeRow({ row }) {
  const { kind, at, name, town, copies, column = "", before, theirs, yours, way } = row;
  const e = say("cells-empty-cell");
  return html`<tr role="row">
    <td role="cell" class="col-line small">
      ${at ? html`<span class="on-phone">${say("cells-line")} </span>${at}` : html`<span class="not-on-phone">–</span>`}
    </td>
    <td role="cell"><b>${name || say("cells-no-name")}</b><br /><span class="small mute">${town}</span></td>
    <td role="cell">
      ${
        kind === "new"
          ? say("changes-is-new", { copies: Number(copies) })
          : kind === "gone"
            ? say("changes-is-gone")
            : kind === "conflict"
              ? html`${say("changes-yours", { column })} <b>${yours || e}</b>${say("changes-theirs", { text: theirs || e })}`
              : kind === "back"
                ? html`${say("changes-cell", { column })} <b>${before || e}</b>${say("changes-theirs", { text: theirs || e })}`
                : html`${say("changes-cell", { column })} <span class="was">${yours ?? (before || e)}</span> <b>${theirs || e}</b>`
      }
    </td>
    <td role="cell">
      <span class=${`tag ${LOOK[kind]}`}
        >${(kind === "new" || kind === "conflict") && html`<${Icon} name=${kind === "new" ? "plus" : "check"} />`}${
          say("changes-kind", { kind })
        }</span>
    </td>
    <td role="cell">
      ${way && html`<${Button} look="btn small quiet" run=${() => follow(way)}>
        ${way.text}<span class="unseen">, ${name}</span>
      <//>`}
    </td>
  </tr>`;
}
