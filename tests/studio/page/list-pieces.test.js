// The rows of the list that are on view: a mended one stays where it was until another filter is chosen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerWith, asked } from "./page.js";
import { CHUNK, Pieces } from "../../../assets/studio/stations/list-pieces.js";

const row = (line, state = "mend") => ({ line, state });
const counts = { mend: 3 };

/** The rows of a filter, once the first chunk is there. */
async function loaded(show, rows, total = rows.length) {
  answerWith({ rows: ({ from, count }) => ({ total, counts, rows: rows.slice(from, from + count), repairs: [] }) });
  const pieces = new Pieces({ show, search: "" }, () => {});
  await pieces.load(0);
  return pieces;
}

test("a chunk is asked for once", async () => {
  const pieces = await loaded("mend", [row(2), row(5)]);
  await pieces.load(0);
  assert.deepEqual([asked.length, pieces.total, pieces.drawn, pieces.ready], [1, 2, 2, true]);
  assert.deepEqual(pieces.lines, [2, 5]);
});

test("a mended row stays, and is not counted any more", async () => {
  const pieces = await loaded("mend", [row(2), row(5), row(9)]);
  pieces.replace(row(5, "ready"), { mend: 2 });
  assert.deepEqual([pieces.total, pieces.drawn, pieces.counts.mend], [2, 3, 2]);
  assert.deepEqual([pieces.lines, pieces.find(5).state, pieces.find(7)], [[2, 5, 9], "ready", undefined]);
});

test("it stays also when the rows are asked for again", async () => {
  const pieces = await loaded("mend", [row(2), row(5), row(9)]);
  pieces.replace(row(5, "ready"), counts);
  answerWith({ rows: () => ({ total: 2, counts, rows: [row(2), row(9)], repairs: [] }) });
  const told = new Promise((resolve) => (pieces.tell = resolve));
  pieces.reload();
  await told;
  assert.deepEqual(pieces.lines, [2, 5, 9]);
});

test("among all rows none is kept beside the others", async () => {
  const pieces = await loaded("all", [row(2), row(3, "ready")]);
  pieces.replace(row(2, "ready"), counts);
  assert.deepEqual([pieces.total, pieces.drawn], [2, 2]);
});

test("the chunk after a mended row begins where its rows are now", async () => {
  const pieces = await loaded("mend", Array.from({ length: CHUNK + 5 }, (_, nth) => row(nth + 2)), CHUNK + 5);
  pieces.replace(row(4, "ready"), counts);
  await pieces.load(1);
  assert.equal(asked.at(-1)[1].from, CHUNK - 1);
});
