// La liste, third part: rows, what is wrong in them, and how to mend it in place.
/** @import { Counts, List, Row, Show, Way } from "../contract" */
/** @import { Filter } from "./list-pieces.js" */
/** @import { Mending } from "./list-row.js" */
import { focusOn, follow } from "../actions.js";
import { Button, Figures, Headings, Segments } from "../components/basics.js";
import { TextField } from "../components/field.js";
import { partsOf } from "../components/list.js";
import { View } from "../components/view.js";
import { change, note, useStore } from "../store.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../vendor/htm-preact.js";
import { number, say, sayLines } from "../words.js";
import { CHUNK, find, Pieces } from "./list-pieces.js";
import { RowLines } from "./list-row.js";
import { Twice } from "./list-twice.js";

/** The number of rows from which only what is near the window is drawn. */
const WHOLE = 200;
const ROW_HEIGHT = 66;
const SHOWS = /** @type {const} */ (["mend", "twice", "look", "elsewhere", "left", "all"]);

/** @param {{list: List, route: import("../router.js").Route}} props */
export function Cells({ list, route }) {
  const view = useRows(list, route);
  const { here, filterBy } = view;
  const counts = here.counts ?? list.counts;
  const { show, search } = here.filter;
  const isPaired = show === "twice" && counts.twice > 0;
  // Once no school stands there twice any more, one can read what is left.
  const decided = () => {
    filterBy({ show: counts.mend ? "mend" : counts.look ? "look" : "all", search: "" });
    view.focusNext.current = () => focusOn(document.querySelector(".lead"));
  };
  return html`<${View}
    title=${say("station", { id: "list" })}
    tab=${say("cells-tab")}
    lead=${say("cells-lead", { count: counts.mend, twice: counts.twice, copied: list.copy != null })}
    beside=${partsOf(list, "cases")}
    ready=${here.ready}
    back=${{ address: "#/liste/colonnes", text: sayLines("list-part-names")[1] }}
    left=${isPaired
      ? say("cells-left-twice", { schools: counts.twice })
      : counts.mend
        ? say("cells-left", { rows: counts.mend, leaflets: counts.ready })
        : say("schools-ready", { schools: counts.ready })}
    next=${wayOn(counts, isPaired, filterBy, decided)}
  >
    <div class="stack">
      ${!isPaired && html`<${Summary} counts=${counts} />`}
      ${!isPaired && list.notRead.map((text) => html`<p class="small mute" key=${text}>${text}</p>`)}
      <div class="row between">
        <${Segments}
          label=${say("cells-show")}
          items=${SHOWS.filter((key) => key !== "elsewhere" || counts.elsewhere > 0).map((key) =>
            ({ id: key, text: say("cells-shown", { show: key }), count: counts[key] }))}
          chosen=${show}
          choose=${(/** @type {Show} */ key) => filterBy({ show: key, search })}
          chips
        />
      </div>
      ${here.repairs.length > 0 && html`<${Repairs} repairs=${here.repairs} />`}
      ${isPaired && html`<${Twice} decided=${decided} />`}
      ${!isPaired && (show === "all" || search || counts[show] > 20) && html`<${TextField}
        ...${{ id: "search", type: "search", label: say("cells-search"), value: search }}
        set=${(/** @type {string} */ text) => filterBy({ show, search: text })}
      />`}
      ${!isPaired && html`<${Table} view=${view} list=${list} counts=${counts} />`}
    </div>
  <//>`;
}

/** @typedef {ReturnType<typeof useRows>} Rows */

/**
 * Keeps the rows that are on view, and the cell that is being mended.
 * @param {List} list
 * @param {import("../router.js").Route} route
 */
function useRows(list, route) {
  const { campaign } = useStore();
  const [, setCount] = useState(0);
  const redraw = () => setCount((count) => count + 1);
  const [mending, setMending] = useState(/** @type {Mending | null} */ (null));
  const own = useRef(campaign?.revision ?? 0);
  const focusNext = useRef(/** @type {(() => void) | null} */ (null));
  const pieces = useRef(/** @type {Pieces | null} */ (null));
  const first = /** @type {Show[]} */ (["mend", "twice", "look"]).find((key) => list.counts[key]) ?? "all";
  const asked = /** @type {Show | null} */ (route.at.get("show"));
  const begin = (/** @type {Filter} */ filter) => {
    pieces.current = new Pieces(filter, redraw);
    void pieces.current.load(0);
    return pieces.current;
  };
  const filterBy = (/** @type {Filter} */ filter) => {
    begin(filter);
    setMending(null);
    redraw();
  };
  const here = pieces.current ?? begin({ show: asked ?? first, search: "" });

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
  return { here, filterBy, redraw, mending, setMending, own, focusNext };
}

/** @param {Rows} view @param {"mend" | "leave" | "back"} name @param {Record<string, unknown>} args */
async function act({ here, own }, name, args) {
  const { done } = await change(name, { ...args, show: here.filter.show });
  if (!done?.row || !done.counts) return null;
  own.current = done.campaign?.revision ?? 0;
  here.repairs = done.repairs ?? [];
  here.replace(done.row, done.counts);
  return done;
}

