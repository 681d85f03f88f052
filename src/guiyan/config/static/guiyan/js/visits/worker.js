// Keeps the page of household visits, its styles and scripts, so that it opens without network. VERSION and KEPT are
// written before this text by the server. Never keeps what the server answers about anybody.
const PREFIX = "guiyan-visits-";
const NAME = PREFIX + VERSION;
const PAGE = KEPT[0];
const PATIENCE_MS = 5000;

async function keep() {
  const cache = await caches.open(NAME);
  await Promise.all(
    KEPT.map(async (address) => {
      const answer = await fetch(address, { cache: "reload", credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
}

// The server first: it knows whether somebody is signed in. A network that does not answer is none.
async function page(request) {
  const late = new Promise((_, give) => setTimeout(() => give(new Error("late")), PATIENCE_MS));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await caches.match(PAGE, { cacheName: NAME })) || fetch(request);
  }
}

async function kept(request, path) {
  return (await caches.match(path, { cacheName: NAME })) || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === PAGE) event.respondWith(page(event.request));
  else if (url.pathname !== PAGE && KEPT.includes(url.pathname)) event.respondWith(kept(event.request, url.pathname));
});
