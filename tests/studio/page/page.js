// What tests of the page's modules share: the page without a browser, and an engine that answers what a test says.
// It comes before the modules of the page, which read their words as they are loaded.
import { readFileSync } from "node:fs";

globalThis.document = /** @type {any} */ ({ documentElement: { lang: "fr" } });
globalThis.fetch = /** @type {any} */ (async (/** @type {URL} */ file) => new Response(readFileSync(file)));

/** Every call of the engine since the test began: its name and what it was given. */
export const asked = [];

/**
 * Has the engine answer from now on; an answer that is a function is given the arguments.
 * @param {Record<string, unknown>} answers by the call: a result, or {fault} for a refusal
 */
export function answerWith(answers) {
  asked.length = 0;
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address, /** @type {{body: string}} */ { body }) => {
      const [name, args] = [address.replace("call/", ""), JSON.parse(body)];
      asked.push([name, args]);
      const answer = typeof answers[name] === "function" ? answers[name](args) : answers[name];
      const said = answer?.fault ? answer : { result: answer ?? {} };
      return { status: 200, json: async () => said, body: new Blob([`${JSON.stringify(said)}\n`]).stream() };
    }
  );
}
