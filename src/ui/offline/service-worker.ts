// Keeps the whole page for use without a network. Built apart, into `sw.js`; the build fills in what there is to keep.

/** What the page says: this version's pages may begin. */
export type Word = 'take-over';

declare const self: ServiceWorkerGlobalScope;
/** Paths below the scope, and a hash over all of them with what they hold. */
declare const FILES: readonly string[], VERSION: string;

const { scope } = self.registration;
const PREFIX = `stowage ${scope} `;
const CACHE = PREFIX + VERSION;
const INDEX = new URL('index.html', scope).href;

const ours = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

/** What has its hash in its name is taken from an older version's cache when it is there. */
async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(async (path) => {
    const url = new URL(path, scope).href;
    const isHashed = path.startsWith('assets/');
    const response = (isHashed && await caches.match(url, { ignoreVary: true })) || await fetch(url, { cache: isHashed ? 'default' : 'reload' });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    await cache.put(url, response);
  }));
}

/** The version before this one stays: a page of it may still be open in another tab. */
async function tidy(): Promise<void> {
  const older = (await ours()).filter((name) => name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** What is too large to be brought before anybody wants it is kept when it has been wanted. */
async function fetchAndKeep(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && request.mode !== 'navigate') await (await caches.open(CACHE)).put(request.url, response.clone());
  return response;
}

async function answer(request: Request): Promise<Response> {
  const isPage = request.mode === 'navigate';
  const kept = isPage ? await (await caches.open(CACHE)).match(INDEX, { ignoreVary: true }) : await caches.match(request.url, { ignoreVary: true });
  if (!kept) return fetchAndKeep(request);
  // A redirected answer may not be given to a navigation.
  return isPage && kept.redirected ? new Response(kept.body, { headers: kept.headers }) : kept;
}

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(tidy()));
self.addEventListener('message', (event) => {
  if ((event.data as Word) === 'take-over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  const base = new URL(scope);
  if (method !== 'GET' || origin !== base.origin || !pathname.startsWith(base.pathname)) return;
  if (mode === 'navigate' && pathname !== base.pathname && pathname !== `${base.pathname}index.html`) return;
  event.respondWith(answer(event.request));
});
