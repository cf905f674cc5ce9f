// The build's side of a quick start: index.html asks for the page's script first, then starts the host's worker itself, and brings its styles.

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
        const policed = html.replace(/script-src (&#39;|')self\1/, (policy, quote: string) => `${policy} ${quote}sha256-${hash}${quote}`);
        return inOrder(policed, `<script>${script}</script>`, (file) => {
          const asset = bundle![file];
          if (asset?.type !== 'asset') throw new Error(`${file} is no style sheet of the page`);
          delete bundle![file];
          return String(asset.source);
        });
      },
    },
  };
}

/**
 * A browser looks ahead for what to load, but not past a content policy: so the page's own script comes before it.
 * @param starter the element that starts the worker; a style sheet that is still loading would hold it up
 */
function inOrder(html: string, starter: string, styles: (file: string) => string): string {
  const take = (pattern: RegExp): string => {
    const element = pattern.exec(html)?.[0];
    if (element === undefined) throw new Error(`index.html has no ${pattern}`);
    html = html.replace(element, () => '');
    return element.trim();
  };
  const charset = take(/\s*<meta charset[^>]*>/);
  const page = take(/\s*<script type="module"[^>]*><\/script>/);
  const policy = take(/\s*<meta http-equiv="Content-Security-Policy"[^>]*>/);
  const sheet = take(/\s*<link rel="stylesheet"[^>]*>/);
  const style = `<style>${styles(/href="\.\/([^"]+)"/.exec(sheet)![1]!).trim()}</style>`;
  return html.replace('<head>', () => ['<head>', charset, page, policy, starter, style].join('\n    '));
}
