// The engine of the page without a server: a worker of this browser runs the program.
/** @import { Args, Calls, Made, Progress, Uploads } from "./contract" */
/** @import { Watcher } from "./refusal.js" */
import { eraseAll } from "./kept.js";
import { FILES } from "./list.js";
import { Refusal, ownFault, resultOf } from "./refusal.js";
import { nameOf, say } from "./words.js";

const LOCK = "leaflet";
const PICTURE = /"picture\/(\w+)\.png"/g; // in an answer
const MOST_PICTURES = 200;
const SIZE = Object.values(FILES).reduce((sum, [, bytes]) => sum + bytes, 0);
const SHOWN_FOR = 60_000; // milliseconds that the address of a file that is shown stays good

/**
 * @typedef {{
 *   asked: Record<string, unknown>,
 *   resolve: (answer: any) => void,
 *   reject: (error: Error) => void,
 *   progress: ((far: Progress) => void) | undefined,
 * }} Waiting
 */

/** Asks the program in the worker; only one window of this browser has it. */
export class Engine {
  /** @type {Watcher} */
  watcher = { gone: () => {}, back: () => {}, taken: () => {}, loading: () => {}, erased: () => {} };
  /** Whether files stand in a folder of this machine once they are made. */
  hasFolder = false;
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Promise<boolean> | null} whether this window has the campaign */
  #mine = null;
  /** @type {() => void} */
  #release = () => {};
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #count = 0;
  #canWait = true;
  /** @type {Progress | null} of what is being made */
  #far = null;
  /** @type {Map<string, string>} addresses of pictures, by their keys, the newest last */
  #pictures = new Map();

  /**
   * Calls the engine.
   * @template {keyof Calls} N
   * @param {N} name
   * @param {Args} [args]
   * @returns {Promise<Calls[N]>}
   */
  async call(name, args = {}) {
    if (name === "take") await this.#take();
    if (name === "stop" && !this.#canWait) return /** @type {any} */ (this.#breakOff());
    const answer = await this.#ask({ kind: "call", name, args: JSON.stringify(args) });
    if (name === "open") void this.#keepProgram();
    const found = result(await this.#withPictures(answer));
    if (name === "proof") found.kept.push({ text: say("browser-program"), path: "", bytes: SIZE });
    return found;
  }

  /**
   * Hands a file to the engine.
   * @template {keyof Uploads} N
   * @param {N} name
   * @param {File} file
   * @returns {Promise<Uploads[N]>}
   */
  async upload(name, file) {
    const data = await file.arrayBuffer();
    const answer = await this.#ask({ kind: "upload", name, file: file.name, data });
    return result(await this.#withPictures(answer), say("trouble-too-big"));
  }

  /**
   * Makes the outputs, and says how far it is. Stopped by `call("stop")`.
   * @param {Args} args
   * @param {(progress: Progress) => void} onProgress
   * @returns {Promise<Made>}
   */
  async make(args, onProgress) {
    const progress = (/** @type {Progress} */ far) => onProgress((this.#far = far));
    return result(await this.#ask({ kind: "make", args: JSON.stringify(args) }, progress));
  }

  /** @param {() => void} _end there is none: the program ends with the page */
  listen(_end) {}

  /** @param {string} _path @returns {string | null} none: `save` and `show` hand files over */
  address(_path) {
    return null;
  }

  /** Hands a file over, to be kept where the person says. @param {string} path @param {string} [name] */
  async save(path, name) {
    const suggestedName = name || (path.endsWith("/") ? `${nameOf(path)}.zip` : nameOf(path));
    const picker = /** @type {any} */ (window).showSaveFilePicker;
    if (picker && navigator.userActivation?.isActive) {
      try {
        const handle = await picker({ suggestedName });
        const file = await handle.createWritable();
        await file.write(await this.#file(path));
        await file.close();
        return;
      } catch (error) {
        if (/** @type {Error} */ (error).name === "AbortError") return;
      }
    }
    const link = document.createElement("a");
    link.href = this.#lend(await this.#file(path));
    link.download = suggestedName;
    link.click();
  }

  /** Shows a file in a window of its own. @param {string} path @param {Window | null} tab */
  async show(path, tab) {
    const file = await this.#file(path);
    if (tab && !path.endsWith("/")) tab.location.href = this.#lend(file);
    else await this.save(path);
  }

  /** Ends the program: it ends with the page, so nothing asks for it here. */
  async end() {}

  /** Erases all that is kept in this browser, and the program with it. */
  async eraseAll() {
    this.#end();
    this.#mine = Promise.resolve(false);
    await eraseAll();
    this.watcher.erased();
  }

  /** Starts the program again, and asks again what had no answer; what was being made is broken off. */
  retry() {
    this.#restart(({ reject }) => reject(new Refusal(ownFault(say("trouble-cut-off")))));
    this.watcher.back();
  }

  /** @param {string} path */
  async #file(path) {
    const data = await this.#ask({ kind: "file", path });
    if (!data) throw new Refusal(ownFault(say("trouble-not-there")));
    return data.slice(0, data.size, path.endsWith(".pdf") ? "application/pdf" : "application/octet-stream");
  }

  /** @param {Blob} file */
  #lend(file) {
    const address = URL.createObjectURL(file);
    setTimeout(() => URL.revokeObjectURL(address), SHOWN_FOR);
    return address;
  }

  /** Gives the pictures that an answer names addresses of this page. @param {string} answer */
  async #withPictures(answer) {
    for (const [, key] of (answer ?? "").matchAll(PICTURE)) {
      const known = this.#pictures.get(key) ?? (await this.#draw(key));
      this.#pictures.delete(key);
      this.#pictures.set(key, known);
    }
    for (const [old, address] of this.#pictures) {
      if (this.#pictures.size <= MOST_PICTURES) break;
      this.#pictures.delete(old);
      URL.revokeObjectURL(address);
    }
    return answer?.replace(PICTURE, (_, key) => `"${this.#pictures.get(key)}"`);
  }

  /** @param {string} key */
  async #draw(key) {
    const data = await this.#ask({ kind: "picture", key });
    return data ? URL.createObjectURL(new Blob([data], { type: "image/png" })) : "";
  }

  /** @param {Record<string, unknown>} asked @param {(far: Progress) => void} [progress] @returns {Promise<any>} */
  async #ask(asked, progress) {
    if ("leafletCannotRun" in window) return new Promise(() => {}); // the page says why
    if (!(await (this.#mine ??= this.#lock()))) {
      this.watcher.taken();
      return new Promise(() => {}); // until the campaign is taken over
    }
    return this.#send(asked, progress);
  }

  /** @param {Record<string, unknown>} asked @param {(far: Progress) => void} [progress] @returns {Promise<any>} */
  #send(asked, progress) {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { asked, resolve, reject, progress });
      worker.postMessage({ id, lang: document.documentElement.lang, ...asked });
    });
  }

  #start() {
    const worker = begunWorker() ?? new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      console.error(event.message);
      this.watcher.gone([]);
    });
    void this.#send({ kind: "start" }).then((canWait) => (this.#canWait = canWait));
    return worker;
  }

  /** @param {any} data */
  #hear({ id, answer, progress, loading, failed, unsaved }) {
    if (loading) return this.watcher.loading(loading);
    const waiting = this.#waiting.get(id);
    if (progress) return waiting?.progress?.(JSON.parse(progress).progress);
    if (failed) {
      console.error(failed);
      return this.watcher.gone([]); // the answer comes once the program is started again
    }
    this.#waiting.delete(id);
    if (unsaved) return waiting?.reject(new Refusal(ownFault(say("browser-unsaved"))));
    return waiting?.resolve(answer);
  }

  /** Has the lock of the campaign as long as this window is there. */
  #lock(how = { ifAvailable: true }) {
    return new Promise((/** @type {(mine: boolean) => void} */ resolve) => {
      const held = (/** @type {Lock | null} */ lock) => {
        resolve(lock != null);
        if (!lock) begunWorker()?.terminate();
        return lock && new Promise((release) => (this.#release = () => release(undefined)));
      };
      navigator.locks.request(LOCK, how, held).catch(() => {
        this.#end(); // another window has taken it
        this.#mine = Promise.resolve(false);
        this.watcher.taken();
      });
    });
  }

  async #take() {
    this.#mine = this.#lock(/** @type {any} */ ({ steal: true }));
    await this.#mine;
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
    this.#release();
  }

  /** Stops what is being made where the program hears nothing meanwhile: it starts again from what is kept. */
  #breakOff() {
    const stopped = { done: 0, left: this.#far?.total ?? 0 };
    const made = { files: [], count: 0, seconds: 0, codesRead: true, stopped, faults: [] };
    this.#restart(({ resolve }) => resolve(JSON.stringify({ result: made })));
    return {};
  }

  /** @param {(making: Waiting) => void} breakOff ends what is being made */
  #restart(breakOff) {
    const waiting = [...this.#waiting.values()];
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
    for (const one of waiting)
      if (one.asked.kind === "make") breakOff(one);
      else if (one.asked.kind !== "start") void this.#send(one.asked, one.progress).then(one.resolve, one.reject);
  }

  /** Keeps the program for the next time; a newer one comes meanwhile, and is used once this window is closed. */
  async #keepProgram() {
    if (!navigator.serviceWorker || this.#count > 2) return;
    await navigator.serviceWorker.register("sw.js").catch(() => null);
    void navigator.storage?.persist?.();
  }
}

/** Returns the worker that `able.js` started, once; null afterwards. @returns {Worker | null} */
function begunWorker() {
  const page = /** @type {{leafletWorker?: Worker | null}} */ (window);
  const worker = page.leafletWorker ?? null;
  page.leafletWorker = null;
  return worker;
}

/** @param {string} answer @param {string} [otherwise] what is said if there is none */
function result(answer, otherwise = say("trouble-confused")) {
  if (!answer) throw new Refusal(ownFault(otherwise));
  return resultOf(JSON.parse(answer));
}
