// The built page in a folder: built once for what the sources are now, whoever asks first, and served from below a path.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../..');
const CACHE = join(root, 'node_modules/.cache/stowage-page');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };

function walk(path: string): string[] {
  return statSync(path).isDirectory() ? readdirSync(path).toSorted().flatMap((name) => walk(join(path, name))) : [path];
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const path of ['src', 'lessons', 'index.html', 'vite.config.ts', 'package-lock.json'].flatMap((name) => walk(join(root, name)))) hash.update(path).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

/** Several test files ask at the same time: one builds, the others wait for it. */
export async function builtPage(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  const lock = `${folder}.lock`;
  mkdirSync(CACHE, { recursive: true });
  for (;;) {
    if (existsSync(folder)) return folder;
    try {
      mkdirSync(lock);
    } catch {
      // Whoever held it may be gone.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 300_000) rmSync(lock, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      for (const name of readdirSync(CACHE)) if (Date.now() - statSync(join(CACHE, name)).mtimeMs > 86_400_000) rmSync(join(CACHE, name), { recursive: true, force: true });
      const outDir = `${folder}.new-${process.pid}`;
      // As people get it, not as Vitest would have it.
      process.env.NODE_ENV = 'production';
      await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir, emptyOutDir: true } });
      renameSync(outDir, folder);
      return folder;
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

export interface ServedFolder {
  readonly url: string;
  /** Changed by a test that puts a newer page in its place. */
  folder: string;
  close(): Promise<void>;
}

/** From below a path, as a page on somebody's server is. */
export function serveFolder(folder: string, base = '/some/where/'): Promise<ServedFolder> {
  const served = { folder };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const path = join(served.folder, decodeURIComponent(pathname.slice(base.length)) || 'index.html');
    if (!pathname.startsWith(base) || !path.startsWith(served.folder) || !existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': path.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache' }).end(readFileSync(path));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(Object.assign(served, {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
      close: () => new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
    })));
  });
}
