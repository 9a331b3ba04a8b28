// The files of the program: each is loaded once, held against its hash, and kept for the next time.
import { EDITION, FILES, POLICY } from "./list.js";

export const CACHE = `leaflet-${EDITION}`;
const get = fetch.bind(globalThis); // as it is before the worker takes it away from the program
const BASE = new URL(".", import.meta.url);

/**
 * Returns the bytes of a file, as they are in the folder.
 * @param {string} name
 * @param {(bytes: number) => void} [came] hears of each piece
 */
async function load(name, came = () => {}) {
  const address = new URL(name, BASE).href;
  const cache = await caches.open(CACHE);
  const known = await cache.match(address);
  if (known?.headers.get("ETag") === FILES[name][0]) {
    const data = new Uint8Array(await known.arrayBuffer());
    came(data.length);
    return data;
  }
  const response = await get(address);
  if (!response.ok || !response.body) throw new Error(`${name}: ${response.status}`);
  const [hash, size] = /** @type {[string, number]} */ (FILES[name]);
  const data = new Uint8Array(size);
  let filled = 0;
  for await (const piece of pieces(response.body)) {
    if (filled + piece.length > size) break;
    data.set(piece, filled);
    filled += piece.length;
    came(piece.length);
  }
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  if (filled !== size || [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== hash)
    throw new Error(`${name} is not what it is listed as`);
  const headers = { "Content-Type": "application/octet-stream", "Content-Security-Policy": POLICY, ETag: hash };
  await cache.put(address, new Response(data, { headers })).catch(() => null); // no room: it is loaded again
  return data;
}

/**
 * Returns a file of WebAssembly for the browser to compile. Once it is kept as it was before it was compressed, the
 * browser keeps what it compiles, too: it starts in less time.
 * @param {string} name
 * @param {(bytes: number) => void} came
 */
export async function compiled(name, came) {
  const address = new URL(name.replace(/\.bin$/, ""), BASE).href;
  const cache = await caches.open(CACHE);
  const known = (await cache.match(address)) && (await get(address).catch(() => null)); // by the service worker
  if (known?.ok) {
    came(FILES[name][1]);
    return known;
  }
  const response = await unpacked(name, came, "application/wasm");
  await cache.put(address, response.clone()).catch(() => null);
  return response;
}

/** @param {ReadableStream<Uint8Array>} stream */
async function* pieces(stream) {
  const reader = stream.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
}

/**
 * Returns a file that is compressed in the folder, as it was before.
 * @param {string} name
 * @param {(bytes: number) => void} [came]
 * @param {string} [type]
 */
export async function unpacked(name, came, type = "application/octet-stream") {
  const data = await load(name, came);
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "Content-Type": type } });
}
