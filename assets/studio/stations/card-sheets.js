// The card, and its sheet: found by its number or its measures, or measured with a ruler; its first free place.
/** @import { LabelSheet, Measured, Sheets } from "../contract" */
import { focusOn } from "../actions.js";
import { Button, Folded, Form, held, Note, Pick, Told } from "../components/basics.js";
import { TextField } from "../components/field.js";
import { openSheet, printTestSheet } from "../components/print.js";
import { Desk, Page } from "../components/page.js";
import { Icon } from "../icons.js";
import { change, engine, useLoaded } from "../store.js";
import { html, useEffect, useRef, useState } from "../vendor/htm-preact.js";
import { say, sayLines } from "../words.js";

const MOST = 12; // sheets that are shown of those found
const PAUSE = 250; // milliseconds after a key before measures are judged
const SLACK = 1; // millimetres that a size may be off

/** @param {{width: number, height: number}} sheet */
const sizeOf = ({ width, height }) => say("cards-size", { width, height });

/** @param {LabelSheet | undefined} sheet */
export const nameOf = (sheet) => (sheet?.plain && sheet.sides > 1 ? say("cards-plain") : (sheet?.label ?? ""));

/** @param {LabelSheet} sheet */
const placesOf = ({ across, down }) => across * down;

/** @param {LabelSheet | undefined} sheet @param {number} [start] @returns how many cards one sheet without names has */
export const namelessOf = (sheet, start = 1) => (sheet ? placesOf(sheet) - start + 1 : 0);

/** @param {number} total @param {unknown} sheets @returns how many these cards need, and how one says so; none if unknown */
export function neededSheets(total, sheets) {
  const { items = [], sheet, start = 1 } = /** @type {Sheets} */ (sheets ?? {});
  const chosen = items.find(({ id }) => id === sheet) ?? items[0];
  const pieces = chosen ? Math.ceil((Math.max(1, total) + start - 1) / placesOf(chosen)) : 0;
  return { pieces, needed: pieces ? say("cards-pieces", { count: pieces, plain: chosen?.plain ?? false }) : "" };
}

/** @param {LabelSheet[]} items @param {LabelSheet} [chosen] @returns what is shown while none is sought: plain paper once */
function usual(items, chosen) {
  const boards = items.filter(({ plain }) => !plain);
  const some = [...boards.filter(({ sides }) => sides > 1).slice(0, 3), ...boards.filter(({ sides }) => sides < 2).slice(0, 2)];
  const paper = chosen?.plain ? chosen : items.find(({ plain }) => plain);
  if (chosen && !chosen.plain && !some.includes(chosen)) some.unshift(chosen);
  return paper ? [...some, paper] : some;
}

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replaceAll(/[^a-z0-9]/g, "");

/** @param {LabelSheet[]} items @param {string} sought a reference, or a size in millimetres @returns the sheets meant by it */
function findSheets(items, sought) {
  const [, width, height] = sought.match(/(\d+(?:[.,]\d+)?)\s*(?:mm)?\s*[x×*]\s*(\d+(?:[.,]\d+)?)/i) ?? [];
  const near = (/** @type {number} */ is, /** @type {string} */ said) => Math.abs(is - Number(said.replace(",", "."))) <= SLACK;
  if (width && height) return items.filter((item) => near(item.width, width) && near(item.height, height));
  const wanted = plain(sought);
  return wanted ? items.filter(({ label, names }) => [label, ...names].some((name) => plain(name).includes(wanted))) : [];
}

/** @param {LabelSheet[]} items @param {string} sought @returns the name of which one letter is wrong, lacks or is too many */
function nearName(items, sought) {
  const wanted = plain(sought);
  return items.flatMap(({ label, names }) => [label, ...names]).find((name) => {
    const [is, at] = [plain(name), [...plain(name), ""].findIndex((letter, nth) => letter !== wanted[nth])];
    return [0, 1, 2].some((way) => is.slice(at + Number(way > 0)) === wanted.slice(at + Number(way < 2)));
  });
}

/**
 * @param {{sheets: Sheets, total: number, measured: Measured | null, setMeasured: (measured: Measured | null) => void}} props
 *   total: how many cards are made
 */
