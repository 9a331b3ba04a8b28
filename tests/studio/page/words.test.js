// The texts of the window: spaces, numbers and days as each language writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, day, decimal, number, size, words } from "../../../assets/studio/words.js";
import { setSpaces } from "../../../assets/studio/words-fr.js";
import "./page.js";

const [narrow, broad] = ["\u202f", "\u00a0"];

/** Has what a test does in a language done in it. */
function speak(lang, say) {
  document.documentElement.lang = lang;
  try {
    return say();
  } finally {
    document.documentElement.lang = "fr";
  }
}

test("French sets spaces before high punctuation, inside quotation marks and before units", () => {
  assert.equal(setSpaces("Prêt ? « Oui » : 3 Mo ; 14 h 30 !"), (
    `Prêt${narrow}? «${broad}Oui${broad}»${broad}: 3${broad}Mo${narrow}; 14${broad}h${broad}30${narrow}!`
  ));
  assert.equal(setSpaces("3 heures"), "3 heures");
});

test("texts with values have their spaces set, too", () => {
  assert.equal(words().question.example("x"), `Par exemple${broad}: x`);
});

test("nought is singular in French, plural in English", () => {
  const counted = () => [0, 1, 2].map((count) => words().check.passedCount(count));
  assert.deepEqual(counted(), ["0 contrôle", "1 contrôle", "2 contrôles"]);
  assert.deepEqual(speak("en", counted), ["0 checks", "1 check", "2 checks"]);
});

test("a size has the unit that keeps it short", () => {
  const sizes = () => [1, 99_999, 1_440_000, 25_000_000, 15e9].map(size);
  assert.deepEqual(sizes(), [`1${broad}ko`, `100${broad}ko`, `1,4${broad}Mo`, `25${broad}Mo`, `15${broad}Go`]);
  assert.equal(speak("en", sizes)[2], "1.4 MB");
});

test("numbers, hours and days are those of the language", () => {
  assert.equal(number(5000), `5${narrow}000`);
  assert.equal(decimal(4), "4,0");
  assert.equal(clock("2026-12-03T09:05:00"), `9${broad}h${broad}05`);
  assert.deepEqual([day("2026-12-01"), day("2026-12-03", true)], ["1er décembre 2026", "jeudi 3 décembre 2026"]);
  assert.equal(day("bientôt"), "bientôt");
});
