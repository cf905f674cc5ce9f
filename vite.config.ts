// The build: one page, its worker, and the lessons compiled at build time.
import { defineConfig } from 'vite';
import { databases } from './src/headless/databases-plugin.ts';
import { earlyHost } from './src/headless/early-host-plugin.ts';
import { lessons } from './src/headless/lessons-plugin.ts';
import { offline } from './src/headless/offline-plugin.ts';

export default defineConfig({
  base: './',
  plugins: [lessons(), databases(), offline('src/ui/offline'), earlyHost('src/ui/start-host.ts')],
  worker: {
    format: 'es', plugins: () => [databases()],
    // As below: a second file would be asked for only once the first one is read.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'worker', test: /src\/ui\/worker\/worker\.ts$/ }] } } },
  },
  build: {
    target: 'es2022', modulePreload: { polyfill: false },
    // All that stands before the prompt in one file, though what comes behind it uses parts of it too.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', test: /src\/ui\/app\/stowage-app\.ts$/ }] } } },
  },
  server: { port: 5173 },
});
