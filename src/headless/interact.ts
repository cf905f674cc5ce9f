// An interactive host on the terminal that `npm run sim` was started from.

import type { HostApi } from '../host/host-api.ts';

/** Ends the process when the login shell ends. */
export function interact(host: HostApi): void {
  const size = () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 });
  const terminal = host.openTerminal(size());
  terminal.onOutput((bytes) => void process.stdout.write(bytes));
  host.onFault((error) => process.stderr.write(`internal error: ${error.stack ?? error.message}\r\n`));
  process.stdin.setRawMode(true);
  process.stdin.setEncoding('utf8');
  const offset = host.now - performance.now();
  let timer: NodeJS.Timeout | undefined;
  const turn = (): void => {
    clearTimeout(timer);
    const begun = performance.now();
    let state: 'idle' | 'busy' = 'busy';
    while (state === 'busy' && performance.now() - begun < 10) state = host.advanceTo(performance.now() + offset, 2_000);
    if (terminal.closed) {
      process.stdin.setRawMode(false);
      process.exit(0);
    }
    const deadline = host.nextDeadline;
    if (state === 'busy') timer = setTimeout(turn, 0);
    else if (deadline !== undefined) timer = setTimeout(turn, Math.max(0, deadline - performance.now() - offset));
  };
  process.stdin.on('data', (text: string) => {
    host.type(terminal.id, text);
    turn();
  });
  process.stdout.on('resize', () => {
    host.resize(terminal.id, size());
    turn();
  });
  turn();
}
