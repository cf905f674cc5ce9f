// The build: one page, its worker, and the lessons compiled at build time.
import { defineConfig } from 'vite';
import { lessons } from './src/headless/lessons-plugin.ts';
import { preload } from './src/headless/preload-plugin.ts';

export default defineConfig({
  base: './',
  plugins: [lessons(), preload('src/ui/app/stowage-app.ts')],
  worker: { format: 'es' },
  build: { target: 'es2022', modulePreload: { polyfill: false } },
  server: { port: 5173 },
});
