// Keeps the folder of this edition, so that it opens without a network; all of it is replaced, or nothing.
// The lines above list its files. A file with the hash of one that is kept already is not loaded again.
const CACHE = `leaflet-${EDITION}`;
const TEXTS = { ftl: "text/plain; charset=utf-8", html: "text/html; charset=utf-8" };
const TYPES = { ...TEXTS, css: "text/css", js: "text/javascript", svg: "image/svg+xml" };

async function fill() {
  try {
    const cache = await caches.open(CACHE);
    for (const [name, [hash]] of Object.entries(FILES)) {
      const address = new URL(name, registration.scope).href;
      const known = await caches.match(address); // in this edition, or in an earlier one
      await cache.put(address, known?.headers.get("ETag") === hash ? known : await load(name, address, hash));
    }
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function load(name, address, hash) {
  const response = await fetch(address, { integrity: `sha256-${base64(hash)}`, cache: "no-cache" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const type = TYPES[name.split(".").pop()] ?? response.headers.get("Content-Type") ?? "application/octet-stream";
  const headers = { "Content-Type": type, "Content-Security-Policy": POLICY, ETag: hash };
  return new Response(await response.blob(), { headers });
}

function base64(hash) {
  return btoa(String.fromCharCode(...hash.match(/../g).map((byte) => parseInt(byte, 16))));
}

async function dropOthers() {
  for (const name of await caches.keys())
    if (name.startsWith("leaflet-") && name !== CACHE) await caches.delete(name);
  await clients.claim();
}

addEventListener("install", (event) => event.waitUntil(fill()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || !address.href.startsWith(registration.scope)) return;
  address.search = address.hash = "";
  if (address.href === registration.scope) address.pathname += "index.html";
  event.respondWith(caches.open(CACHE).then(async (cache) => (await cache.match(address.href)) ?? fetch(request)));
});
