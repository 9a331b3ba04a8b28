// La liste, third part: rows, what is wrong in them, and how to mend it in place.
/** @import { Counts, List, Row, RowFault, Rows, Show, Way } from "../contract" */
import { focusOn, follow, travel } from "../actions.js";
import { change, engine, note, state, useStore } from "../store.js";
import { partsOf } from "../components/list.js";
import { Select } from "../components/select.js";
import { View } from "../components/view.js";
import { Icon } from "../icons.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { number, words } from "../words.js";
import { Twice } from "./list-twice.js";

/** Rows asked for at once, and the number of rows from which only what is near the window is drawn. */
const CHUNK = 100;
const WHOLE = 200;
const ROW_HEIGHT = 66;
/** The fault of a row whose school stands on another one, too: both are shown side by side. */
const TWICE = "T305";

/**
 * @typedef {{line: number, field: string, text?: string}} Mending
 * @typedef {{show: Show, search: string}} Filter
 */

/** Rows of one filter, in chunks; a mended row stays where it was until the filter changes. */
class Pieces {
  /** @type {Map<number, Row[]>} */
  #chunks = new Map();
  /** @type {Set<number>} */
  #asked = new Set();
  total = 0;
  /** @type {Counts | null} */
  counts = null;
  /** @type {Way[]} */
  repairs = [];
  ready = false;

  /** @param {Filter} filter @param {() => void} tell */
  constructor(filter, tell) {
    this.filter = filter;
    this.tell = tell;
  }

  /** @param {number} index */
  at(index) {
    return this.#chunks.get(index);
  }

  get drawn() {
    return this.total + this.#kept([...this.#chunks.values()].flat());
  }

