// Keeps the programme, and the reader's own agenda, for when there is no network.
//
// What anybody may see is asked for without cookies and kept once for all. An agenda is kept apart, under the mark of its
// reader (the header x-reader), and only the agenda of who was last here: any page told for somebody else, or for nobody,
// and any sign-out, does away with it. Everything else goes to the network and nowhere else.

const PUBLIC = "programme";
const OWN = "agenda of ";
const NOBODY = "nobody";
const OPEN = /^\/(en|fr|es)\/[^/]+\/(programme|sessions\/[^/]+)$/;
const AGENDA = /^\/(en|fr|es)\/[^/]+\/agenda$/;
const KEPT_MOST = 200;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A page that was opened before there was a worker asks to be kept.
addEventListener("message", (event) => {
  if (typeof event.data === "string") event.waitUntil(keep(event.data));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/sign-out")) event.waitUntil(forgetOthers(NOBODY));
  if (request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) event.respondWith(named(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

/** A file whose name holds its hash. */
async function named(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(seen(url.pathname, answer.clone()));
    return answer;
  } catch (fault) {
    const kept = url.search === "" && (await caches.match(url.pathname, { ignoreVary: true }));
    if (kept) return kept;
    throw fault;
  }
}

async function keep(path) {
  if (AGENDA.test(path)) await seen(path, await fetch(path));
  else if (OPEN.test(path)) await keepOpen(path);
}

async function seen(path, answer) {
  const reader = answer.headers.get("x-reader");
  if (reader) await forgetOthers(reader);
  if (OPEN.test(path)) await keepOpen(path);
  if (!AGENDA.test(path) || !answer.ok || answer.redirected || !reader || reader === NOBODY) return;
  await keepFiles(answer.clone());
  await (await caches.open(OWN + reader)).put(path, answer);
}

async function keepOpen(path) {
  const answer = await fetch(path, { credentials: "omit" });
  if (!answer.ok || answer.redirected) return;
  await keepFiles(answer.clone());
  const cache = await caches.open(PUBLIC);
  await cache.put(path, answer);
  const paths = await cache.keys();
  for (const old of paths.slice(0, Math.max(0, paths.length - KEPT_MOST))) await cache.delete(old);
}

/** The style and script a page names. */
async function keepFiles(answer) {
  const cache = await caches.open(PUBLIC);
  for (const [, file] of (await answer.text()).matchAll(/"(\/static\/[^"]+)"/g)) {
    if (!(await cache.match(file, { ignoreVary: true }))) await cache.add(file);
  }
}

async function forgetOthers(reader) {
  for (const name of await caches.keys()) {
    if (name.startsWith(OWN) && name !== OWN + reader) await caches.delete(name);
  }
}
