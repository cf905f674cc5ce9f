// The build's side of "offline and private": the service worker with its list of files, the manifest and icons, and a strict content policy.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { minifySync, transformWithOxc, type Plugin } from 'vite';

const ICONS = ['icon.svg', 'icon-192.png', 'icon-512.png', 'icon-maskable.png'];

/** Nothing from elsewhere, and nothing to elsewhere. Styles in the page: xterm writes its own into style elements. */
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
}

/** @param source folder of the service worker, the manifest and the icons */
export function offline(source: string): Plugin {
  let root = '', outDir = '';
  return {
    name: 'stowage-offline',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
      outDir = resolve(root, config.build.outDir);
    },
    generateBundle() {
      for (const fileName of ICONS) this.emitFile({ type: 'asset', fileName, source: readFileSync(join(root, source, fileName)) });
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: readFileSync(join(root, source, 'manifest.json')) });
    },
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
      { tag: 'meta', attrs: { name: 'theme-color', content: '#12303a' }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'manifest', href: './manifest.webmanifest' }, injectTo: 'head' },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icon-192.png' }, injectTo: 'head' },
    ],
    // When all is written, so that the worker's own chunks are there too.
    async writeBundle() {
      const files = walk(outDir).map((path) => relative(outDir, path).replaceAll('\\', '/')).filter((path) => path !== 'sw.js' && !path.endsWith('.map') && !path.startsWith('databases/')).toSorted();
      const hash = createHash('sha256');
      for (const path of files) hash.update(`${path}\n`).update(readFileSync(join(outDir, path)));
      const { code } = await transformWithOxc(readFileSync(join(root, source, 'service-worker.ts'), 'utf8'), 'service-worker.ts', { target: 'es2022', sourcemap: false });
      const known = `const FILES=${JSON.stringify(files)},VERSION=${JSON.stringify(hash.digest('hex').slice(0, 12))};`;
      // A classic script: nothing is exported.
      writeFileSync(join(outDir, 'sw.js'), minifySync('sw.js', `${known}\n${code.replace(/export\s*\{\s*\};?/, '')}`, { module: true, mangle: true, compress: true }).code);
    },
  };
}
