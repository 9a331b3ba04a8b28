// The one place that knows the campaign, what was loaded for it, and what can be undone.
/** @import { Args, At, Calls, Campaign, Changed, Fault, List, Lock, Made, Opened, People, Progress, Said, Uploads } from "./contract" */
import { Engine } from "./engine.js";
import { Refusal, faultOf, ownFault } from "./refusal.js";
import { useEffect, useState } from "./vendor/htm-preact.js";

/**
 * @typedef {{done: Changed, fault: null} | {done: null, fault: Fault}} Outcome
 * @typedef {{revision: number, value: any, fault: Fault | null, wanted: number}} Entry
 * @typedef {Omit<Calls, "list" | "people"> & {list: List | null, people: People | null}} Loads
 */

export const engine = new Engine();

/**
 * @typedef {{outputs: string[], changedOnly: boolean, people: string[], progress: Progress | null, made: Made | null,
 *            fault: Fault | null, at: string, moved: {free: number | null} | null, revision: number, draft: boolean, stopping?: boolean}} Making
 */

export const state = {
  opened: false,
  broken: /** @type {Fault | null} */ (null),
  campaign: /** @type {Campaign | null} */ (null),
  lock: /** @type {Lock | null} */ (null),
  elsewhere: false,
  erased: false,
  ended: false,
  loading: /** @type {{done: number, total: number} | null} */ (null),
  elections: /** @type {Opened["elections"]} */ ([]),
  unfinished: /** @type {Opened["unfinished"]} */ (null),
  undo: /** @type {Said | null} */ (null),
  redo: /** @type {Said | null} */ (null),
  did: /** @type {Said | null} */ (null),
  fault: /** @type {Fault | null} */ (null),
  colors: /** @type {string[]} */ ([]),
  slow: false,
  unsaved: /** @type {string[]} */ ([]),
  gone: /** @type {string[] | null} */ (null),
  watching: false,
  only: /** @type {string[] | null} */ (null),
  making: /** @type {Making | null} */ (null),
  unread: { text: "", typed: /** @type {import("./components/school.js").School | null} */ (null) }, // names, and their school, that are typed
};

/** @typedef {typeof state} State */

/** @type {Map<string, Entry>} */
const loaded = new Map();
/** What comes as a part of its answer, and is null if there is none. */
const WRAPPED = new Set(["list", "people"]);
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Set<() => void>} */
const drafts = new Set();
/** @type {Promise<unknown>} */
let queue = Promise.resolve();
/** @type {At | null} where this page is: another one may be elsewhere in the same campaign */
let here = null;
/** Counts how often everything was forgotten, so that what is on view is asked for again. */
let epoch = 0;
/** Counts the changes of the store. */
let version = 0;

function tell() {
  version += 1;
  for (const listener of [...listeners]) listener();
}

/** @param {Partial<State>} change */
export function put(change) {
  Object.assign(state, change);
  tell();
}

