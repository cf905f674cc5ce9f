// What the page and its worker hold on their heaps, at the beginning and after many commands.

import type { Browser, CDPSession } from 'playwright';

export interface Heaps {
  readonly commands: number;
  /** Bytes in use after a collection. */
  readonly page: number;
  readonly worker: number;
}

/** Makes something, looks at it, throws it away. */
const COMMANDS = [
  'docker run --rm -v data:/data busybox sh -c "echo line >> /data/log"', 'docker volume ls', 'echo word > /tmp/file; cat /tmp/file', 'docker run -d --name box busybox sleep 1000',
  'docker exec box sh -c "echo more > /etc/motd"', 'docker diff box', 'ls -l /var/lib/docker/volumes', 'docker rm -f box', 'docker ps -a', 'cd /tmp && cd',
];

/** Speaks to the page's dedicated worker. */
function workerSession(session: CDPSession): Promise<(method: string) => Promise<{ usedSize: number }>> {
  return new Promise((resolve) => {
    let last = 0;
    const waiting = new Map<number, (result: { usedSize: number }) => void>();
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result: { usedSize: number } };
      if (id !== undefined) waiting.get(id)?.(result);
    });
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type !== 'worker') return;
      resolve((method) => new Promise((done) => {
        const id = ++last;
        waiting.set(id, done);
        void session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params: {} }) });
      }));
    });
    void session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  });
}

export async function memoryAfterCommands(browser: Browser, url: string, totals: readonly number[] = [0, 100, 1000]): Promise<Heaps[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText('None now').first().waitFor();
  const session = await context.newCDPSession(page);
  const askWorker = await workerSession(session);
  const heaps: Heaps[] = [];
  let done = 0;
  for (const total of totals) {
    await page.evaluate(async ({ commands, from, to }) => {
      const { link, terminal } = document.querySelector('stowage-app') as unknown as { terminal: number; link: { send(message: unknown): void; onSettled(listener: () => void): () => void } };
      for (let index = from; index < to; index++) {
        await new Promise<void>((resolve) => {
          const stop = link.onSettled(() => {
            stop();
            resolve();
          });
          link.send({ kind: 'keys', terminal, text: `${commands[index % commands.length]}\r` });
        });
      }
    }, { commands: COMMANDS, from: done, to: total });
    done = total;
    await page.waitForTimeout(500);
    await session.send('HeapProfiler.collectGarbage');
    await askWorker('HeapProfiler.collectGarbage');
    heaps.push({ commands: total, page: (await session.send('Runtime.getHeapUsage')).usedSize, worker: (await askWorker('Runtime.getHeapUsage')).usedSize });
  }
  await context.close();
  return heaps;
}
