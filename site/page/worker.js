// Runs the program: the page sends calls, numbered, and gets their answers.
import { loadPyodide } from "./engine/pyodide.js";
import { prepareZXingModule } from "./engine/zxing/reader/index.js";
import { Kept } from "./kept.js";
import { FILES } from "./list.js";
import { compiled, unpacked } from "./parts.js";
import { pixels, read } from "./pixels.js";

const PACKED = ["pyodide.asm.wasm.bin", "python.bin", "program.bin", "zxing.bin"].map((name) => `engine/${name}`);
const HOME = "/program";
const FOLDERS = { fr: "/ce navigateur", en: "/this browser" };
const NO_PICTURE = { width: 0, height: 0, data: new Uint8Array() };
const BREATH = 40; // milliseconds between two looks at what else is asked
const LOWEST_GREY = { binarizer: 0, characterSet: 0, eanAddOnSymbol: 0, textMode: 2 };
const READER = {
  ...LOWEST_GREY, formats: "QRCode", tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true,
  tryDenoise: false, isPure: false, downscaleFactor: 3, downscaleThreshold: 500, minLineCount: 2, maxNumberOfSymbols: 1,
  validateOptionalChecksum: false, returnErrors: false, tryCode39ExtendedMode: true,
}; // prettier-ignore
/** Whether a making can let other calls come in. */
const CAN_WAIT = "Suspending" in WebAssembly;

const kept = new Kept();
/** @type {any} */
let python = null;
/** @type {any} */
let program = null;
let folder = "";
/** @type {Map<string, {data: Uint8Array, changed: number} | null>} what has changed and is not kept yet */
const unkept = new Map();
let making = 0;
let breathed = 0;

/** Loads the program, without the campaign: another window may have that. Returns its class and the codes' reader. */
async function load() {
  const total = PACKED.reduce((sum, name) => sum + FILES[name][1], 0);
  let done = 0;
  const came = (/** @type {number} */ bytes) => {
    done += bytes;
    postMessage({ loading: { done, total } });
  };
  const plain = globalThis.fetch;
  const wasm = compiled("engine/pyodide.asm.wasm.bin", came);
  const library = unpacked("engine/python.bin", came);
  const archive = unpacked("engine/program.bin", came).then((response) => response.arrayBuffer());
  const reader = unpacked("engine/zxing.bin", came)
    .then((response) => response.arrayBuffer())
    .then((wasmBinary) => prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }));
  // Python asks for two files, which are here; whatever else it asks for, it does not get.
  globalThis.fetch = async (address) => {
    const name = String(address).split("/").at(-1);
    if (name === "pyodide.asm.wasm") return wasm;
    if (name === "python_stdlib.zip") return library;
    if (name === "pyodide-lock.json") return plain(address);
    throw new TypeError(`${name} is not loaded`);
  };
  const indexURL = new URL("engine/", import.meta.url).href;
  python = await loadPyodide({ indexURL, createPyodideModule: (await import("./engine/pyodide.asm.js")).default });
  globalThis.fetch = () => Promise.reject(new TypeError("nothing is loaded any more"));
  unpack(new Uint8Array(await archive));
  python.runPython(`import sys; sys.path.insert(0, "${HOME}"); sys.dont_write_bytecode = True`);
  const { BrowserWindow } = python.pyimport("leaflet.studio.browser_edition");
  return { BrowserWindow, codes: await reader };
}

/** @param {"fr" | "en"} lang */
async function start(lang) {
  const files = kept.all();
  const { BrowserWindow, codes } = await loaded;
  folder = FOLDERS[lang];
  python.FS.mkdirTree(folder);
  for (const [name, { data, changed }] of await files) {
    const path = placeOf(name);
    python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    python.FS.writeFile(path, data);
    python.FS.utime(path, changed, changed);
  }
  const { run_sync: wait } = python.pyimport("pyodide.ffi");
  const host = {
    pixels,
    /** @param {string} text */
    say(text) {
      const now = performance.now();
      if (now - breathed < BREATH) return undefined;
      breathed = now;
      postMessage({ id: making, progress: text });
      return CAN_WAIT ? pause() : undefined;
    },
    /** @param {any} levels @param {number} width @param {number} height */
    readCode(levels, width, height) {
      const place = codes._malloc(width * height);
      try {
        read(levels, (data) => codes.HEAPU8.set(data, place));
        const found = codes.readBarcodesFromPixmap(place, width, height, READER);
        return found.size() ? found.get(0).text : undefined;
      } finally {
        codes._free(place);
      }
    },
  };
  program = BrowserWindow(folder, lang, host, wait, python.pyimport("datetime").datetime.now);
}

