// The store: changes one after the other, refusals, what is made in two goes.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerWith, asked } from "./page.js";
import { change, isMaking, isStale, keepDraft, make, note, open, put, settle, state } from "../../../assets/studio/store.js";

const stations = [{ id: "make", state: "todo" }];
const campaign = (revision, more = {}) => ({ folder: "/essai", revision, stations, ...more });
const none = { lock: null, elections: [], undo: null, redo: null, unfinished: null };
const opened = (revision) => ({ campaign: campaign(revision), ...none });
const fault = (code) => ({ fault: { code, severity: "error", text: code, ways: [] } });

/** An engine that gives each change the next revision. */
function counting() {
  let revision = 1;
  const next = () => ({ campaign: campaign(++revision), undo: { text: "essai" }, redo: null });
  return { open: () => opened(revision), answer: next, word: next };
}

beforeEach(async () => {
  answerWith({ open: opened(1) });
  put({ making: null, fault: null, watching: false, broken: null, did: null });
  await open();
});

test("each change has the revision that the one before gave", async () => {
  answerWith(counting());
  await Promise.all([change("answer"), change("word"), change("answer")]);
  const revisions = asked.map(([name, args]) => [name, args.revision]);
  assert.deepEqual(revisions, [
    ["answer", 1],
    ["word", 2],
    ["answer", 3],
  ]);
  assert.equal(state.campaign.revision, 4);
  assert.equal(state.did.text, "essai");
});

test("a change of a campaign that has changed elsewhere opens it again, and says why", async () => {
  answerWith({ answer: fault("W201"), open: opened(9) });
  const { done } = await change("answer", {}, { quiet: true });
  assert.deepEqual([done, state.fault.code, state.campaign.revision], [null, "W201", 9]);
});

test("who asks quietly shows the fault; the next change goes on", async () => {
  answerWith({ ...counting(), mend: fault("T303") });
  const outcome = await change("mend", {}, { quiet: true });
  assert.deepEqual([outcome.fault.code, state.fault], ["T303", null]);
  assert.ok((await change("answer")).done);
});

test("a page that only watches changes nothing", async () => {
  put({ watching: true });
  answerWith(counting());
  assert.equal((await change("answer")).fault.code, "watching");
  assert.deepEqual(asked, []);
});

test("what fields have kept is sent before anything else", async () => {
  answerWith(counting());
  const forget = keepDraft(() => void change("answer", { value: "tapé" }));
  await settle();
  assert.equal(asked[0][1].value, "tapé");
  forget();
  await settle();
  assert.equal(asked.length, 1);
});

test("a change says where the page is", async () => {
  answerWith(counting());
  note({ station: "pages" });
  await change("word");
  const places = asked.map(([name, args]) => [name, args.at ?? args.here]);
  assert.deepEqual(places, [
    ["at", { station: "pages" }],
    ["word", { station: "pages" }],
  ]);
});

test("a campaign that cannot be read is told, and found again", async () => {
  answerWith({ open: fault("C101") });
  await open();
  assert.equal(state.broken.code, "C101");
  answerWith({ open: opened(1) });
  await open();
  assert.equal(state.broken, null);
});

test("another campaign has nothing of the one before", async () => {
  put({ making: { outputs: [] }, colors: ["#123456"] });
  answerWith({ open: { ...opened(1), campaign: campaign(1, { folder: "/autre" }) } });
  await open();
  assert.deepEqual([state.making, state.colors], [null, []]);
});

test("what is made after a stop is joined to what was made before it", async () => {
  const made = { files: [{ path: "a" }], count: 2, seconds: 1, faults: [{ text: "a" }], lacking: [], stopped: { done: 2, left: 1 } };
  answerWith({ open: opened(1), make: made });
  await make(["files", "zip"], true);
  answerWith({ open: opened(1), make: { ...made, files: [{ path: "b" }], count: 3, stopped: null } });
  await make(["files", "zip"], true, 1);
  assert.deepEqual(asked[0][1].outputs, ["zip"]);
  const { files, count, seconds, stopped, faults } = state.making.made;
  assert.equal(faults.length, 1); // which is told of each part
  assert.deepEqual([files.map(({ path }) => path), count, seconds, stopped], [["a", "b"], 3, 2, null]);
});

test("files are stale once the campaign has changed, until they are made again", async () => {
  answerWith({ open: opened(1), make: { files: [], count: 0, seconds: 0, faults: [], stopped: null } });
  const making = make(["files"], true);
  await settle();
  assert.equal(isMaking(state), true);
  await making;
  assert.deepEqual([isMaking(state), isStale(state)], [false, false]);
  answerWith({ open: opened(2) });
  await open();
  assert.equal(isStale(state), true);
});
