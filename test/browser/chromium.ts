// A Chromium to test with: the machine's own, or the one that comes as an npm package, unpacked with the libraries it needs.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { brotliDecompressSync } from 'node:zlib';
import { chromium as playwright, type Browser } from 'playwright';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** @throws Error saying how to get one, when there is none for this system */
export async function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const own = [process.env.CHROMIUM, ...INSTALLED].find((path) => path && existsSync(path));
  if (own) return playwright.launch({ executablePath: own, args });
  if (existsSync(playwright.executablePath())) return playwright.launch({ args });
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('No Chromium here: run `npx playwright install chromium`, or set CHROMIUM to one.');
  const { executablePath, libraries } = unpack();
  return playwright.launch({ executablePath, args, env: { ...(process.env as Record<string, string>), LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') } });
}

/** Unpack the npm package once per version, into the temporary directory. */
function unpack(): { executablePath: string; libraries: string } {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  let root = dirname(main);
  while (!existsSync(join(root, 'package.json')) || !existsSync(join(root, 'bin'))) root = dirname(root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const target = join(tmpdir(), `stowage-chromium-${version}`);
  const executablePath = join(target, 'chromium');
  if (!existsSync(join(target, 'ready'))) {
    mkdirSync(target, { recursive: true });
    writeFileSync(executablePath, brotliDecompressSync(readFileSync(join(root, 'bin/chromium.br'))), { mode: 0o755 });
    for (const name of ['al2023.tar', 'swiftshader.tar', 'fonts.tar']) {
      const packed = join(root, 'bin', `${name}.br`);
      if (!existsSync(packed)) continue;
      const tar = join(target, name);
      writeFileSync(tar, brotliDecompressSync(readFileSync(packed)));
      execFileSync('tar', ['xf', tar, '-C', target]);
    }
    writeFileSync(join(target, 'ready'), '');
  }
  return { executablePath, libraries: [join(target, 'al2023/lib'), join(target, 'lib'), target].join(':') };
}
