// The architecture as a test: who may import whom, what the simulation may touch, and the shape of files.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');
const KERNEL_DOOR = ['kernel/syscalls.ts', 'kernel/program.ts', 'kernel/errno.ts', 'kernel/stat.ts', 'kernel/signal.ts'];

/** Layer → what it may import: whole layers, or single files. Its own files are always allowed. */
const MAY_IMPORT: Record<string, string[]> = {
  base: [],
  kernel: ['base'],
  shell: ['base', ...KERNEL_DOOR],
  programs: ['base', ...KERNEL_DOOR],
  api: ['base'],
  engine: ['base', 'kernel', 'api'],
  cli: ['base', 'api', ...KERNEL_DOOR],
  host: ['base', 'kernel', 'shell', 'programs', 'api', 'engine', 'cli'],
  course: ['base', 'api', 'host'],
  ui: ['base', 'api', 'host', 'course'],
  headless: ['base', 'api', 'host', 'course'],
};

/** Inside the kernel: errno ← vfs ← fs ← net ← process. */
const KERNEL_ORDER = ['vfs', 'fs', 'net', 'process'];

/** npm packages by layer; everything else imports none. */
const MAY_USE: Record<string, string[]> = {
  base: ['fflate'],
  shell: ['unbash'],
  programs: ['fflate'],
  cli: ['yaml'],
  course: ['@marcbachmann/cel-js', 'marked', 'valibot', 'yaml', 'dompurify'],
  headless: ['vite'],
  ui: ['lit', '@xterm/xterm', '@xterm/addon-fit', 'idb', 'fflate', 'virtual:lessons', 'virtual:course', 'virtual:databases'],
};

/** What would let the real world into the simulation. */
const FORBIDDEN_BELOW_UI = [/\bDate\.now\b/, /\bnew Date\(\)/, /\bMath\.random\b/, /\bsetTimeout\b/, /\bsetInterval\b/, /\bcrypto\./, /<reference\s+lib/, /\bperformance\.now\b/, /\bPromise\b/, /\bfetch\(/];
const FORBIDDEN_WORDS: Record<string, RegExp> = {
  base: /\b(docker|container|linux)\b/i,
  kernel: /\b(docker(?!0)|dockerd|containers?)\b/i,
  shell: /\bdocker\b/i,
};

/** `import … from 'x'` and `export … from 'x'`, `import 'x'`, `import('x')`. */
const IMPORT = /^(?:import|export)\b[\s\w{},*$]*?\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

interface Source {
  readonly path: string;
  readonly layer: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function walk(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(directory, entry.name)) : [join(directory, entry.name)]);
}

const sources: Source[] = walk(SRC).filter((file) => file.endsWith('.ts')).map((file) => {
  const path = relative(SRC, file);
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, from, alone, dynamic]) => from ?? alone ?? dynamic).map((to) =>
    to!.startsWith('.') ? relative(SRC, join(file, '..', to!)) : to!);
  return { path, layer: path.split('/')[0]!, text, imports };
});

const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
const isOurs = (to: string): boolean => /^[a-z-]+\//.test(to) && Object.keys(MAY_IMPORT).includes(to.split('/')[0]!);

describe('architecture', () => {
  it('sees the sources', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(new Set(sources.map((source) => source.layer))).toEqual(new Set(Object.keys(MAY_IMPORT)));
  });

  it('imports only downwards', () => {
    const wrong = sources.flatMap(({ path, layer, imports }) => imports.filter(isOurs).filter((to) => {
      const target = to.split('/')[0]!;
      return target !== layer && !MAY_IMPORT[layer]!.includes(target) && !MAY_IMPORT[layer]!.includes(to);
    }).map((to) => `${path} imports ${to}: ${layer} may import ${MAY_IMPORT[layer]!.join(', ') || 'nothing'}`));
    expect(wrong).toEqual([]);
  });

  it('keeps the order inside the kernel', () => {
    const rank = (path: string): number => KERNEL_ORDER.indexOf(path.split('/')[1]!);
    const wrong = sources.filter((source) => source.layer === 'kernel' && rank(source.path) >= 0).flatMap(({ path, imports }) =>
      imports.filter((to) => to.startsWith('kernel/') && rank(to) > rank(path)).map((to) => `${path} imports ${to}`));
    expect(wrong).toEqual([]);
  });

  it('uses only the packages of its layer', () => {
    const wrong = sources.flatMap(({ path, layer, imports }) => imports.filter((to) => !isOurs(to) && !to.includes('../') && !to.startsWith('node:'))
      .filter((to) => !/\.(css|md|json)/.test(to) && !(MAY_USE[layer] ?? []).includes(packageOf(to))).map((to) => `${path} imports ${to}`));
    expect(wrong).toEqual([]);
  });

  it('lets no command of docker import another', () => {
    const group = (path: string): string | undefined => /^cli\/command\/([^/]+)\//.exec(path)?.[1];
    const wrong = sources.filter((source) => group(source.path)).flatMap(({ path, imports }) =>
      imports.filter((to) => group(to) && group(to) !== group(path)).map((to) => `${path} imports ${to}`));
    expect(wrong).toEqual([]);
  });

  it('keeps the real world out of the simulation', () => {
    const inside = sources.filter((source) => source.layer !== 'ui' && source.layer !== 'headless');
    const wrong = inside.flatMap(({ path, text }) => FORBIDDEN_BELOW_UI.filter((pattern) => pattern.test(stripComments(text))).map((pattern) => `${path} has ${pattern}`));
    expect(wrong).toEqual([]);
  });

  it('keeps words where they belong', () => {
    const wrong = sources.filter((source) => FORBIDDEN_WORDS[source.layer]).flatMap(({ path, layer, text }) => {
      const found = FORBIDDEN_WORDS[layer]!.exec(stripComments(text));
      return found ? [`${path} says ${found[0]}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('has files of a readable shape', () => {
    const wrong = sources.flatMap(({ path, text }) => [
      ...(text.split('\n').length > 401 ? [`${path} has ${text.split('\n').length - 1} lines`] : []),
      ...(text.startsWith('// ') ? [] : [`${path} does not begin with a sentence on what it is`]),
      ...(/^[a-z0-9.-]+$/.test(path.split('/').at(-1)!) ? [] : [`${path} is not in kebab-case`]),
    ]);
    expect(wrong).toEqual([]);
  });

  it('is described: every folder of src in ARCHITECTURE.md, and the reverse', () => {
    const text = readFileSync(join(SRC, '..', 'ARCHITECTURE.md'), 'utf8');
    const folders = readdirSync(SRC).filter((name) => statSync(join(SRC, name)).isDirectory());
    const named = [...text.matchAll(/`src\/([a-z]+)`/g)].map(([, name]) => name!);
    expect(new Set(named)).toEqual(new Set(folders));
  });
});

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
