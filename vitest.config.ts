// Vitest: every test, the browser's too, on all cores.
import { defineConfig } from 'vitest/config';

/** How long something takes decides no test: this only ends what hangs. */
const LIMIT = 900_000;

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: LIMIT, hookTimeout: LIMIT, expect: { poll: { timeout: LIMIT } }, pool: 'threads', maxWorkers: '100%' },
});
