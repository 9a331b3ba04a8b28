// A row of the list: what is wrong in it, and how it is mended in place.
/** @import { Mended, Row, RowFault, Way } from "../contract" */
import { travel } from "../actions.js";
import { Button, Form, held, Select } from "../components/basics.js";
import { Ways } from "../components/fault.js";
import { Icon } from "../icons.js";
import { state } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";

/** The fault of a row whose school stands on another one, too: both are shown side by side. */
const TWICE = "T305";
/** Parts of the names of fields that are short. */
const SHORT = ["postcode", "uai", "copies"];

/** @param {string} at @returns what a button says of its line to those who do not see where it stands */
const ofLine = (at) => html`<span class="unseen">, ${say("cells-line").toLowerCase()} ${at}</span>`;

/** @typedef {{line: number, field: string, text?: string}} Mending */

/**
 * @typedef {{row: Row, nth: number, labels: Record<string, string>, mending: Mending | null,
 *            start: (cell: Mending | null) => void, keep: (cell: Mending) => Promise<void>,
 *            way: (way: Way) => void}} RowProps
 */

/** @param {RowProps} props */
export function RowLines({ row, nth, labels, mending, start, keep, way }) {
  const fault = mending && row.faults.find((other) => other.at?.column === mending.field);
  return html`<tr role="row" class=${mending ? "mending" : null} aria-rowindex=${nth + 2} data-line=${row.line}>
    <th scope="row" role="rowheader">
      <span class="on-phone">${say("cells-line")} </span>${row.nth}${row.sheet && html`<div class="hint">${row.sheet}</div>`}
    </th>
    <td role="cell">
      ${row.name || html`<span class="mute">${say("cells-no-name")}</span>`}
      <div class="hint">${row.town}</div>
    </td>
    ${mending
      ? html`<td role="cell" class="not-on-phone">${labels[mending.field] ?? mending.field}</td>
          <td role="cell" class="mend">
            <${MendForm} ...${{ row, labels, start, keep }} cell=${mending} fault=${fault ?? null} />
          </td>`
      : html`<${Standing} row=${row} labels=${labels} start=${start} way=${way} />`}
  </tr>`;
}

/** @param {Pick<RowProps, "row" | "labels" | "start" | "way">} props what is wrong in a row, and what to press */
function Standing({ row, labels, start, way }) {
  const { mended, line, at } = row;
  const faults = row.faults.filter((fault) => fault.code !== TWICE);
  return html`<td role="cell"><${Fields} row=${row} faults=${faults} labels=${labels} start=${start} /></td>
    <td role="cell">
      ${mended.map((cell) => html`<${MendedCell} key=${cell.field} cell=${cell} at=${at} way=${way} bad=${faults.some((one) => one.at?.column === cell.field)} />`)}
      ${faults.map((fault, index) => html`<${FaultLine} key=${index} fault=${fault} row=${row} start=${start} way=${way} />`)}
      ${row.state === "twice" && html`<div class="row tight">
        <span class="tag warn">${say("cells-is-twice")}</span>
        <a class="btn small" href="#/liste/cases?show=twice">${say("cells-choose-row")}${ofLine(at)}</a>
      </div>`}
      ${row.state === "left" && html`<div class="row tight">
        <span>${row.why || say("left-out")}</span>
        <${Button} look="btn small" run=${() => way({ text: "", call: "back" })}>
          ${say("cells-take-back")}${ofLine(at)}
        <//>
      </div>`}
      ${row.state === "ready" && !mended.length && !faults.length && html`<div class="row tight">
        <span class="tag good"><${Icon} name="check" />${say("cells-ready")}</span>
        <${Button}
          look="btn small quiet"
          aria-label=${say("cells-mend-row", { line: at })}
          run=${() => start({ line, field: Object.keys(labels)[0] ?? "name" })} icon="pencil"
        />
      </div>`}
    </td>`;
}

/** @param {Pick<RowProps, "row" | "labels" | "start"> & {faults: RowFault[]}} props the cells that are mended, or to be */
function Fields({ row: { mended, line, at, cells }, faults, labels, start }) {
  const faulty = faults.filter((fault) => fault.at?.column);
  const names = [...new Set([...mended.map(({ field }) => field), ...faulty.map((fault) => fault.at?.column ?? "")])];
  return html`${names.map((field) => {
    const fault = faulty.find((other) => other.at?.column === field);
    const label = labels[field] ?? field;
    return html`<div key=${field}>
      ${label}
      ${fault && html`<div>
        <${Button}
          look=${`cell ${fault.severity === "error" ? "bad" : "warn"}`}
          aria-label=${say("cells-mend-this", { label, value: cells[field] || say("cell-empty"), line: at })}
          run=${() => start({ line, field })}
        >
          <span><${Marked} text=${cells[field] ?? ""} proposal=${fault.proposal ?? ""} /></span
          ><${Icon} name="pencil" />
        <//>
      </div>`}
    </div>`;
  })}`;
}

