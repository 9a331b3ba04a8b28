// The rows of the list that are on view, as they come: those of one filter, a hundred at once.
/** @import { Counts, Row, Show, Way } from "../contract" */
import { engine } from "../store.js";

/** Rows asked for at once. */
export const CHUNK = 100;

/** @typedef {{show: Show, search: string}} Filter */

/** Rows of one filter, in chunks; a mended row stays where it was until the filter changes. */
export class Pieces {
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

  get #rows() {
    return [...this.#chunks.values()].flat();
  }

  get drawn() {
    return this.total + this.#kept(this.#rows);
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
    return this.#rows.find((row) => row.line === line);
  }

  get lines() {
    return this.#rows.map((row) => row.line);
  }
}

/**
 * Finds the filter that shows a line.
 * @param {number} line
 * @param {Show} first
 * @returns {Promise<{show: Show, row?: Row}>}
 */
export async function find(line, first) {
  for (const show of new Set(/** @type {Show[]} */ ([first, "mend", "twice", "look", "elsewhere", "left"]))) {
    const { rows } = await engine.call("rows", { show, search: "", from: 0, count: 500 });
    const row = rows.find((other) => other.line === line);
    if (row) return { show, row };
  }
  return { show: "all" };
}
