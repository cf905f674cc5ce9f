// Loads TypeScript by taking its types away and nothing else: tsx also wraps every function to keep its name, which no visitor of the page pays for.

import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from 'esbuild';

if (isMainThread) register(import.meta.url);

export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { loader: 'ts', format: 'esm', target: 'es2023', sourcefile: fileURLToPath(url) });
  return { format: 'module', source: code, shortCircuit: true };
}