export function SheetCard({ sheets, total, measured, setMeasured }) {
  const { items, sheet } = sheets;
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState(false);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const sought = search.trim();
  const found = findSheets(items, search);
  const [small] = found.length ? [] : findSheets(sheets.unfit, search);
  const unknown = Boolean(sought) && !found.length && !small;
  const meant = unknown && nearName(items, search);
  useEffect(() => setOpen(unknown), [unknown]);
  const choose = useChoice(sheet, found);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.target instanceof HTMLElement) || event.target.id !== "sheet-search") return;
    const [first] = box.current?.querySelectorAll("[name=sheet]") ?? [];
    if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      focusOn(first);
    } else if (event.key === "Enter" && found[0]) {
      event.preventDefault();
      void choose(found[0]);
    }
  };
  const done = () => {
    setMeasured(null);
    setSearch("");
    setOpen(false);
    setTimeout(() => focusOn(box.current?.querySelector("[name=sheet]:checked")));
  };
  const chosen = items.find(({ id }) => id === sheet);
  const shown = found.length ? found.slice(0, MOST) : usual(unknown ? [] : items, chosen);
  const unfit = small && say("cards-unfit", { name: small.label, size: sizeOf(small), needed: small.needed });
  const worry = unknown ? say("cards-no-sheet", { sought }) : unfit;
  return html`<section ref=${box} class="card" aria-labelledby="sheets" onkeydown=${onKey}>
    <h2 id="sheets">${say("cards-sheets")}</h2>
    <div class="above-less">
      <${TextField} id="sheet-search" label=${say("cards-reference")} hint=${say("cards-reference-hint")} value=${search} set=${setSearch} />
    </div>
    <p class=${worry ? "worry" : "hint above-less"} role="status">
      ${worry && html`<${Icon} name="alert" />`}<span>${worry ?? (sought && say("cards-found", { count: found.length }))}</span>
      ${meant && html`<${Button} look="btn small" run=${() => setSearch(meant)}>${say("cards-meant", { name: meant })}<//>`}
    </p>
    <${Hits} shown=${shown} sheets=${sheets} total=${total} choose=${choose} />
    <${Folded}
      look="folded above-less"
      title=${say("cards-measure")}
      open=${open}
      ontoggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}
      >${open && html`<${Measures} name=${unknown ? sought : ""} ...${{ measured, setMeasured, done }} />`}<//>
  </section>`;
}

/**
 * Returns what chooses a sheet, once; one that alone is found is chosen by itself, for nobody sees that it is to be.
 * @param {string} sheet the one that is chosen
 * @param {LabelSheet[]} found
 */
function useChoice(sheet, found) {
  const asked = useRef(sheet);
  useEffect(() => void (asked.current = sheet), [sheet]);
  const choose = async (/** @type {LabelSheet} */ { id }) => {
    if (asked.current === id) return;
    asked.current = id;
    if (!(await change("chooseSheet", { sheet: id, start: 1 })).done) asked.current = "";
  };
  const only = found.length === 1 && found[0];
  useEffect(() => {
    const timer = only && setTimeout(() => choose(only), PAUSE);
    return () => clearTimeout(timer || 0);
  }, [only && only.id]);
  return choose;
}

/** @param {{shown: LabelSheet[], sheets: Sheets, total: number, choose: (item: LabelSheet) => void}} props sheets to choose from */
function Hits({ shown, sheets, total, choose }) {
  const { needed } = neededSheets(total, sheets);
  return html`<fieldset class="above-less hits">
    <legend class="unseen">${say("cards-fitting")}</legend>
    ${shown.map((item) => {
      const { id, sides, plain, document } = item;
      const isChosen = id === sheets.sheet;
      return html`<label class=${isChosen ? "hit on" : "hit"} key=${id}>
        <input type="radio" name="sheet" checked=${isChosen} onchange=${() => choose(item)} />
        <${Mini} sheet=${item} />
        <span>
          <b>${nameOf(item)}</b>, ${say("cards-kind", { sides, plain })}${" "}
          <span class="whole">${sizeOf(item)}</span>
          <small>${say("cards-per-sheet", { count: placesOf(item), document, plain })}</small>
        </span>
        ${isChosen && needed && html`<span class="tag good">
          <${Icon} name="check" />${say("cards-enough", { names: total, sheets: needed, count: namelessOf(item, sheets.start) })}
        </span>`}
      </label>`;
    })}
  </fieldset>`;
}

/** @param {{sheet: LabelSheet}} props a sheet, no larger than a letter */
function Mini({ sheet }) {
  const { across, down } = sheet;
  return html`<span class="mini" aria-hidden="true" style=${{ gridTemplate: `repeat(${down}, 1fr) / repeat(${across}, 1fr)` }}
    >${Array.from({ length: across * down }, (_, nth) => html`<i key=${nth}></i>`)}</span>`;
}

const LENGTHS = /** @type {const} */ (["width", "height", "left", "top", "acrossPitch", "downPitch"]);

/**
 * Asks for the measures of a sheet, and says as they are typed what comes of them.
 * @param {{name: string, measured: Measured | null, setMeasured: (measured: Measured | null) => void, done: () => void}} props
 */
function Measures({ name, measured, setMeasured, done }) {
  const [typed, setTyped] = useState(/** @type {Typed} */ ({}));
  const [box, setBox] = useState("");
  const [sides, setSides] = useState(1);
  const measures = { ...typed, name: name || box };
  useEffect(() => {
    let isAsked = true;
    const timer = setTimeout(async () => {
      if (!LENGTHS.some((field) => typed[field])) return;
      const answer = await engine.call("measureSheet", { measures, sides });
      if (isAsked) setMeasured(answer); // not once the sheet is kept, or measured otherwise
    }, PAUSE);
    return () => {
      isAsked = false;
      clearTimeout(timer);
    };
  }, [JSON.stringify(measures), sides]);
  useEffect(() => () => setMeasured(null), []);
  const state = measured?.state ?? "blank";
  const keep = async () => {
    const asked = await engine.call("measureSheet", { measures, sides }); // of what was just typed
    setMeasured({ ...asked, state: asked.state === "blank" ? "bad" : asked.state });
    if (asked.field) focusOn(document.getElementById(`measure-${asked.field}`));
    else if ((await change("keepSheet", { measures, sides })).done) done();
  };
  return html`<${Form} class="stack above-less" keep=${keep} yes=${say("cards-measure-keep")} row="row">
    <p class="small mute">${say("cards-measure-text")}</p>
    ${!name && html`<${TextField} id="measure-name" label=${say("cards-measure-name")} value=${box} set=${setBox} />`}
    <fieldset>
      <legend class="h3">${say("cards-measure-kind")}</legend>
      ${[1, 2].map((count) =>
        html`<${Pick} type="radio" key=${count} name="sides" checked=${sides === count} onchange=${() => setSides(count)}>
          ${sayLines("cards-measure-kinds")[count - 1]}
        <//>`)}
    </fieldset>
    <${Lengths} wrong=${state === "bad" ? measured?.field : ""} typed=${typed} setTyped=${setTyped} />
    <${Told}
      look=${{ blank: "hint", bad: "fault", right: "ok", edge: "worry" }[state]}
      icon=${{ blank: "", bad: "alert", right: "check", edge: "alert" }[state]}
      ...${{ id: "measured", role: "status" }}
      >${state === "blank" ? say("cards-measure-unit") : measured?.text}<//>
  <//>`;
}