/** @param {{cell: Mended, at: string, way: (way: Way) => void, bad: boolean}} props a cell that was mended, with its way back; bad: still wrong */
function MendedCell({ cell: { field, before, after }, at, way, bad }) {
  return html`<div class="row tight fault-line">
    <span><span class="was">${before || say("cells-empty-cell")}</span> → <b>${after || say("cells-empty-cell")}</b></span>
    ${bad ? html`<span class="tag warn">${say("cells-changed")}</span>` : html`<span class="tag good"><${Icon} name="check" />${say("cells-mended")}</span>`}
    <${Button}
      look="btn small quiet"
      run=${() =>
        state.did?.text.includes(at) && state.undo?.text === state.did.text
          ? travel("undo")
          : way({ text: "", call: "mend", args: { field, value: before } })} icon="undo"
    >
      ${say("bar-undo")}<span class="unseen"> ${say("cells-mend-of", { line: at })}</span>
    <//>
  </div>`;
}

/** @param {Pick<RowProps, "row" | "start" | "way"> & {fault: RowFault}} props */
function FaultLine({ fault: { text, ways, at: place }, row: { line, at, cells }, start, way }) {
  const column = place?.column;
  const mend = column && !ways.some((one) => one.call === "mend") &&
    html`<${Button} look="btn small" run=${() => start({ line, field: column })}>
      ${cells[column] ? say("cells-mend-cell") : say("cells-fill")}${ofLine(at)}
    <//>`;
  return html`<div class="fault-line">
    ${text}
    <${Ways} ways=${ways} said="hint" take=${way} before=${mend} of=${ofLine(at)} />
  </div>`;
}

/** Marks the part of a cell that a proposal would change. @param {{text: string, proposal: string}} props */
function Marked({ text, proposal }) {
  if (!text) return say("cells-empty-cell");
  if (!proposal) return html`<mark>${text}</mark>`;
  let start = 0;
  while (start < text.length && text[start] === proposal[start]) start += 1;
  let end = 0;
  while (end < text.length - start && text.at(-1 - end) === proposal.at(-1 - end)) end += 1;
  const part = text.slice(start, text.length - end);
  return part ? html`${text.slice(0, start)}<mark>${part}</mark>${text.slice(text.length - end)}` : text;
}

/** @param {Pick<RowProps, "row" | "labels" | "start" | "keep"> & {cell: Mending, fault: RowFault | null}} props */
function MendForm({ row, cell, labels, fault, start, keep }) {
  const { line, field } = cell;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const first = cell.text ?? (fault?.proposal || row.cells[field] || "");
  const [text, setText] = useState(first);
  useEffect(() => {
    setText(first);
    const element = input.current;
    requestAnimationFrame(() => {
      element?.focus();
      element?.select();
      element?.scrollIntoView({ block: "center" });
    });
  }, [line, field]);
  const why = `why-${line}`;
  const long = (row.cells[field] ?? "").length > 12 || !SHORT.some((short) => field.includes(short));
  return html`<${Form} keep=${() => keep({ line, field, text })} close=${() => start(null)}>
    <label for=${`cell-${line}`}>${say("cells-cell-label", { label: labels[field] ?? field, line: row.at })}</label>
    ${fault && html`<p class="hint" id=${why}>${fault.text}</p>`}
    ${!fault && html`<div class="row tight">
      <label class="small" for=${`field-${line}`}>${say("cells-which-field")}</label>
      <${Select}
        class="in flush auto"
        id=${`field-${line}`}
        chosen=${field}
        items=${Object.entries(labels).flatMap(([value, text]) => (value in row.cells ? { value, text } : []))}
        choose=${(/** @type {string} */ other) => start({ line, field: other })}
      />
    </div>`}
    <div class="row tight">
      <input
        ref=${input}
        class=${long ? "in long" : "in"}
        id=${`cell-${line}`}
        value=${text}
        aria-describedby=${fault ? `${why} ${why}-keys` : `${why}-keys`}
        oninput=${held(setText)}
      />
      <${Button} look="btn first" submit icon="check">${say("keep")}<//>
      <${Button} look="btn quiet" run=${() => start(null)}>${say("cancel")}<//>
      ${fault?.canBeEmpty && html`<${Button} look="btn quiet" run=${() => keep({ line, field, text: "" })}>
        ${say("cells-empty")}
      <//>`}
    </div>
    <p class="hint" id=${`${why}-keys`}>${say("cells-keys")}</p>
  <//>`;
}
