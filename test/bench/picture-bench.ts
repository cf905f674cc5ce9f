// The picture after a command: what a snapshot costs in the worker, and from its arrival to a drawing that is laid out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';
import type { HostSnapshot } from '../../src/host/host-snapshot.ts';
import { launchChromium } from '../browser/chromium.ts';
import { median, timed } from './measure.ts';

const ROUNDS = 31;
const root = join(import.meta.dirname, '../..');

/** A host with so many containers, before and after a file was written in one. */
function states(containers: number): { readonly before: HostSnapshot; readonly after: HostSnapshot; readonly snapshot: number } {
  const host = createHost(SIM_OPTIONS);
  for (let i = 0; i < containers; i++) host.run(`docker run -d --name web${i} -v ${i % 3 ? 'shared' : `data${i}`}:/data ${i % 4 ? '' : '--tmpfs /run/x '}${i % 2 ? 'busybox sleep 100000' : 'notes'}`);
  const before = host.snapshot();
  host.run('docker exec web0 sh -c "echo x >> /etc/passwd; echo y > /new"');
  const after = host.snapshot();
  // As the worker does, to see whether anything has changed.
  const snapshot = median(Array.from({ length: ROUNDS }, () => timed(() => void JSON.stringify(host.snapshot()))));
  return { before, after, snapshot };
}

export async function benchPicture(): Promise<void> {
  const { outputFiles } = await build({ entryPoints: [join(root, 'src/ui/picture/storage-picture.ts')], bundle: true, format: 'esm', write: false, minify: true, target: 'es2022' });
  const browser = await launchChromium();
  try {
    for (const containers of [1, 20, 200]) {
      const { before, after, snapshot } = states(containers);
      const page = await browser.newPage({ viewport: { width: 860, height: 420 } });
      await page.setContent(`<style>${readFileSync(join(root, 'src/ui/styles/page.css'), 'utf8')} storage-picture { height: 100vh }</style><storage-picture></storage-picture>`);
      await page.addScriptTag({ content: outputFiles[0]!.text, type: 'module' });
      const times = await page.evaluate(async ({ states: [first, second], rounds }) => {
        interface Picture extends HTMLElement { snapshot: unknown; readonly updateComplete: Promise<unknown> }
        const picture = document.querySelector<Picture>('storage-picture')!;
        const found: { redraw: number; frame: number }[] = [];
        for (let round = -4; round < rounds; round++) {
          const next = structuredClone(round % 2 ? second : first);
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          const begun = performance.now();
          picture.snapshot = next;
          await picture.updateComplete;
          picture.shadowRoot!.querySelector('svg.drawing')!.getBoundingClientRect();
          const drawn = performance.now();
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
          if (round >= 0) found.push({ redraw: drawn - begun, frame: performance.now() - drawn });
          await new Promise((resolve) => setTimeout(resolve, 700));
        }
        return found;
      }, { states: [before, after] as const, rounds: 15 });
      const redraw = median(times.map((time) => time.redraw));
      console.log(`picture, ${String(containers).padStart(3)} containers          snapshot ${snapshot.toFixed(1)} ms   redraw ${redraw.toFixed(1)} ms   together ${(snapshot + redraw).toFixed(1)} ms   then painted ${median(times.map((time) => time.frame)).toFixed(1)} ms${{ 20: '   target ≤ 16 ms', 200: '   target ≤ 50 ms' }[containers] ?? ''}`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