/** @param {Rows} view @param {Mending} cell that is kept as it was typed; then comes the next one */
async function keep(view, { line, field, text = "" }) {
  const { here, setMending, focusNext } = view;
  const done = await act(view, "mend", { line, field, value: text });
  if (!done) return;
  const next = typeof done.next === "number" ? here.find(done.next) : undefined;
  const fault = next?.faults.find((other) => other.at?.column);
  if (next && fault?.at?.column && here.filter.show !== "all") {
    setMending({ line: next.line, field: fault.at.column });
    return;
  }
  setMending(null);
  focusNext.current = () => {
    if (done.next == null) focusOn(document.querySelector(".lead"));
    else focusRow(line);
  };
}

/** @param {Rows} view @param {Row} row @param {Way} way out of a fault of the row */
async function takeWay(view, row, way) {
  if (way.call === "mend" || way.call === "leave" || way.call === "back") {
    const next = view.here.lines[view.here.lines.indexOf(row.line) + 1];
    const done = await act(view, way.call, { line: row.line, ...way.args });
    if (done) view.focusNext.current = () => (next ? focusRow(next) : focusOn(document.querySelector(".lead")));
    view.redraw();
  } else await follow(way);
}

/**
 * Returns what the button at the bottom does.
 * @param {Counts} counts
 * @param {boolean} isPaired rows of one school are side by side
 * @param {(filter: Filter) => void} filterBy
 * @param {() => void} decided
 */
function wayOn(counts, isPaired, filterBy, decided) {
  const keepFirst = async () => {
    if ((await change("keepFirstRows")).done) decided();
  };
  if (isPaired) return { text: say("twice-all"), first: true, run: keepFirst };
  const on = counts.twice ? say("cells-next-twice") : say("cells-next");
  const text = counts.mend ? say("cells-next-without", { count: counts.mend }) : on;
  if (counts.twice) return { text, first: !counts.mend, run: () => filterBy({ show: "twice", search: "" }) };
  return counts.mend ? { text, address: "#/liste/adresses" } : { text, address: "#/liste/adresses", first: true };
}

/** @param {{counts: Counts}} props */
function Summary({ counts }) {
  const looks = /** @type {const} */ ([
    ["ready", "good"],
    ["mend", counts.mend ? "bad" : ""],
    ["twice", counts.twice ? "bad" : ""],
    ...(counts.elsewhere ? [/** @type {const} */ (["elsewhere", ""])] : []),
    ["left", ""],
  ]);
  const figures = looks.map(([show, look]) => [say("cells-shown", { show }), number(counts[show]), look]);
  return html`<${Figures} figures=${figures} />`;
}

/** @param {{repairs: Way[]}} props ways to deal with many rows at one go */
const Repairs = ({ repairs }) =>
  html`<div class="row">
    ${repairs.map((way) => html`<${Button} look="btn small" key=${way.text} run=${() => follow(way)}
      icon=${way.call === "mendAll" ? "check" : undefined}>${way.text}<//>`)}
  </div>`;

const COLUMNS = ["col-line", "col-name", "col-field", ""];

/** @param {{view: Rows, list: List, counts: Counts}} props */
function Table({ view, list, counts }) {
  const { here, mending, setMending, focusNext } = view;
  const { show, search } = here.filter;
  const labels = Object.fromEntries(list.fields.map((field) => [field.key, field.label]));
  const chunks = Math.max(1, Math.ceil(here.drawn / CHUNK));
  const draw = (/** @type {Row} */ row, /** @type {number} */ nth) =>
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
      keep=${(/** @type {Mending} */ cell) => keep(view, cell)}
      way=${(/** @type {Way} */ way) => takeWay(view, row, way)}
    />`;
  return html`<div class="sheet">
    <table class="stackable" role="table" aria-rowcount=${here.drawn + 1}>
      <caption class="unseen">
        ${say("cells-caption", { what: say("cells-shown", { show }), shown: here.drawn, rows: counts.all })}
      </caption>
      <${Headings} texts=${sayLines("cells-headings")} looks=${COLUMNS} aria-rowindex="1" />
      ${Array.from(
        { length: chunks },
        (_, index) =>
          html`<${Chunk}
            key=${`${show}${search}${index}`}
            index=${index}
            pieces=${here}
            windowed=${here.drawn > WHOLE}
            last=${index === chunks - 1}
            draw=${draw}
          />`,
      )}
    </table>
    ${
      here.ready && here.drawn === 0 &&
      html`<p class="mute foot" role="status">${search ? say("cells-nothing-found") : say("cells-nothing", { show })}</p>`
    }
  </div>`;
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
  return html`<tbody ref=${body}>${rows.map((row, nth) => draw(row, index * CHUNK + nth))}</tbody>`;
}
