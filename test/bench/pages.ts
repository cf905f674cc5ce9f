// The two pages that are measured side by side, built and served from memory.

import { createServer, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };

/** What lies between a browser and a server. */
export interface Network {
  /** ms from a request to the first byte of its answer. */
  readonly latency: number;
  /** Of all answers together. */
  readonly bytesPerSecond: number;
}

export interface ServedPage {
  readonly url: string;
  /** From now on. */
  network: Network | undefined;
  /** Gzip bytes of what was asked for since the last call, up to a time (ms since the epoch). */
  takeBytes(until?: number): number;
  close(): void;
}

export async function buildPage(root: string, configFile: string | false): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'stowage-bench-'));
  await build({ root, base: './', ...(configFile === false ? { configFile } : { configFile }), logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } } });
  return outDir;
}

const CHUNK = 8192;

export function servePage(folder: string): Promise<ServedPage> {
  const line: { network: Network | undefined; freeAt: number } = { network: undefined, freeAt: 0 };
  /** As a slow line brings it: its first byte late, and all answers sharing the line. */
  const bring = async (response: ServerResponse, body: Buffer): Promise<void> => {
    const { network } = line;
    if (!network) return void response.end(body);
    await new Promise((resolve) => setTimeout(resolve, network.latency));
    for (let at = 0; at < body.length; at += CHUNK) {
      const part = body.subarray(at, at + CHUNK);
      const now = performance.now();
      line.freeAt = Math.max(now, line.freeAt) + part.length / network.bytesPerSecond * 1000;
      await new Promise((resolve) => setTimeout(resolve, line.freeAt - now));
      response.write(part);
    }
    response.end();
  };
  let asked: { readonly at: number; readonly bytes: number }[] = [];
  const packed = new Map<string, Buffer>();
  const server: Server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url!, 'http://localhost').pathname).replace(/\/$/, '/index.html'));
    if (!existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
    const body = packed.get(path) ?? gzipSync(readFileSync(path), { level: 9 });
    packed.set(path, body);
    asked.push({ at: performance.timeOrigin + performance.now(), bytes: body.length });
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'content-encoding': 'gzip', 'cache-control': 'max-age=3600' });
    void bring(response, body);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      resolve({
        url: `http://127.0.0.1:${address.port}/`,
        get network() {
          return line.network;
        },
        set network(network) {
          line.network = network;
        },
        takeBytes: (until = Infinity) => {
          const taken = asked.reduce((sum, { at, bytes }) => sum + (at <= until ? bytes : 0), 0);
          asked = [];
          return taken;
        },
        close: () => void server.close(),
      });
    });
  });
}
