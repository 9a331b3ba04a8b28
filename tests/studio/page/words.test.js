// The words of the window: every message that is asked for is there in both languages with the values that it names;
// spaces, numbers and days are those of each language.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import "./page.js";
import { FluentBundle, FluentResource } from "../../../assets/studio/vendor/fluent/index.js";
import { clock, day, decimal, number, say, sayLines, setSpaces, size } from "../../../assets/studio/words.js";

const PAGE = new URL("../../../assets/studio/", import.meta.url);
const [narrow, broad] = ["\u202f", "\u00a0"];

document.documentElement.lang = "en";
const english = await import("../../../assets/studio/words.js?en");
document.documentElement.lang = "fr";

const sources = [PAGE, new URL("../../site/page/", PAGE)]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((name) => name.endsWith(".js") && !name.startsWith("vendor") && name !== "worker.js") // the worker says nothing
      .map((name) => readFileSync(new URL(name, folder), "utf8")),
  )
  .join("\n");

/** The names in an object literal, from its first brace on. */
function namesIn(text) {
  const names = [];
  let [depth, begins] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    if (depth === 1 && begins) names.push(text.slice(at).match(/^\s*(\.{3}|\w*)/)[1]);
    begins = (depth === 0 && text[at] === "{") || (depth === 1 && text[at] === ",");
    depth += "{[(".includes(text[at]) ? 1 : "}])".includes(text[at]) ? -1 : 0;
    if (!depth) return names.filter(Boolean);
  }
  return assert.fail(text);
}

/** What the page asks for: each message with the names of the values that it is given. */
const asked = [...sources.matchAll(/\bsay(?:Lines|Rows)?\("([^"]*)"(\)|, (?=\{))/g)].map(({ 0: call, 1: id, 2: end, index }) => ({
  id,
  given: end === ")" ? [] : namesIn(sources.slice(index + call.length)),
}));

/** The messages of a language: the values that each has, by its id, and the other messages. */
function read(lang) {
  const text = readFileSync(new URL(`words/page-${lang}.ftl`, PAGE), "utf8");
  const resource = new FluentResource(text);
  assert.deepEqual(new FluentBundle(lang).addResource(resource), [], `${lang}: there is one twice`);
  assert.equal(resource.body.length, text.match(/^-?[a-z][\w-]* =/gm).length, `${lang}: one cannot be read`);
  return new Map(resource.body.map(({ id, value }) => [id, value]));
}

/** Returns the names of all references of a kind in a message: "var" or "mesg". */
const named = (node, type) =>
  node && typeof node === "object"
    ? [...(node.type === type ? [node.name] : []), ...Object.values(node).flatMap((inner) => named(inner, type))]
    : [];

const messages = { fr: read("fr"), en: read("en") };

/** The values of a message and of those within it. */
function valuesOf(lang, id) {
  const value = messages[lang].get(id);
  return new Set([...named(value, "var"), ...named(value, "mesg").flatMap((other) => [...valuesOf(lang, other)])]);
}

test("both languages have the messages that are asked for, and no others", () => {
  for (const [lang, all] of Object.entries(messages)) {
    const wanted = new Set([...asked.map(({ id }) => id), "numbers"]);
    for (const id of wanted) for (const other of named(all.get(id), "mesg")) wanted.add(other);
    assert.deepEqual([...wanted].filter((id) => !all.has(id)), [], `${lang} lacks`);
    // The other language may have no need of one that is within others.
    assert.deepEqual([...all.keys()].filter((id) => !wanted.has(id)), [], `nobody asks for, in ${lang}`);
  }
});

test("messages are asked for by their names, with values that are named", () => {
  const calls = sources.match(/(?<!function )\bsay(?:Lines|Rows)?\((?!id\b)/g);
  assert.equal(calls.length, asked.length);
  assert.deepEqual(asked.filter(({ given }) => given.includes("...")), []);
});

test("each message is given its values, and none for nothing", () => {
  for (const { id, given } of asked) {
    const needed = new Set(["fr", "en"].flatMap((lang) => [...valuesOf(lang, id)]));
    assert.deepEqual(given.toSorted(), [...needed].sort(), id);
  }
});

test("lists have as many lines in both languages", () => {
  for (const { id, given } of asked)
    if (!given.length) assert.equal(sayLines(id).length, english.sayLines(id).length, id);
});

test("French sets spaces before high punctuation, inside quotation marks and before units", () => {
  assert.equal(setSpaces("Prêt ? « Oui » : 3 Mo ; 14 h 30 !"), (
    `Prêt${narrow}? «${broad}Oui${broad}»${broad}: 3${broad}Mo${narrow}; 14${broad}h${broad}30${narrow}!`
  ));
  assert.equal(setSpaces("3 heures"), "3 heures");
});

test("texts with values have their spaces set, too", () => {
  assert.equal(say("question-example", { text: "x" }), `Par exemple${broad}: x`);
});

test("nought is singular in French, plural in English", () => {
  const counted = (words) => [0, 1, 2].map((count) => words.say("check-passed-count", { count }));
  assert.deepEqual(counted({ say }), ["0 contrôle", "1 contrôle", "2 contrôles"]);
  assert.deepEqual(counted(english), ["0 checks", "1 check", "2 checks"]);
});

test("small numbers are words if all of a sentence can be", () => {
  const lead = (count, blank) => say("election-lead-like", { count, year: "2022", blank }).replaceAll(broad, " ");
  assert.match(lead(3, 2), /^Trois réponses viennent de 2022 : comparez-les à votre notice. Deux restent en blanc.$/);
  assert.match(lead(12, 2), /^12 réponses .* 2 restent en blanc.$/);
});

test("a size has the unit that keeps it short", () => {
  const sizes = [1, 99_999, 1_440_000, 25_000_000, 15e9];
  assert.deepEqual(sizes.map(size), [`1${broad}ko`, `100${broad}ko`, `1,4${broad}Mo`, `25${broad}Mo`, `15${broad}Go`]);
  assert.equal(english.size(1_440_000), "1.4 MB");
});

test("numbers, hours and days are those of the language", () => {
  assert.equal(number(5000), `5${narrow}000`);
  assert.equal(say("n-schools", { schools: 5000 }), `5${narrow}000 établissements`);
  assert.equal(decimal(4), "4,0");
  assert.equal(clock("2026-12-03T09:05:00"), `9${broad}h${broad}05`);
  assert.deepEqual([day("2026-12-01"), day("2026-12-01", true)], ["1er décembre 2026", "mardi 1er décembre 2026"]);
  assert.equal(day("bientôt"), "bientôt");
});