/** Redraws the component whenever the store changes, also between its first drawing and this effect. */
export function useStore() {
  const [, setVersion] = useState(version);
  useEffect(() => {
    const listener = () => setVersion(version);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return state;
}

engine.watcher = {
  gone: (/** @type {string[]} */ waiting) => put({ gone: waiting }),
  back: () => {
    put({ gone: null });
    void open();
  },
  taken: () => put({ opened: true, elsewhere: true }),
  erased: () => put({ elsewhere: true, erased: true }),
  loading: (/** @type {{done: number, total: number}} */ loading) => put({ loading }),
};

/** Asks for the campaign as it is now; what is on view stays until it is there anew. */
export async function open() {
  for (const entry of loaded.values()) Object.assign(entry, { revision: -1, wanted: -1 });
  epoch += 1;
  try {
    const { made, ...found } = await engine.call("open");
    if (state.opened) enter(found.campaign);
    const none = { progress: null, fault: null, moved: null, revision: -1, draft: false };
    const before = made && { outputs: ["cards"], changedOnly: false, ...none, ...made };
    put({ opened: true, broken: null, elsewhere: false, ...found, making: state.making ?? before ?? null });
  } catch (error) {
    put({ opened: true, broken: faultOf(error) });
  }
}

/** Forgets all that is of another folder, if this is one. @param {Campaign | null} campaign */
function enter(campaign) {
  if (campaign?.folder === state.campaign?.folder) return;
  loaded.clear();
  epoch += 1;
  Object.assign(state, { campaign, making: null, did: null, fault: null, colors: [], watching: false, unread: { text: "", typed: null } });
}

/**
 * Goes on with another campaign: one that is there, the cards or leaflets of this one, or one to begin. Returns why not.
 * @param {{path?: string, kind?: Campaign["kind"]}} which
 */
export async function openBeside(which) {
  await settle();
  const fault = await engine.call("openBeside", which).then(() => null, faultOf);
  if (!fault) await open();
  return fault;
}

/** Follows what somebody else is doing, once a few seconds, as long as this page only watches. */
export function watch() {
  put({ watching: true });
  setInterval(() => void open(), 5000);
}

/** Keeps what a field has not sent yet, to be sent before anything else; returns what forgets it. @param {() => void} flush */
export function keepDraft(flush) {
  drafts.add(flush);
  return () => void drafts.delete(flush);
}

/** Sends what fields have kept, and waits for what is under way. */
export async function settle() {
  for (const flush of [...drafts]) flush();
  await queue;
}

/**
 * Changes the campaign. Changes are made one after the other, each with the revision that the one before gave.
 * @param {keyof Calls} name
 * @param {Args} [args]
 * @param {{quiet?: boolean}} [how] quiet: the fault is shown by the one who asks
 */
export function change(name, args = {}, { quiet = false } = {}) {
  return enqueue(() => engine.call(name, { ...args, revision: state.campaign?.revision ?? (state.broken ? null : 0), here }), quiet);
}

/** Hands over a file that becomes a part of the campaign. @param {keyof Uploads} name @param {File} file */
export function upload(name, file) {
  return enqueue(async () => {
    if (state.campaign) await engine.call("at", { at: here });
    return engine.upload(name, file);
  }, true);
}

/** @param {() => Promise<any>} ask @param {boolean} quiet @returns {Promise<Outcome>} */
function enqueue(ask, quiet) {
  const outcome = queue.then(async () => {
    const timer = setTimeout(() => put({ slow: true }), 1000);
    try {
      if (state.watching) throw new Refusal({ ...ownFault(""), code: "watching" });
      const before = state.campaign?.revision; // a page that lost the program asks anew how things are, too
      const done = await ask();
      take(done, before);
      return { done, fault: null };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === "W201") await open();
      if (!quiet || fault.code === "W201" || fault.code === "watching") put({ fault });
      return { done: null, fault };
    } finally {
      clearTimeout(timer);
      if (state.slow) put({ slow: false });
    }
  });
  queue = outcome.catch(() => null);
  return outcome;
}

/** What shows answers, also those that were refused, which are no change. */
const ANSWERS = ["answers", "words", "plan"];

/** @param {Changed} done @param {number | undefined} before the revision that was changed */
function take(done, before) {
  if (!done || !("campaign" in done)) return;
  const isChange = done.campaign?.revision !== before;
  if (!isChange) {
    for (const name of ANSWERS) Object.assign(loaded.get(`${name}{}`) ?? {}, { revision: -1, wanted: -1 });
    epoch += 1;
  }
  enter(done.campaign);
  Object.assign(state, {
    campaign: done.campaign,
    undo: done.undo,
    redo: done.redo,
    did: isChange ? done.undo : state.did,
    fault: null,
    unsaved: [],
    unfinished: null,
    ...(Array.isArray(done.colors) ? { colors: done.colors } : {}),
  });
  for (const [key, value] of Object.entries(done)) {
    const entry = loaded.get(`${key}{}`);
    if (entry) Object.assign(entry, { value, revision: done.campaign?.revision ?? 0, fault: null });
  }
  tell();
}

/** Undoes or makes again, and returns where that can be seen. @param {"undo" | "redo"} name */
export async function step(name) {
  await settle();
  if (!state[name]) return null;
  const { done } = await change(name);
  put({ did: null });
  return done?.at ?? null;
}

/**
 * Loads something and keeps it as long as the campaign stays the same.
 * @template {keyof Loads} N
 * @param {N} name
 * @param {Args} [args]
 * @returns {{value: Loads[N] | undefined, fault: Fault | null, fresh: boolean}} what was there before, until it is fresh
 */
export function useLoaded(name, args = {}) {
  useStore();
  const key = name + JSON.stringify(args);
  const revision = state.campaign?.revision ?? 0;
  useEffect(() => void load(key, name, args, revision), [key, revision, epoch]);
  const entry = loaded.get(key);
  return { value: entry?.value, fault: entry?.fault ?? null, fresh: entry?.revision === revision };
}

/** @param {string} key @param {keyof Loads} name @param {Args} args @param {number} revision */
async function load(key, name, args, revision) {
  const entry = loaded.get(key) ?? { revision: -1, value: undefined, fault: null, wanted: -1 };
  if (entry.revision === revision || entry.wanted === revision) return;
  entry.wanted = revision;
  loaded.set(key, entry);
  if (name === "picture")
    for (const [old, { wanted }] of [...loaded]) if (wanted < revision && old.startsWith(name)) loaded.delete(old);
  try {
    const answer = /** @type {any} */ (await engine.call(name, args));
    const value = WRAPPED.has(name) && answer && name in answer ? answer[name] : answer;
    if (entry.wanted === revision) Object.assign(entry, { value, revision, fault: null });
    if (answer?.campaign?.revision === state.campaign?.revision) state.campaign = answer.campaign;
  } catch (error) {
    if (Object.assign(entry, { revision, fault: faultOf(error) }).fault?.code === "W201") void open();
  }
  tell();
}

/** Remembers where somebody is, to go on there after a crash. @param {At} at */
export function note(at) {
  here = at;
  if (!state.campaign || state.watching) return;
  void engine.call("at", { at }).then(
    ({ campaign }) => campaign && campaign.revision === state.campaign?.revision && put({ campaign }),
    () => null,
  );
}

/** Forgets what was loaded under a name, so that it is asked again. */
export function forget(/** @type {string} */ name) {
  for (const key of [...loaded.keys()]) if (key.startsWith(name)) loaded.delete(key);
  epoch += 1;
  tell();
}

/** Stops what is being made after the file that is being written; what is made stays. */
export const stopMaking = () => {
  put({ making: state.making && { ...state.making, stopping: true } });
  return engine.call("stop");
};

/**
 * Makes the outputs. The page may be elsewhere meanwhile: what is made stands in the store.
 * @param {string[]} outputs
 * @param {boolean} changedOnly
 * @param {number} [from] how many of them are made already, the first ones
 * @param {string[]} [people] the places in their list of those whose cards are made; everybody's if empty
 * @param {boolean} [draft] makes drafts of what nobody has compared
 */
export async function make(outputs, changedOnly, from = 0, people = [], draft = false) {
  await settle();
  const before = from > 0 ? (state.making?.made ?? null) : null;
  const revision = state.campaign?.revision ?? 0;
  const making = { outputs, changedOnly, people, progress: null, made: null, fault: null, at: "", moved: null, revision, draft };
  put({ making, did: null });
  /** @param {object} more */
  const update = (more) => put({ making: /** @type {State["making"]} */ ({ ...state.making, ...more }) });
  try {
    const asked = { outputs: outputs.slice(from), changedOnly, people, draft };
    const made = await engine.make(asked, (progress) => update({ progress }));
    update({ made: before ? joined(before, made) : made, at: new Date().toISOString() });
    forget("people"); // whose cards are there now
    forget("plan");
    put({ only: null });
  } catch (error) {
    update({ fault: faultOf(error), at: new Date().toISOString() });
  }
  await open();
}

/**
 * Returns how much of all outputs is made, in percent: never all before the end.
 * @param {string[]} outputs
 * @param {Progress | null} progress of one of them
 */
export function percentMade(outputs, progress) {
  const { done = 0, total = 0, output = "" } = progress ?? {};
  const made = Math.max(0, outputs.indexOf(output)) + done / (total || 1);
  return Math.min(99, Math.floor((100 * made) / (outputs.length || 1)));
}

/** Tells whether files are being made. @param {State} state */
export const isMaking = ({ making }) => making != null && !making.made && !making.fault;

/** Tells whether something has changed since files were made; what was only found right is none. @param {State} state */
export const isStale = ({ making, campaign }) =>
  making?.made != null && campaign?.revision !== making.revision &&
  campaign?.stations.find(({ id }) => id === "make")?.state !== "done";

/** Has files made in another folder from now on; returns the fault if it cannot be taken. @param {string} path */
export const choosePlace = (path) =>
  engine.call("choosePlace", { path }).then(({ campaign, free }) => {
    put({ campaign, making: state.making && { ...state.making, moved: { free } } });
    return null;
  }, faultOf);

/** Joins what was made before a stop to what was made after it. @param {Made} before @param {Made} after @returns {Made} */
const joined = (before, after) => ({
  ...after,
  files: [...before.files, ...after.files],
  count: Math.max(before.count, after.count),
  seconds: before.seconds + after.seconds,
  lacking: [...before.lacking, ...after.lacking],
  faults: [...new Map([...before.faults, ...after.faults].map((one) => [one.text, one])).values()],
});