/**
 * Puts the files of an archive in their places: a line with their names and sizes, then one after the other.
 * @param {Uint8Array} data
 */
function unpack(data) {
  let at = data.indexOf(10) + 1;
  const made = new Set();
  for (const [name, size] of JSON.parse(new TextDecoder().decode(data.subarray(0, at)))) {
    const path = `${HOME}/${name}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!made.has(parent)) python.FS.mkdirTree(parent);
    made.add(parent);
    python.FS.writeFile(path, data.subarray(at, at + size), { canOwn: true });
    at += size;
  }
}

/** Waits until what else the page has sent was heard. */
function pause() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(null);
    port2.postMessage(null);
  });
}

/**
 * Returns an answer of the program; a picture that it wants first is decoded for it.
 * @param {() => string | Promise<string>} ask
 */
async function answered(ask) {
  for (;;) {
    const answer = await ask();
    const wanted = answer ? null : program.wanted.toJs();
    if (!wanted?.length) return answer;
    const { width, height, data } = (await decoded(wanted).catch(() => null)) ?? NO_PICTURE;
    program.learn(width, height, data);
  }
}

/** @param {Uint8Array} file */
async function decoded(file) {
  const how = /** @type {const} */ ({ premultiplyAlpha: "none", colorSpaceConversion: "none" });
  const bitmap = await createImageBitmap(new Blob([file]), how);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/**
 * Returns where a file that is kept stands: in the folder, or in one beside it, which has another campaign.
 * @param {string} name
 */
const placeOf = (name) => (name.startsWith("../") ? name.slice(2) : `${folder}/${name}`);

/** Keeps what a call has changed. */
async function keep() {
  /** @type {[string, Uint8Array | undefined][]} */
  const found = handedOver(program.changes());
  if (!found.length && !unkept.size) return;
  for (const [name, data] of found)
    unkept.set(name, data ? { data, changed: Number(python.FS.stat(placeOf(name)).mtime) } : null);
  const these = [...unkept];
  await kept.put(these);
  for (const [name, file] of these) if (unkept.get(name) === file) unkept.delete(name);
}

const WORK = {
  /** @param {{name: string, args: string}} asked */
  call: ({ name, args }) => answered(() => program.call(name, args)),
  /** @param {{name: string, file: string, data: ArrayBuffer}} asked */
  upload: ({ name, file, data }) => answered(() => program.upload(name, file, new Uint8Array(data))),
  /** @param {{id: number, args: string}} asked */
  make({ id, args }) {
    making = id;
    return answered(() => (CAN_WAIT ? program.make.callPromising(args) : program.make(args)));
  },
  /** @param {{path: string}} asked */
  file({ path }) {
    const place = program.file(path);
    return place ? new Blob([python.FS.readFile(place)]) : null;
  },
  /** @param {{key: string}} asked */
  picture: ({ key }) => handedOver(program.picture(key)),
};

/** @param {any} found by Python, which need not keep it */
function handedOver(found) {
  const data = found?.toJs() ?? null;
  found?.destroy();
  return data;
}

const loaded = load();
loaded.catch(() => {}); // the first call tells it
/** @type {Promise<void> | null} */
let started = null;

addEventListener("message", async ({ data: asked }) => {
  const { id, kind } = asked;
  try {
    await (started ??= start(asked.lang));
    const answer = kind === "start" ? CAN_WAIT : await WORK[/** @type {keyof typeof WORK} */ (kind)](asked);
    let unsaved = "";
    if (kind !== "file" && kind !== "picture" && kind !== "start")
      await keep().catch((why) => (unsaved = String(why)));
    postMessage({ id, answer, unsaved });
  } catch (error) {
    postMessage({ id, failed: String(error?.stack ?? error) });
  }
});
