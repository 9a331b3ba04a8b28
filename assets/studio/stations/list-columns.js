// La liste, second part: which column holds what.
/** @import { Column, List } from "../contract" */
import { focusOn } from "../actions.js";
import { Button, Folded, Headings, Select } from "../components/basics.js";
import { FaultNote } from "../components/fault.js";
import { FileCard, partsOf } from "../components/list.js";
import { PageBeside } from "../components/page.js";
import { Aside, View } from "../components/view.js";
import { Icon } from "../icons.js";
import { go } from "../router.js";
import { change } from "../store.js";
import { html, useState } from "../vendor/htm-preact.js";
import { say, sayLines } from "../words.js";

/** « Did you mean »: the table proposes it. */
const NEAR = "T204";

/** @param {{list: List, route: import("../router.js").Route}} props */
export function Columns({ list, route }) {
  const [used, setUsed] = useState(/** @type {string | null} */ (null));
  const fields = list.fields.map((field) => {
    const column = list.columns.find(({ index }) => index === field.column) ?? null;
    const proposal = list.columns.find((other) => other.field === field.key && other.how === "proposed") ?? null;
    const ask = proposal ?? ((field.required && !column) || null);
    return { ...field, column: column?.how === "proposed" ? null : column, proposal, ask: ask != null };
  });
  const asked = fields.filter((field) => field.ask);
  const aside = list.columns.filter((column) => !column.field);
  const [absent] = useState(() => new Set(fields.filter(({ column }) => !column).map(({ key }) => key)));
  const isRest = (/** @type {Mapped} */ { ask, column, key }) =>
    !ask && (!column || (column.how === "chosen" && absent.has(key)));
  const empty = fields.filter(isRest);
  const needed = asked.filter(({ required }) => required);
  return html`<${View}
    title=${say("station", { id: "list" })}
    tab=${say("columns-tab")}
    lead=${asked.length ? say("columns-lead-ask", { count: asked.length }) : say("columns-lead")}
    beside=${partsOf(list, "colonnes")}
    grid="duo slim"
    field=${route.at.get("field") ?? (asked.length === 1 ? (asked[0]?.key ?? null) : null)}
    page=${html`<${Aside} label=${say("page-now")}><${PageBeside} now=${used ?? asked[0]?.key ?? "name"} /><//>`}
    back=${{ address: "#/liste/fichier", text: sayLines("list-part-names")[0] }}
    left=${say("columns-left", { count: asked.length, needed: needed.length })}
    next=${{
      text: say("columns-next", { rows: list.lines }),
      first: true,
      run: () => {
        if (!list.isRead) focusOn(document.querySelector(needed[0] ? `[data-field="${needed[0].key}"]` : "h1"));
        else go(list.again ? "#/liste/changements" : "#/liste/cases");
      },
    }}
  >
    <div class="stack">
      <${FileCard} list=${list} other />
      ${list.faults
        .filter(({ code }) => code !== NEAR)
        .map((fault) => html`<${FaultNote} key=${fault.text} fault=${fault} />`)}
      <${Table}
        title=${say("columns-caption")}
        fields=${[...asked, ...fields.filter((field) => !field.ask && !isRest(field))]}
        columns=${list.columns}
        onUse=${setUsed}
      />
      ${empty.length > 0 && html`<${Folded} look="card folded" title=${say("columns-rest", { count: empty.length })}>
        <${Table} title=${say("columns-rest-caption")} fields=${empty} columns=${list.columns} onUse=${setUsed} />
      <//>`}
      ${aside.length > 0 && html`<${Folded} look="card folded" title=${say("columns-aside", { count: aside.length })}>
        <p class="small mute wide">${say("columns-aside-text", { list: aside.map((column) => column.name).join(", ") })}</p>
        ${aside
          .filter((column) => column.how === "refused")
          .map((column) =>
            html`<p class="worry" key=${column.index}><${Icon} name="lock" />${column.name} : ${column.why}</p>`)}
      <//>`}
    </div>
  <//>`;
}

/**
 * @typedef {{key: string, label: string, required: boolean, column: Column | null, proposal: Column | null,
 *            ask: boolean}} Mapped
 * @param {{title: string, fields: Mapped[], columns: Column[], onUse: (key: string) => void}} props
 */
function Table({ title, fields, columns, onUse }) {
  return html`<div class="sheet">
    <table class="map stackable" role="table">
      <caption>
        ${title}
        ${fields.some(({ required }) => required) && html`<span class="small mute legend">${say("columns-legend")}</span>`}
      </caption>
      <${Headings} texts=${sayLines("columns-headings")} />
      <tbody>
        ${fields.map((field) =>
          html`<${Mapping} key=${field.key} field=${field} columns=${columns} onUse=${() => onUse(field.key)} />`)}
      </tbody>
    </table>
  </div>`;
}

const SHORT = 26; // signs of examples that stand on one line

/**
 * Returns examples of a column, each on a line of its own if they are long; none ends within a word.
 * @param {Column} column
 */
function examples({ samples }) {
  const whole = samples.map((text) => (text.endsWith("…") ? text.replace(/\s+\S*…$/, "…") : text));
  const line = whole.slice(0, 3).join("\u00a0· ");
  if (line.length <= SHORT) return line;
  return whole.slice(0, 2).map((text) => html`<span class="line" key=${text}>${text}</span>`);
}

/** @param {{field: Mapped, columns: Column[], onUse: () => void}} props */
function Mapping({ field, columns, onUse }) {
  const { key, label, required, column, proposal, ask } = field;
  const map = (/** @type {number | null} */ index) => change("mapColumn", { field: key, column: index });
  return html`<tr role="row" class=${ask ? "ask" : null} onfocusin=${onUse}>
    <th scope="row" role="rowheader">
      ${label}${required && html`<span class="need" aria-hidden="true"> *</span>`}
      ${required && html`<span class="unseen"> ${say("columns-required")}</span>`}
    </th>
    <td role="cell">
      <${Select}
        field=${key}
        label=${say("columns-column-for", { label })}
        chosen=${column ? String(column.index) : ""}
        items=${[
          { value: "", text: ask ? say("columns-choose") : say("columns-empty") },
          ...columns
            .filter((other) => other.how !== "refused")
            .map(({ index, name }) => ({ value: String(index), text: name })),
        ]}
        choose=${(/** @type {string} */ value) => map(value === "" ? null : Number(value))}
      />
    </td>
    <td role="cell" class="examples">
      ${column && html`<span class="code">${examples(column)}</span>`}
      ${proposal && !column && html`${say("columns-proposed", { name: proposal.name })} <span class="code line">${examples(proposal)}</span>`}
    </td>
    <td role="cell">
      ${
        proposal && !column
          ? html`<${Button} look="btn small" title=${proposal.why || null} run=${() => map(proposal.index)}>
              ${say("columns-take", { name: proposal.name })}
            <//>`
          : column
            ? html`<span class="tag good"
                ><${Icon} name="check" />${column.how === "exact" ? say("columns-found") : say("columns-chosen")}</span
              >`
            : html`<span class=${required ? "tag warn" : "tag line"}>${required ? say("columns-to-choose") : say("columns-none")}</span>`
      }
    </td>
  </tr>`;
}
