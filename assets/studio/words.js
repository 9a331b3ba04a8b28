// The words of the window, in the language of the page: the messages of words/page-fr.ftl or words/page-en.ftl.
/** @import { FluentFunction } from "./vendor/fluent/types.js" */
import { FluentBundle, FluentResource } from "./vendor/fluent/index.js";

const LANG = document.documentElement.lang.startsWith("en") ? "en" : "fr";
const IS_FRENCH = LANG === "fr";

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @type {Record<string, FluentFunction>} what messages call beside NUMBER */
const functions = {
  CAPITAL: ([text = ""]) => (typeof text === "string" ? capital(text) : text),
  HAS: ([text = ""]) => (String(text) ? "yes" : "no"),
  /** A number in words, if there are words for it and for those that stand beside it. */
  SAID: (counts) => {
    const [said = "", ...others] = counts.map((count) => NUMBERS[Number(count.valueOf())]);
    return said && others.every(Boolean) ? said : (counts[0] ?? "");
  },
};

const bundle = new FluentBundle(LANG, { useIsolating: false, functions });
const file = await fetch(new URL(`words/page-${LANG}.ftl`, import.meta.url));
bundle.addResource(new FluentResource(await file.text()));

/**
 * Returns a message.
 * @param {string} id
 * @param {Record<string, string | number | boolean>} [args] a number is written as the language writes it
 */
export function say(id, args = {}) {
  const pattern = bundle.getMessage(id)?.value;
  if (pattern == null) throw new Error(`There are no words ${id}`);
  const given = Object.entries(args).map(([name, value]) => [name, typeof value === "boolean" ? String(value) : value]);
  const text = bundle.formatPattern(pattern, Object.fromEntries(given));
  return IS_FRENCH ? setSpaces(text) : text;
}

/**
 * Returns the lines of a message, one for each item of a list.
 * @param {string} id
 * @param {Record<string, string | boolean>} [args]
 */
export const sayLines = (id, args) => say(id, args).split("\n");

/**
 * Returns the lines of a message as a table, whose cells stand between bars.
 * @param {string} id
 * @param {Record<string, string | boolean>} [args]
 */
export const sayRows = (id, args) => sayLines(id, args).map((line) => line.split(" | "));

const NUMBERS = say("numbers").split(" ");

/**
 * Sets the spaces that French wants before high punctuation and inside quotation marks, so that no line breaks there.
 * @param {string} text
 */
export function setSpaces(text) {
  return text
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ ([:»%×])/g, "\u00a0$1")
    .replace(/([«×]) /g, "$1\u00a0")
    .replace(/(\d) (h|s|mm|ko|Mo|Go)(?!\p{L})/gu, "$1\u00a0$2")
    .replace(/(\d\u00a0h) (\d)/g, "$1\u00a0$2");
}

/**
 * Joins names as one says them: with « et » or "and" before the last one, which English does not for a "unit".
 * @param {string[]} names
 * @param {"conjunction" | "unit"} [type]
 */
export const joined = (names, type = "conjunction") =>
  new Intl.ListFormat(IS_FRENCH ? "fr" : "en-GB", { type }).format(names);

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(LANG).format(value);

/** Returns a number with one decimal. @param {number} value */
export const decimal = (value) =>
  new Intl.NumberFormat(LANG, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);

/** Returns how big a file is, in the unit a file manager shows. @param {number} bytes */
export function size(bytes) {
  const mega = bytes / 1e6;
  if (mega >= 1e4) return say("size", { unit: "GB", value: Math.floor(mega / 1000) });
  if (mega < 0.1) return say("size", { unit: "kB", value: Math.max(1, Math.round(bytes / 1000)) });
  return say("size", { unit: "MB", value: mega < 10 ? Math.round(mega * 10) / 10 : Math.round(mega) });
}

/** Returns the name of a file or a folder. @param {string} path */
export const nameOf = (path) => path.split("/").filter(Boolean).at(-1) ?? path;

/** Returns the time of day of a moment. @param {string} moment */
export function clock(moment) {
  const date = new Date(moment);
  return say("clock", { hours: date.getHours(), minutes: String(date.getMinutes()).padStart(2, "0") });
}

/** Returns a day as one says it. @param {string} day @param {boolean} [weekday] */
export function day(day, weekday = false) {
  const date = new Date(day.length === 10 ? `${day}T12:00:00` : day);
  if (Number.isNaN(date.getTime())) return day;
  const parts = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
  const text = new Intl.DateTimeFormat(LANG, weekday ? { ...parts, weekday: "long" } : parts).format(date);
  return IS_FRENCH ? text.replace(/\b1 /, "1er ") : text;
}

/** Tells whether a moment is of this day. @param {string} moment */
export const isToday = (moment) => new Date(moment).toDateString() === new Date().toDateString();

/**
 * Returns the first of two days; in French without the year that follows with the other one.
 * @param {string} from
 * @param {string} to
 */
export function firstDay(from, to) {
  const [year = ""] = (IS_FRENCH && to.match(/ \d{4}$/)) || [];
  return year && from.endsWith(year) ? from.slice(0, -year.length) : from;
}

/** Returns an hour within a sentence: in French a full one has no minutes. @param {string} hour */
export const hourWithin = (hour) => (IS_FRENCH ? hour.replace(/\s00$/, "") : hour);

/** Returns the name of a question within a sentence: in French it begins with a small letter. @param {string} name */
export const nameWithin = (name) => (IS_FRENCH ? name.charAt(0).toLowerCase() + name.slice(1) : name);

/**
 * Returns what a leaflet prints, an address as one types it, fit to be quoted.
 * @param {string} printed with its label
 */
export function bare(printed) {
  const text = IS_FRENCH ? printed.replace(/^[^:]*\s: (?=https?:)/, "").replace(/«\s/g, "“").replace(/\s»/g, "”") : printed;
  return text.replace(/https?:\/\//g, "").replace(/\/(?=,|$)/, "");
}
