// La liste, third part: two rows of one school, side by side, until somebody says which one it is.
/** @import { Pair, Pairs, Row } from "../contract" */
import { focusOn } from "../actions.js";
import { Arrows, Button, Form, held, Select } from "../components/basics.js";
import { go } from "../router.js";
import { change, useLoaded } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say } from "../words.js";

/** @param {{decided: () => void}} props decided: is told once no school stands there twice any more */
export function Twice({ decided }) {
  const { value } = useLoaded("twice");
  const { items = [] } = /** @type {Pairs} */ (value ?? {});
  const [at, setAt] = useState(0);
  const [parting, setParting] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const index = Math.min(at, items.length - 1);
  const pair = items[index];
  useEffect(() => {
    const button = box.current?.querySelector(".btn.first");
    if (button instanceof HTMLElement) button.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" });
  }, [pair?.key]);
  useEffect(() => setParting(false), [pair?.key]);

  /** @param {"keepRow" | "joinRows"} name @param {number} line */
  const choose = async (name, line) => {
    const { done } = await change(name, { line });
    if (done && !done.twice?.items.length) decided();
  };
  if (!pair) return null;
  const { rows, merge } = pair;
  const title = say("twice-title", { nth: index + 1, count: items.length });
  const step = (/** @type {number} */ by) => setAt((index + by + items.length) % items.length);
  return html`<section
    ref=${box}
    class="sheet"
    onkeydown=${(/** @type {KeyboardEvent} */ event) => {
      const row = rows[Number(event.key) - 1];
      if (!row || event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
      event.preventDefault();
      void choose("keepRow", row.line);
    }}
  >
    <${Versus} pair=${pair} title=${title} keep=${(/** @type {number} */ line) => choose("keepRow", line)} />
    <div class="foot">
      <div class="row tight">
        ${merge && html`<${Button} look="btn small quiet" run=${() => choose("joinRows", rows[0]?.line ?? 0)}>
          ${merge.text}
        <//>`}
        <${Button} look="btn small quiet" aria-expanded=${String(parting)} run=${() => setParting(!parting)}>
          ${say("twice-part")}
        <//>
        ${items.length > 1 && html`<span class="row tight push">
          <${Arrows} labels=${[say("twice-previous"), say("twice-next")]} step=${step} />
        </span>`}
      </div>
      ${parting && html`<${Parting} key=${pair.key} rows=${rows} />`}
    </div>
  </section>
  <p class="small mute">${say("twice-note")}<span class="swap-out"> ${say("twice-keys")}</span></p>`;
}

/** @param {{pair: Pair, title: string, keep: (line: number) => void}} props the rows side by side */
function Versus({ pair: { key, rows, fields }, title, keep }) {
  const [differing = [], same = []] = [true, false].map((is) => fields.filter(({ differs }) => differs === is));
  const said = same.map(({ key: field }) => rows[0]?.cells[field]).filter(Boolean);
  return html`<div class="scroll" ...${rows.length > 2 ? { tabindex: 0, role: "region", "aria-label": title } : {}}>
    <table class="versus">
      <caption>${title}${" "}<span class="code">${key}</span></caption>
      <thead>
        <tr>
          <td></td>
          ${rows.map((row) => html`<th scope="col" key=${row.line}>${say("twice-row", { at: row.at })}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${differing.map(({ key: field, label }) => html`<tr key=${field} class="differs">
          <th scope="row">${label}</th>
          ${rows.map(({ line, cells }) => html`<td key=${line}><b>${cells[field] || say("cell-empty")}</b></td>`)}
        </tr>`)}
        ${same.length > 0 && html`<tr>
          <th scope="row">${say("twice-same")}</th>
          <td colspan=${rows.length} class="mute">${said.join(" · ")}</td>
        </tr>`}
        <tr>
          <th scope="row"><span class="unseen">${say("twice-choice")}</span></th>
          ${rows.map((row, nth) => html`<td key=${row.line}>
            <${Button}
              look=${nth ? "btn small" : "btn small first"}
              aria-label=${`${say("keep")} ${say("twice-kept-row", { at: row.at })}`}
              run=${() => keep(row.line)}
            >
              <span>${say("keep")}<span class="swap-out"> ${say("twice-kept-row", { at: row.at })}</span></span>
            <//>
          </td>`)}
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** @param {{rows: Row[]}} props corrects the code of one of several rows, which are different schools */
function Parting({ rows }) {
  const [line, setLine] = useState(rows[1]?.line ?? 0);
  const row = rows.find((one) => one.line === line);
  const [code, setCode] = useState("");
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => focusOn(input.current), []);
  const keep = async () => {
    const { done } = await change("mend", { line, field: "uai", value: code.trim().toUpperCase() });
    const mended = done?.row;
    const isWrong = mended?.faults.some((fault) => fault.at?.column === "uai");
    if (isWrong) go({ station: "list", part: "rows", line, column: "uai" });
  };
  return html`<${Form} class="above-less" keep=${keep}>
    <p class="small">${say("twice-part-why")}</p>
    <div class="row tight above-less">
      <label class="small" for="part-row">${say("twice-part-row")}</label>
      <${Select}
        class="in flush auto"
        id="part-row"
        chosen=${String(line)}
        items=${rows.map((one) => ({ value: String(one.line), text: say("twice-row", { at: one.at }) }))}
        choose=${(/** @type {string} */ value) => setLine(Number(value))}
      />
      <label class="small" for="part-code">${say("twice-part-code", { name: row?.name ?? "" })}</label>
      <input
        ref=${input}
        class="in flush code short"
        id="part-code"
        value=${code}
        aria-describedby="part-why"
        oninput=${held(setCode)}
      />
      <${Button} look="btn small" submit>${say("keep")}<//>
    </div>
    <p class="hint" id="part-why">${say("twice-part-hint")}</p>
  <//>`;
}
