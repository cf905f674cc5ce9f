// The build's side of the databases: their files stand beside the page, each with a hash in its name, and a module tells where.

import { createHash } from 'node:crypto';
import { minifySync, type Plugin } from 'vite';
import { DATABASE_FILES, type DatabaseFile } from './database-files.ts';

const ID = 'virtual:databases', FOLDER = 'databases';
const NAMES = Object.keys(DATABASE_FILES) as DatabaseFile[];
const contents = new Map<DatabaseFile, Uint8Array>();

function contentOf(name: DatabaseFile): Uint8Array {
  let content = contents.get(name);
  if (!content) {
    const made = DATABASE_FILES[name]();
    content = typeof made === 'string' ? new TextEncoder().encode(minifySync(name, `${made}\nexport default Module;`, { module: true }).code) : made;
    contents.set(name, content);
  }
  return content;
}

const hashed = (name: DatabaseFile): string => name.replace('.', `-${createHash('sha256').update(contentOf(name)).digest('hex').slice(0, 8)}.`);

/** For the page's build and for its worker's: `virtual:databases` gives each file's address. */
export function databases(): Plugin {
  let building = false;
  return {
    name: 'stowage-databases',
    configResolved: ({ command }) => {
      building = command === 'build';
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      if (!building) return `export default ${JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, `/${FOLDER}/${name}`])))}`;
      for (const name of NAMES) this.emitFile({ type: 'asset', fileName: `${FOLDER}/${hashed(name)}`, source: contentOf(name) });
      // From a chunk in assets/.
      return `const at = (name) => new URL('../${FOLDER}/' + name, import.meta.url).href;\nexport default {${NAMES.map((name) => `${JSON.stringify(name)}: at(${JSON.stringify(hashed(name))})`).join(', ')}}`;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /^\/databases\/([\w.]+)/.exec(request.url ?? '')?.[1] as DatabaseFile | undefined;
        if (!name || !NAMES.includes(name)) return next();
        response.setHeader('Content-Type', name.endsWith('.js') ? 'text/javascript' : name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream');
        response.end(contentOf(name));
      });
    },
  };
}
