// `npm test`: types, lint, then every test; the last line counts them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
let passed = 0, failed = 0;

function stage(name: string, command: string, args: readonly string[]): boolean {
  console.log(`\n— ${name}`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: `--import ${pathToFileURL(join(root, 'test/node-20.mjs')).href}` } });
  return status === 0;
}

function check(name: string, command: string, args: readonly string[]): void {
  if (stage(name, command, args)) passed++;
  else failed++;
}

for (const project of ['src', 'src/ui', 'src/headless', 'test']) check(`types: ${project}`, bin('tsc'), ['-p', project]);
check('lint', bin('oxlint'), ['--deny-warnings', 'src', 'test']);
check('build', bin('vite'), ['build', '--logLevel', 'warn']);

const report = join(mkdtempSync(join(tmpdir(), 'stowage-test-')), 'report.json');
stage('tests', bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...process.argv.slice(2)]);
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  passed += numPassedTests!;
  // A file that could not be loaded has no tests of its own to fail.
  failed += Math.max(numFailedTests!, Math.min(1, numFailedTestSuites!));
  if (numTotalTests === 0) failed++;
} catch (error) {
  console.error(`The tests left no report: ${String(error)}`);
  failed++;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