const LINES = /** @type {const} */ (["a", "b", "c", "d", "ruler"]);

/**
 * Corrects the offset of the printer by what is measured on its calibration sheet.
 * @param {{correction: string[], isLabel: boolean}} props correction: what is corrected now; isLabel: of the front alone
 */
export function Offset({ correction, isLabel }) {
  const [typed, setTyped] = useState(/** @type {Typed} */ ({}));
  const [wrong, setWrong] = useState(/** @type {Typed} */ ({}));
  const asked = LINES.filter((name) => !isLabel || !"cd".includes(name));
  const keep = async () => {
    const measures = Object.fromEntries(asked.map((name) => [name, typed[name] ?? ""]));
    const found = (await change("calibrate", { measures })).done?.wrong ?? {};
    setWrong(found);
    focusOn(document.getElementById(`line-${Object.keys(found)[0]}`));
  };
  return html`<div class="stack above-less">
    ${correction.length > 0 && html`<${Note} look="info" icon="printer" title=${say("cards-corrected")} role="status">
      ${correction.map((text) => html`<p key=${text}>${text}</p>`)}
      <p class="small">${say("cards-corrected-for")}</p>
      <div class="ways"><${Button} look="btn small" run=${() => change("calibrate")}>${say("cards-uncorrect")}<//></div>
    <//>`}
    <p class="small">${say("cards-measure-offset", { label: isLabel })}</p>
    <div class="row"><${Button} look="btn small" icon="printer" run=${() => openSheet("calibrationSheet")}>${say("cards-calibration")}<//></div>
    <${Form} keep=${keep} yes=${say("cards-correct")}>
      <div class="beside">
        ${asked.map((name) => html`<${TextField}
          key=${name}
          ...${{ id: `line-${name}`, label: say("cards-line-of", { name }), value: typed[name] ?? "", fault: wrong[name] }}
          set=${(/** @type {string} */ text) => setTyped({ ...typed, [name]: text })}
          required
        />`)}
      </div>
    <//>
  </div>`;
}

/** @typedef {Record<string, string>} Typed what was typed, by the names of the measures */

/**
 * @param {{wrong: string | undefined, typed: Typed, setTyped: (typed: Typed) => void}} props
 *   wrong: the name of one that cannot be
 */
function Lengths({ wrong, typed, setTyped }) {
  const [now, setNow] = useState("");
  return html`<div class="beside">
    <div class="measures">
      ${LENGTHS.map((field, nth) => html`<label key=${field}>
        <span><b class="nth">${nth + 1}</b> ${sayLines("cards-measures")[nth]}</span>
        <input
          ...${{ class: "in", id: `measure-${field}`, inputmode: "decimal", autocomplete: "off" }}
          aria-invalid=${wrong === field ? "true" : null}
          aria-describedby=${wrong === field ? "measured" : null}
          value=${typed[field] ?? ""}
          ...${{ onfocus: () => setNow(field), onblur: () => setNow("") }}
          oninput=${held((text) => setTyped({ ...typed, [field]: text }))}
        />
      </label>`)}
    </div>
    <${MeasuresDrawing} now=${now} />
  </div>`;
}

/** Where each measure is on a sheet: its line, and the place of its number. */
const DIMENSIONS = {
  width: { path: "M56 42h104M56 38v8M160 38v8", at: [108, 28] },
  height: { path: "M42 54v46M38 54h8M38 100h8", at: [26, 94] },
  left: { path: "M8 76h48", at: [26, 62] },
  top: { path: "M226 54V8", at: [226, 26] },
  acrossPitch: { path: "M56 182h122M56 178v8M178 178v8", at: [117, 168] },
  downPitch: { path: "M230 54v58M226 54h8M226 112h8", at: [230, 84] },
};

/** @param {{now: string}} props the measure that is typed */
function MeasuresDrawing({ now }) {
  return html`<div class="draw">
    <svg viewBox="0 0 300 210" aria-hidden="true" focusable="false">
      <rect x="8" y="8" width="284" height="194" fill="#fff" stroke="#6b7690" />
      <g fill="#edeff6" stroke="#1f3a93" stroke-width="1.5">
        ${[54, 112].map((y) => [56, 178].map((x) => html`<rect x=${x} y=${y} width="104" height="46" rx="4" />`))}
      </g>
      ${LENGTHS.map((field, nth) => {
        const { path, at } = DIMENSIONS[field];
        const [x = 0, y = 0] = at;
        return html`<g key=${field} class=${field === now ? "dimension now" : "dimension"}>
          <path d=${path} /><circle cx=${x} cy=${y} r="11" /><text x=${x} y=${y + 4.5}>${nth + 1}</text>
        </g>`;
      })}
    </svg>
  </div>`;
}

/**
 * Shows where cards come on their first sheet. One that was begun has used places; plain paper has not, nor has one
 * that is only measured.
 * @param {{sheet: LabelSheet, start: number, total: number, pieces: number, free?: number, isTried?: boolean}} props
 *   free: the first free place of the sheet that was made last
 */
export function Stock({ sheet, start, total, pieces, free = 1, isTried = false }) {
  const { across, down, id, plain } = sheet;
  const grid = { gridTemplateColumns: `repeat(${across}, 1fr)`, gridTemplateRows: `repeat(${down}, 1fr)` };
  const places = Array.from({ length: across * down }, (_, index) => ({ place: index + 1, nth: index + 2 - start }));
  const board = useRef(/** @type {HTMLElement | null} */ (null));
  const choose = (/** @type {number} */ place) => change("chooseSheet", { sheet: id, start: place });
  const move = (/** @type {KeyboardEvent} */ event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
    const buttons = [...(board.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = way && buttons[at + way];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  if (plain || isTried)
    return html`<${Desk}
      title=${isTried ? say("cards-tried") : say("cards-first-paper")}
      caption=${isTried ? say("cards-tried-text") : say("cards-on-paper", { cards: total, sheets: pieces })}
    >
      <div class="stock" aria-hidden="true" style=${grid}>
        ${places.map(({ place, nth }) => {
          const isFull = isTried || (nth > 0 && nth <= total);
          return html`<span key=${place} class=${isFull ? "full" : ""}>${isFull && (isTried ? place : nth)}</span>`;
        })}
      </div>
    <//>`;
  const hasFree = free > 1 && free !== start;
  return html`<${Desk}
    title=${say("cards-first-sheet")}
    caption=${hasFree ? say("cards-last-used", { used: free - 1 }) : say("cards-begun")}
    below=${html`${hasFree && html`<div class="ways">
        <${Button} look="btn small" run=${() => choose(free)}>${say("cards-from-free", { free })}<//>
      </div>`}
      <div class="ways"><${Button} look="btn small" icon="printer" run=${printTestSheet}>${say("cards-test")}<//></div>
      <p class="small mute">${say("cards-test-text")}</p>`}
  >
    <div ref=${board} class="stock" role="group" aria-label=${say("cards-places")} style=${grid} onkeydown=${move}>
      ${places.map(({ place, nth }) => {
        const used = nth < 1;
        const full = !used && nth <= total;
        return html`<${Button}
          key=${place}
          tabindex=${place === start ? 0 : -1}
          look=${used ? "used" : full ? (nth === 1 ? "full start" : "full") : ""}
          aria-label=${say("cards-place", { place, used, nth: full ? nth : 0 })}
          aria-current=${nth === 1 ? "true" : null}
          run=${() => choose(place)}
        >
          ${used ? (across > 2 ? "" : say("cards-used")) : full ? nth : ""}
        <//>`;
      })}
    </div>
  <//>`;
}

