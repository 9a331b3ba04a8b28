// What stays in this browser: the files of the campaign. A change of several files is kept whole or not at all.

const NAME = "leaflet";
const FILES = "files";

/** @returns {Promise<IDBDatabase>} */
function open() {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => void asked.result.createObjectStore(FILES);
  return answer(asked);
}

/** The files that are kept. */
export class Kept {
  /** @type {Promise<IDBDatabase> | null} */
  #open = null;

  get #database() {
    return (this.#open ??= open());
  }

  /** @returns {Promise<[string, {data: Uint8Array, changed: number}][]>} all files, each with when it was changed */
  async all() {
    const store = (await this.#database).transaction(FILES).objectStore(FILES);
    const [names, files] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
    return names.map((name, index) => [String(name), files[index]]);
  }

  /**
   * Keeps what has changed.
   * @param {[string, {data: Uint8Array, changed: number} | null][]} changes null for a file that is gone
   */
  async put(changes) {
    const transaction = (await this.#database).transaction(FILES, "readwrite", { durability: "strict" });
    const store = transaction.objectStore(FILES);
    for (const [name, file] of changes) file ? store.put(file, name) : store.delete(name);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Erases all that this browser keeps: the campaign and the program. */
export async function eraseAll() {
  await answer(indexedDB.deleteDatabase(NAME));
  for (const name of await caches.keys()) if (name.startsWith("leaflet-")) await caches.delete(name);
  for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
}
