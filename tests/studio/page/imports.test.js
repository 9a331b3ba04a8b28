// The modules of the page: each is reached from the first one, and none imports itself by way of others.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PAGE = resolve(dirname(fileURLToPath(import.meta.url)), "../../../assets/studio");
const modules = readdirSync(PAGE, { recursive: true }).filter((name) => name.endsWith(".js") && !name.startsWith("vendor"));

/** The modules that a module imports, by their names below the page. */
const importsOf = (name) =>
  [...readFileSync(join(PAGE, name), "utf8").matchAll(/^(?:import|export) [^;]*?from "(\.[^"]+)";|^import "(\.[^"]+)";/gm)]
    .map(([, from, alone]) => join(dirname(name), from ?? alone))
    .filter((other) => !other.startsWith("vendor"));

const graph = new Map(modules.map((name) => [name, importsOf(name)]));

/** All that is reached from a module. */
function reached(name, seen = new Set()) {
  for (const other of graph.get(name) ?? assert.fail(`${name} is not there`))
    if (!seen.has(other)) reached(other, seen.add(other));
  return seen;
}

test("every module is reached from the first one", () => {
  assert.deepEqual(modules.filter((name) => name !== "app.js" && !reached("app.js").has(name)), []);
});

test("no module imports itself by way of others", () => {
  assert.deepEqual(modules.filter((name) => reached(name).has(name)), []);
});

test("what the page asks for before its modules do is there", () => {
  const named = [...readFileSync(join(PAGE, "index.html"), "utf8").matchAll(/<link [^>]*href="([^"]+)"/g)].map(([, name]) => name);
  const files = named.flatMap((name) => ["fr", "en"].map((lang) => name.replace("{{ lang }}", lang)));
  assert.ok(files.includes("words/page-en.ftl"));
  assert.deepEqual(files.filter((name) => !existsSync(join(PAGE, name))), []);
});
