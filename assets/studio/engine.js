// The engine as the page sees it: calls, files going up, and what happens when the program is gone.
/** @import { Args, Calls, Made, Progress, Uploads } from "./contract" */
/** @import { Watcher } from "./refusal.js" */
import { Refusal, ownFault, resultOf } from "./refusal.js";
import { say } from "./words.js";

const PAUSE = 2000;

/** Asks the engine; a call whose answer does not come waits for the program to come back, then is asked again. */
export class Engine {
  /** @type {Watcher} */
  watcher = { gone: () => {}, back: () => {}, taken: () => {}, loading: () => {}, erased: () => {} };
  /** Whether files stand in a folder of this machine once they are made. */
  hasFolder = true;
  /** @type {Set<string>} */
  #typed = new Set();
  #missing = false;
  /** @type {() => void} */
  #hurry = () => {};

  /**
   * Calls the engine.
   * @template {keyof Calls} N
   * @param {N} name
   * @param {Args} [args]
   * @returns {Promise<Calls[N]>}
   */
  async call(name, args = {}) {
    const typed = [args.value, args.text].filter((value) => typeof value === "string").join("\n");
    const response = await this.#send(() => requestOf(args), `call/${name}`, typed);
    return resultOf(await response.json());
  }

  /**
   * Hands a file to the engine.
   * @template {keyof Uploads} N
   * @param {N} name
   * @param {File} file
   * @returns {Promise<Uploads[N]>}
   */
  async upload(name, file) {
    const address = `upload/${name}?name=${encodeURIComponent(file.name)}`;
    const response = await this.#send(() => ({ method: "POST", body: file }), address, "");
    return resultOf(await response.json());
  }

  /**
   * Makes the outputs, and says how far it is. Stopped by `call("stop")`.
   * @param {Args} args
   * @param {(progress: Progress) => void} onProgress
   * @returns {Promise<Made>}
   */
  async make(args, onProgress) {
    const response = await this.#send(() => requestOf(args), "call/make", "");
    const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      rest += done ? "\n" : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!line.trim()) continue;
        const message = JSON.parse(line);
        if (!message.progress) return resultOf(message);
        onProgress(message.progress);
      }
      if (done) throw new Refusal(ownFault(say("trouble-cut-off")));
    }
  }

  /** Hears when the program ends, which learns from this that a page is open. @param {() => void} end */
  listen(end) {
    new EventSource("events").addEventListener("error", end);
  }

  /**
   * Returns the address of a file; null where there is none and `save` and `show` hand it over.
   * @param {string} path below the campaign's folder
   * @param {string} [name] that it is kept by
   * @returns {string | null}
   */
  address(path, name = "") {
    return `file/${path.split("/").map(encodeURIComponent).join("/")}?name=${encodeURIComponent(name)}`;
  }

  /** Hands a file over, to be kept. @param {string} path @param {string} [name] that it is kept by */
  async save(path, name) {
    location.assign(/** @type {string} */ (this.address(path, name)));
  }

  /** Shows a file in a window of its own. @param {string} path @param {Window | null} tab */
  async show(path, tab) {
    if (tab) tab.location.href = `${this.address(path)}&view`;
    else await this.save(path);
  }

  /** Ends the program, once it has answered. */
  async end() {
    await this.call(/** @type {any} */ ("bye")); // which the server itself answers
  }

  /** Erases all that is kept in this browser: here it is nothing. */
  async eraseAll() {}

  /** Asks again at once, instead of at the end of the pause. */
  retry() {
    this.#hurry();
  }

  /** @param {() => RequestInit} request @param {string} address @param {string} typed @returns {Promise<Response>} */
  async #send(request, address, typed) {
    if (typed) this.#typed.add(typed);
    try {
      for (;;) {
        const response = await fetch(address, request()).catch(() => null);
        if (response?.status === 200) {
          if (this.#missing) {
            this.#missing = false;
            this.watcher.back();
          }
          return response;
        }
        if (response && response.status !== 403) throw new Refusal(ownFault(refusalText(response.status)));
        this.#missing = true;
        this.watcher.gone([...this.#typed]);
        await new Promise((resolve) => {
          const timer = setTimeout(resolve, PAUSE, null);
          const before = this.#hurry;
          this.#hurry = () => {
            before();
            clearTimeout(timer);
            resolve(null);
          };
        });
      }
    } finally {
      this.#typed.delete(typed);
    }
  }
}

/** @param {Args} args @returns {RequestInit} */
const requestOf = (args) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(args),
});

/** @param {number} status */
const refusalText = (status) =>
  ({ 413: say("trouble-too-big"), 404: say("trouble-not-there") })[status] ?? say("trouble-confused");

