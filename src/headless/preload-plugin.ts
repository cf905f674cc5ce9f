// The build's side of a quick start: the page's own chunk is asked for together with the first script, not after it.

import type { Plugin } from 'vite';

/** @param module end of the path of the module that `main.ts` imports dynamically */
export function preload(module: string): Plugin {
  return {
    name: 'stowage-preload',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk' && file.moduleIds.some((id) => id.endsWith(module)));
        const names = new Set(chunks.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.fileName, ...chunk.imports] : [])));
        return [...names].map((fileName) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}` }, injectTo: 'head' as const }));
      },
    },
  };
}
