// Addresses: each station and each part of one has its own, and the back button walks through them.
/** @import { At } from "./contract" */
import { useEffect, useState } from "./vendor/htm-preact.js";

/**
 * @typedef {{station: "welcome" | "dossier" | "election" | "list" | "pages" | "check" | "make" | "cards",
 *            part: string, at: URLSearchParams, address: string}} Route
 */

/** @type {Record<string, Route["station"]>} */
const STATIONS = {
  "": "welcome",
  dossier: "dossier",
  election: "election",
  liste: "list",
  pages: "pages",
  verifier: "check",
  fabriquer: "make",
  cartes: "cards",
};

/** @type {Record<string, string[]>} */
const PARTS = { list: ["fichier", "colonnes", "changements", "cases", "adresses"], cards: ["noms", "carte", "imprimer"] };

/** @type {Record<string, string>} */
const ENGLISH_PARTS = {
  file: "fichier",
  columns: "colonnes",
  changes: "changements",
  cells: "cases",
  rows: "cases",
  addresses: "adresses",
  names: "noms",
  people: "noms",
  card: "carte",
  sheet: "carte",
  print: "imprimer",
};

/** Reads an address. @param {string} hash @returns {Route} */
export function parseAddress(hash) {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?");
  const [first = "", second = ""] = path.split("/");
  const station = STATIONS[first] ?? "welcome";
  const parts = PARTS[station];
  const part = parts ? (parts.includes(second) ? second : /** @type {string} */ (parts[0])) : "";
  return { station, part, at: new URLSearchParams(query), address: `${station}/${part}` };
}

/** Returns the address of a place. @param {At} at */
export function addressOf({ station, part = "", ...place }) {
  const word = Object.keys(STATIONS).find((key) => STATIONS[key] === station) ?? "";
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(place)) if (value != null) query.set(key, String(value));
  let piece = ENGLISH_PARTS[part] ?? part;
  if (station === "list" && !piece) piece = place.line != null ? "cases" : place.field != null ? "colonnes" : "";
  const path = `#/${word}${piece ? `/${piece}` : ""}`;
  return query.size ? `${path}?${query}` : path;
}

/** @param {At | string} target */
export function go(target) {
  const address = typeof target === "string" ? target : addressOf(target);
  if (location.hash === address) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = address;
}

/** Returns the route of the window's address, and follows it. */
export function useRoute() {
  const [route, setRoute] = useState(() => parseAddress(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseAddress(location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return route;
}