  /** @param {Row[]} rows */
  #kept(rows) {
    const { show } = this.filter;
    return show === "all" ? 0 : rows.filter((row) => row.state !== show).length;
  }

  /** @param {number} index */
  async load(index) {
    if (this.#asked.has(index)) return;
    this.#asked.add(index);
    const before = [...this.#chunks].filter(([other]) => other < index).flatMap(([, rows]) => rows);
    const from = Math.max(0, index * CHUNK - this.#kept(before));
    const { total, counts, rows, repairs } = await engine.call("rows", { ...this.filter, from, count: CHUNK });
    this.total = total;
    if (!index) this.repairs = repairs;
    this.counts = counts;
    this.ready = true;
    const fresh = new Set(rows.map((row) => row.line));
    const kept = (this.#chunks.get(index) ?? []).filter(
      (row) => row.state !== this.filter.show && !fresh.has(row.line),
    );
    const all = this.filter.show === "all" ? rows : [...rows, ...kept].sort((a, b) => a.line - b.line);
    this.#chunks.set(index, all);
    this.tell();
  }

  /** Asks again for everything that is there. */
  reload() {
    const known = [...this.#asked];
    this.#asked.clear();
    for (const index of known.length ? known : [0]) void this.load(index);
  }

  /** @param {Row} row @param {Counts} counts */
  replace(row, counts) {
    const { show } = this.filter;
    for (const rows of this.#chunks.values()) {
      const index = rows.findIndex((other) => other.line === row.line);
      if (index < 0) continue;
      const before = /** @type {Row} */ (rows[index]);
      if (show !== "all") this.total += Number(row.state === show) - Number(before.state === show);
      rows[index] = row;
    }
    this.counts = counts;
    this.tell();
  }

  /** @param {number} line */
  find(line) {
    for (const rows of this.#chunks.values()) {
      const row = rows.find((other) => other.line === line);
      if (row) return row;
    }
    return undefined;
  }

  get lines() {
    return [...this.#chunks.values()].flat().map((row) => row.line);
  }
}

/** @param {{list: List, route: import("../router.js").Route}} props */
export function Cells({ list, route }) {
  const t = words().cells;
  const { campaign } = useStore();
  const [, redraw] = useState(0);
  const [mending, setMending] = useState(/** @type {Mending | null} */ (null));
  const own = useRef(campaign?.revision ?? 0);
  const focusNext = useRef(/** @type {(() => void) | null} */ (null));
  const pieces = useRef(/** @type {Pieces | null} */ (null));
  const first = /** @type {Show[]} */ (["mend", "twice", "look"]).find((key) => list.counts[key]) ?? "all";
  const asked = /** @type {Show | null} */ (route.at.get("show"));

  const filterBy = (/** @type {Filter} */ filter) => {
    pieces.current = new Pieces(filter, () => redraw((count) => count + 1));
    void pieces.current.load(0);
    setMending(null);
    redraw((count) => count + 1);
  };
  if (!pieces.current) {
    pieces.current = new Pieces({ show: asked ?? first, search: "" }, () => redraw((count) => count + 1));
    void pieces.current.load(0);
  }
  const here = pieces.current;

  useEffect(() => {
    if (own.current === campaign?.revision) return;
    own.current = campaign?.revision ?? 0;
    here.reload();
  }, [campaign?.revision]);

  useEffect(() => {
    if (asked && asked !== here.filter.show) filterBy({ show: asked, search: "" });
  }, [asked]);

  const line = Number(route.at.get("line")) || null;
  useEffect(() => {
    if (!line) return;
    void find(line, first).then((found) => {
      if (found.show !== here.filter.show) filterBy({ show: found.show, search: "" });
      if (found.show === "twice") return;
      const field = route.at.get("column") ?? found.row?.faults[0]?.at?.column;
      if (field) setMending({ line, field });
    });
  }, [line, route.at.get("column")]);

  useEffect(() => {
    if (mending) note({ station: "list", part: "cases", line: mending.line, column: mending.field });
  }, [mending?.line, mending?.field]);

  useLayoutEffect(() => {
    focusNext.current?.();
    focusNext.current = null;
  });

  /** @param {"mend" | "leave" | "back"} name @param {Record<string, unknown>} args */
  const act = async (name, args) => {
    const { done } = await change(name, args);
    if (!done?.row || !done.counts) return null;
    own.current = done.campaign?.revision ?? 0;
    here.repairs = done.repairs ?? [];
    here.replace(done.row, done.counts);
    return done;
  };

  /** @param {Mending} cell */
  const keep = async ({ line, field, text = "" }) => {
    const done = await act("mend", { line, field, value: text });
    if (!done) return;
    const next = typeof done.next === "number" ? here.find(done.next) : undefined;
    const fault = next?.faults.find((other) => other.at?.column);
    if (next && fault?.at?.column && here.filter.show !== "all")
      setMending({ line: next.line, field: fault.at.column });
    else {
      setMending(null);
      focusNext.current = () => {
        if (done.next == null) focusOn(document.querySelector(".lead"));
        else focusRow(line);
      };
    }
  };

  /** @param {Row} row @param {Way} way */
  const takeWay = async (row, way) => {
    if (way.call === "mend" || way.call === "leave" || way.call === "back") {
      const next = here.lines[here.lines.indexOf(row.line) + 1];
      const done = await act(way.call, { line: row.line, ...way.args });
      if (done) focusNext.current = () => (next ? focusRow(next) : focusOn(document.querySelector(".lead")));
      redraw((count) => count + 1);
    } else await follow(way);
  };

  /** Goes on once no school stands there twice any more, where one can read what is left. */
  const decided = () => {
    filterBy({ show: counts.mend ? "mend" : counts.look ? "look" : "all", search: "" });
    focusNext.current = () => focusOn(document.querySelector(".lead"));
  };
  const keepFirst = async () => {
    if ((await change("keepFirstRows")).done) decided();
  };
  const counts = here.counts ?? list.counts;
  const labels = Object.fromEntries(list.fields.map((field) => [field.key, field.label]));
  const { show, search } = here.filter;
  const isPaired = show === "twice" && counts.twice > 0;
  const chunks = Math.max(1, Math.ceil(here.drawn / CHUNK));
  const windowed = here.drawn > WHOLE;
  const annotated = async () => {
    const { file } = await engine.call("annotatedList");
    await engine.save(file);
  };
  return html`<${View}
    title=${words().list.title}
    tab=${t.tab}
    lead=${t.lead(counts.mend, counts.twice, list.copy != null)}
    beside=${partsOf(list, "cases")}
    ready=${here.ready}
    back=${{ address: "#/liste/colonnes", text: words().list.partNames[1] }}
    left=${
      isPaired
        ? t.leftTwice(counts.twice)
        : counts.mend
          ? t.left(counts.mend, number(counts.ready))
          : t.leftNone(number(counts.ready))
    }
    next=${
      isPaired
        ? { text: words().twice.all, first: true, run: keepFirst }
        : counts.twice
          ? {
              text: counts.mend ? t.nextWithout(counts.mend) : t.nextTwice,
              first: !counts.mend,
              run: () => filterBy({ show: "twice", search: "" }),
            }
          : counts.mend
            ? { text: t.nextWithout(counts.mend), address: "#/liste/adresses" }
            : { text: t.next, address: "#/liste/adresses", first: true }
    }
  >
    <div class="stack">
      ${
        !isPaired &&
        html`<dl class="summary">
        ${
          /** @type {const} */ ([
            ["ready", "good"],
            ["mend", counts.mend ? "bad" : ""],
            ["twice", counts.twice ? "bad" : ""],
            ["left", ""],
          ]).map(
            ([key, look]) =>
              html`<div class=${look || null} key=${key}>
                <dt>${t.counts[key]}</dt>
                <dd>${number(counts[key])}</dd>
              </div>`,
          )
        }
      </dl>`
      }
      ${!isPaired && list.notRead.map((text) => html`<p class="small mute" key=${text}>${text}</p>`)}
      <div class="row between">
        <div class="chips" role="group" aria-label=${t.show}>
          ${
            /** @type {Show[]} */ (["mend", "twice", "look", "left", "all"]).map(
              (key) =>
                html`<button
                  key=${key}
                  class="chip"
                  type="button"
                  aria-pressed=${String(show === key)}
                  onclick=${() => filterBy({ show: key, search })}
                >
                  ${t.counts[key]} <b>${number(counts[key])}</b>
                </button>`,
            )
          }
        </div>
        <button class="btn small" type="button" onclick=${annotated}>
          <${Icon} name="download" />${t.annotated}
        </button>
      </div>
      ${
        show === "mend" &&
        here.repairs.length > 0 &&
        html`<div class="row">
          ${here.repairs.map(
            (way) =>
              html`<button class="btn small" type="button" key=${way.text} onclick=${() => follow(way)}>
                <${Icon} name="check" />${way.text}
              </button>`,
          )}
        </div>`
      }
      ${isPaired && html`<${Twice} decided=${decided} />`}
      ${
        !isPaired &&
        (show === "all" || search || counts[show] > 20) &&
        html`<div>
          <label for="search">${t.search}</label>
          <input
            class="in"
            id="search"
            type="search"
            value=${search}
            oninput=${(/** @type {any} */ event) => filterBy({ show, search: event.currentTarget.value })}
          />
        </div>`
      }
      ${
        !isPaired &&
        html`<div class="sheet">
        <table class="stackable" role="table" aria-rowcount=${here.drawn + 1}>
          <caption class="unseen">
            ${t.caption(t.counts[show], number(here.drawn), number(counts.all))}
          </caption>
          <thead>
            <tr role="row" aria-rowindex="1">
              ${t.headings.map(
                (heading, index) =>
                  html`<th key=${heading} scope="col" role="columnheader" class=${COLUMNS[index]}>${heading}</th>`,
              )}
            </tr>
          </thead>
          ${Array.from(
            { length: chunks },
            (_, index) =>
              html`<${Chunk}
                key=${`${show}${search}${index}`}
                index=${index}
                pieces=${here}
                windowed=${windowed}
                last=${index === chunks - 1}
                draw=${(/** @type {Row} */ row, /** @type {number} */ nth) =>
                  html`<${RowLines}
                    key=${row.line}
                    row=${row}
                    nth=${nth}
                    labels=${labels}
                    mending=${mending?.line === row.line ? mending : null}
                    start=${(/** @type {Mending | null} */ cell) => {
                      setMending(cell);
                      if (!cell) focusNext.current = () => focusRow(row.line);
                    }}
                    keep=${keep}
                    way=${(/** @type {Way} */ way) => takeWay(row, way)}
                  />`}
              />`,
          )}
        </table>
        ${
          here.ready &&
          here.drawn === 0 &&
          html`<p class="mute foot" role="status">${search ? t.nothingFound : t.nothing[show]}</p>`
        }
      </div>`
      }
    </div>
  <//>`;
}

const COLUMNS = ["col-line", "col-name", "col-field", ""];

/**
 * Finds the filter that shows a line.
 * @param {number} line
 * @param {Show} first
 * @returns {Promise<{show: Show, row?: Row}>}
 */
async function find(line, first) {
  for (const show of new Set(/** @type {Show[]} */ ([first, "mend", "twice", "look", "left"]))) {
    const { rows } = await engine.call("rows", { show, search: "", from: 0, count: 500 });
    const row = rows.find((other) => other.line === line);
    if (row) return { show, row };
  }
  return { show: "all" };
}

/** @param {number} line */
const focusRow = (line) =>
  focusOn(document.querySelector(`[data-line="${line}"] :is(input, button)`) ?? document.querySelector(".lead"));

/**
 * A hundred rows. Far from the window they are one empty row as tall as they were.
 * @param {{index: number, pieces: Pieces, windowed: boolean, last: boolean,
 *          draw: (row: Row, nth: number) => import("../vendor/htm-preact.js").Child}} props
 */
function Chunk({ index, pieces, windowed, last, draw }) {
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const height = useRef(0);
  const [near, setNear] = useState(index === 0 || !windowed);
  useEffect(() => {
    const element = body.current;
    if (!windowed || !element) return setNear(true);
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), {
      rootMargin: "1200px 0px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [windowed]);
  useEffect(() => {
    if (near) void pieces.load(index);
  }, [near, pieces]);
  const rows = pieces.at(index);
  useLayoutEffect(() => {
    if (near && rows && body.current) height.current = body.current.offsetHeight;
  });
  const count = last ? pieces.drawn - index * CHUNK : CHUNK;
  if (!near || !rows)
    return html`<tbody ref=${body} aria-hidden="true">
      <tr>
        <td
          class="filler"
          colspan="4"
          style=${{ height: `${height.current || Math.max(0, count) * ROW_HEIGHT}px` }}
        ></td>
      </tr>
    </tbody>`;
  return html`<tbody ref=${body}>
    ${rows.map((row, nth) => draw(row, index * CHUNK + nth))}
  </tbody>`;
}

/**
 * @typedef {{row: Row, nth: number, labels: Record<string, string>, mending: Mending | null,
 *            start: (cell: Mending | null) => void, keep: (cell: Mending) => Promise<void>,
 *            way: (way: Way) => void}} RowProps
 */

/** @param {RowProps} props */
function RowLines({ row, nth, labels, mending, start, keep, way }) {
  const t = words().cells;
  const fault = mending && row.faults.find((other) => other.at?.column === mending.field);
  return html`<tr role="row" class=${mending ? "mending" : null} aria-rowindex=${nth + 2} data-line=${row.line}>
    <th scope="row" role="rowheader">
      <span class="on-phone">${t.line} </span>${row.nth}${row.sheet && html`<div class="hint">${row.sheet}</div>`}
    </th>
    <td role="cell">
      ${row.name || html`<span class="mute">${t.noName}</span>`}
      <div class="hint">${row.town}</div>
    </td>
    ${
      mending
        ? html`<td role="cell" class="not-on-phone">${labels[mending.field] ?? mending.field}</td>
            <td role="cell" class="mend">
              <${MendForm}
                row=${row}
                cell=${mending}
                labels=${labels}
                fault=${fault ?? null}
                start=${start}
                keep=${keep}
              />
            </td>`
        : html`<${Standing} row=${row} labels=${labels} start=${start} way=${way} />`
    }
  </tr>`;
}

/** @param {Pick<RowProps, "row" | "labels" | "start" | "way">} props */
function Standing({ row, labels, start, way }) {
  const t = words().cells;
  const { mended, line, at, cells } = row;
  const faults = row.faults.filter((fault) => fault.code !== TWICE);
  const faulty = faults.filter((fault) => fault.at?.column);
  const names = [...new Set([...mended.map(({ field }) => field), ...faulty.map((fault) => fault.at?.column ?? "")])];
  return html`<td role="cell">
      ${names.map((field) => {
        const fault = faulty.find((other) => other.at?.column === field);
        const label = labels[field] ?? field;
        return html`<div key=${field}>
          ${label}
          ${
            fault &&
            html`<div>
              <button
                class=${`cell ${fault.severity === "error" ? "bad" : "warn"}`}
                type="button"
                aria-label=${t.mendThis(label, cells[field] ?? "", at)}
                onclick=${() => start({ line, field })}
              >
                <span><${Marked} text=${cells[field] ?? ""} proposal=${fault.proposal ?? ""} /></span
                ><${Icon} name="pencil" />
              </button>
            </div>`
          }
        </div>`;
      })}
    </td>
    <td role="cell">
      ${mended.map(
        ({ field, before, after }) =>
          html`<div class="row tight fault-line" key=${field}>
            <span><span class="was">${before || t.emptyCell}</span> → <b>${after || t.emptyCell}</b></span>
            <span class="tag good"><${Icon} name="check" />${t.mended}</span>
            <button
              class="btn small quiet"
              type="button"
              onclick=${() =>
                state.did?.text.includes(at) && state.undo?.text === state.did.text
                  ? travel("undo")
                  : way({ text: "", call: "mend", args: { field, value: before } })}
            >
              <${Icon} name="undo" />${words().bar.undo}<span class="unseen"> ${t.mendOf(at)}</span>
            </button>
          </div>`,
      )}
      ${faults.map(
        (fault, index) =>
          html`<div class="fault-line" key=${index}>
            ${fault.text}
            ${fault.ways
              .filter((one) => !one.call && !one.at)
              .map((one) => html`<p class="hint" key=${one.text}>${one.text}</p>`)}
            ${
              fault.ways.some((one) => one.call || one.at) &&
              html`<div class="ways">
                ${
                  fault.at?.column &&
                  !fault.ways.some((one) => one.call === "mend") &&
                  html`<button
                    class="btn small"
                    type="button"
                    onclick=${() => start({ line, field: fault.at?.column ?? "" })}
                  >
                    ${cells[fault.at.column] ? t.mendCell : t.fill}<span class="unseen">,
                      ${t.line.toLowerCase()} ${at}</span
                    >
                  </button>`
                }
                ${fault.ways
                  .filter((one) => one.call || one.at)
                  .map(
                    (one, place) =>
                      html`<button
                        key=${one.text}
                        class=${`btn small${place > 1 || one.call === "leave" ? " quiet" : ""}`}
                        type="button"
                        onclick=${() => way(one)}
                      >
                        ${one.text}<span class="unseen">, ${t.line.toLowerCase()} ${at}</span>
                      </button>`,
                  )}
              </div>`
            }
          </div>`,
      )}
      ${
        row.state === "twice" &&
        html`<div class="row tight">
          <span class="tag warn">${t.isTwice}</span>
          <a class="btn small" href="#/liste/cases?show=twice"
            >${t.chooseRow}<span class="unseen">, ${t.line.toLowerCase()} ${at}</span></a
          >
        </div>`
      }
      ${
        row.state === "left" &&
        html`<div class="row tight">
          <span>${row.why || t.leftOut}</span>
          <button class="btn small" type="button" onclick=${() => way({ text: "", call: "back" })}>
            ${t.takeBack}<span class="unseen">, ${t.line.toLowerCase()} ${at}</span>
          </button>
        </div>`
      }
      ${
        row.state === "ready" &&
        !mended.length &&
        !faults.length &&
        html`<div class="row tight">
          <span class="tag good"><${Icon} name="check" />${t.ready}</span>
          <button
            class="btn small quiet"
            type="button"
            aria-label=${t.mendRow(at)}
            onclick=${() => start({ line, field: Object.keys(labels)[0] ?? "name" })}
          >
            <${Icon} name="pencil" />
          </button>
        </div>`
      }
    </td>`;
}

/**
 * Marks the part of a cell that a proposal would change.
 * @param {{text: string, proposal: string}} props
 */
function Marked({ text, proposal }) {
  if (!text) return words().cells.emptyCell;
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
  const t = words().cells;
  const { line, field } = cell;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [text, setText] = useState(cell.text ?? (fault?.proposal || row.cells[field] || ""));
  useEffect(() => {
    setText(cell.text ?? (fault?.proposal || row.cells[field] || ""));
    const element = input.current;
    requestAnimationFrame(() => {
      element?.focus();
      element?.select();
      element?.scrollIntoView({ block: "center" });
    });
  }, [line, field]);
  const label = labels[field] ?? field;
  const why = `why-${line}`;
  const long =
    (row.cells[field] ?? "").length > 12 || !["postcode", "uai", "copies"].some((short) => field.includes(short));
  return html`<form
    onsubmit=${(/** @type {Event} */ event) => {
      event.preventDefault();
      void keep({ line, field, text });
    }}
    onkeydown=${(/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") start(null);
    }}
  >
    <label for=${`cell-${line}`}>${t.cellLabel(label, row.at)}</label>
    ${fault && html`<p class="hint" id=${why}>${fault.text}</p>`}
    ${
      !fault &&
      html`<div class="row tight">
        <label class="small" for=${`field-${line}`}>${t.whichField}</label>
        <${Select}
          class="in flush auto"
          id=${`field-${line}`}
          chosen=${field}
          items=${Object.entries(labels).map(([value, text]) => ({ value, text }))}
          choose=${(/** @type {string} */ other) => start({ line, field: other })}
        />
      </div>`
    }
    <div class="row tight">
      <input
        ref=${input}
        class=${long ? "in long" : "in"}
        id=${`cell-${line}`}
        value=${text}
        aria-describedby=${fault ? `${why} ${why}-keys` : `${why}-keys`}
        oninput=${(/** @type {any} */ event) => setText(event.currentTarget.value)}
      />
      <button class="btn first" type="submit"><${Icon} name="check" />${t.keep}</button>
      <button class="btn quiet" type="button" onclick=${() => start(null)}>${words().cancel}</button>
      ${
        fault?.canBeEmpty &&
        html`<button class="btn quiet" type="button" onclick=${() => keep({ line, field, text: "" })}>
          ${t.empty}
        </button>`
      }
    </div>
    <p class="hint" id=${`${why}-keys`}>${t.keys}</p>
  </form>`;
}