/** @param {{caption?: string, nth?: number}} props nth: whose card it is; caption: of one that is nobody’s */
export function CardBeside({ caption, nth = 1 }) {
  const name = useLoaded("people").value?.people.filter(({ place }) => place)[nth - 1]?.name;
  const { items = [], sheet: chosen = "", document = "memo-card" } = /** @type {Sheets} */ (useLoaded("sheets").value ?? {});
  const asked = { document, of: "first", width: 720, view: /** @type {const} */ ("screen"), alone: nth };
  const drawn = [1, 2].map((page) => useLoaded("picture", { ...asked, page }));
  const isRefused = name && drawn.some(({ fault, fresh }) => fault && fresh);
  const [front, back] = drawn.map(({ value, fault, fresh }) => (!fault && (fresh || !name || value?.name === name) ? value : undefined));
  const sheet = items.find(({ id }) => id === chosen);
  return html`<${Desk}
    title=${say("cards-card")}
    aside=${sheet && html`<span class="small mute">${sizeOf(sheet)}</span>`}
    caption=${(name ? front?.name : caption) ?? name ?? front?.name}
    vast=${{ picture: front, alone: nth }}
    enlarge=${say("cards-enlarge")}
  >
    <div class="stack">
      ${isRefused ? html`<p class="small mute">${say("cards-no-picture")}</p>` : html`<${Page} picture=${front} zones=${false} />`}
      ${front && back?.page === 2 && html`<${Page} picture=${back} zones=${false} />`}
    </div>
  <//>`;
}
