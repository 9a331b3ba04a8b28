// Writes what was tried on this page as a file of addresses. Nothing is sent, and nothing is kept.

/** @typedef {false | { value: string, confirmed_on: string, confirmed_by?: string }} Tried false: it does not work */

const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const link = /** @type {HTMLAnchorElement} */ (document.querySelector("[download]"));

/** Returns all that was tried, before and on this page, by académie and kind of address. */
function collect() {
  const tried = /** @type {Record<string, Record<string, Tried>>} */ (JSON.parse(form.dataset.tried ?? "").academies);
  const answers = new FormData(form);
  const role = String(answers.get("role"));
  const when = { confirmed_on: new Date().toLocaleDateString("sv"), ...(role && { confirmed_by: role }) };
  for (const [name, answer] of answers) {
    const [, academie, kind] = name.match(/^(.+)\.(\w+)/) ?? [];
    const value = String(answer).trim();
    if (academie && kind && value) (tried[academie] ??= {})[kind] = value === "no" ? false : { value, ...when };
  }
  return tried;
}

/** Writes a value of the file: TOML has the texts of JSON, days without quotes. @param {Tried} one */
function written(one) {
  const fields = Object.entries(one).map(([name, text]) => `${name} = ${name === "confirmed_on" ? text : JSON.stringify(text)}`);
  return one ? `{ ${fields.join(", ")} }` : "false";
}

addEventListener("pageshow", show); // a browser that loads the page anew keeps its answers
form.addEventListener("input", show);

/** Offers the file, as something to save and as text to copy. */
function show() {
  const tables = Object.entries(collect()).map(([academie, kinds]) =>
    [`[academies.${academie}]`, ...Object.entries(kinds).map(([kind, one]) => `${kind} = ${written(one)}`), ""].join("\n"),
  );
  link.href = `data:text/plain;charset=utf-8,${encodeURIComponent(tables.join("\n"))}`;
  Object.assign(document.querySelector("pre") ?? {}, { textContent: tables.join("\n") });
}
