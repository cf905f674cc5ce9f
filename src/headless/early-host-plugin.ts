// The build's side of a quick start: index.html itself starts the host's worker, before any other script is there.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { minifySync, transformWithOxc, type Plugin } from 'vite';

/**
 * The worker is the one whose file is called `worker-….js`. The content policy, if there is one, learns the script's hash.
 * @param source path of the module with `startHost`, from the root
 */
export function earlyHost(source: string): Plugin {
  let root = '';
  return {
    name: 'stowage-early-host',
    apply: 'build',
    configResolved: (config) => void (root = config.root),
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        const worker = Object.keys(bundle ?? {}).find((name) => /(?:^|\/)worker-[^/]+\.js$/.test(name));
        if (!worker) throw new Error('the page has no worker');
        const { code } = await transformWithOxc(readFileSync(resolve(root, source), 'utf8'), 'start-host.ts', { target: 'es2022', sourcemap: false });
        const called = `{${code.replace(/^export /m, '')}\nstartHost(${JSON.stringify(`./${worker}`)})}`;
        const script = minifySync('start-host.js', called, { mangle: true, compress: true }).code.trim();
        const hash = createHash('sha256').update(script).digest('base64');
        return html.replace(/script-src (&#39;|')self\1/, (policy, quote: string) => `${policy} ${quote}sha256-${hash}${quote}`).replace(/<meta name="viewport"/, () => `<script>${script}</script>\n    <meta name="viewport"`);
      },
    },
  };
}
