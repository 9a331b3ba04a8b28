// The texts of the window, in the language of the page.
import { english } from "./words-en.js";
import { french } from "./words-fr.js";

/** @returns {import("./words-fr.js").Words} */
export const words = () => (document.documentElement.lang.startsWith("en") ? english : french);

const tag = () => document.documentElement.lang || "fr";

/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(tag()).format(value);

/**
 * Returns how big a file is, in the unit a file manager shows.
 * @param {number} bytes
 */
export function size(bytes) {
  const mega = bytes / 1e6;
  const { gigabytes, megabytes, kilobytes } = words().units;
  if (mega >= 1e4) return gigabytes(number(Math.floor(mega / 1000)));
  if (mega < 0.1) return kilobytes(number(Math.max(1, Math.round(bytes / 1000))));
  return megabytes(number(mega < 10 ? Math.round(mega * 10) / 10 : Math.round(mega)));
}

/**
 * Returns the time of day of a moment.
 * @param {string} moment
 */
export function clock(moment) {
  const date = new Date(moment);
  return words().units.clock(date.getHours(), String(date.getMinutes()).padStart(2, "0"));
}

/**
 * Returns a day as one says it.
 * @param {string} day
 * @param {boolean} [weekday]
 */
export function day(day, weekday = false) {
  const date = new Date(day.length === 10 ? `${day}T12:00:00` : day);
  if (Number.isNaN(date.getTime())) return day;
  const text = new Intl.DateTimeFormat(tag(), {
    day: "numeric",
    month: "long",
    year: "numeric",
    ...(weekday ? { weekday: "long" } : {}),
  }).format(date);
  return text.replace(/^1 /, words().units.firstDay);
}

/**
 * Tells whether a moment is of this day.
 * @param {string} moment
 */
export const isToday = (moment) => new Date(moment).toDateString() === new Date().toDateString();

/**
 * Returns a ratio of contrast with one decimal.
 * @param {number} value
 */
export const decimal = (value) =>
  new Intl.NumberFormat(tag(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
