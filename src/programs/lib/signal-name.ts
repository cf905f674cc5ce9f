// Signals as people write them: `9`, `KILL`, `SIGKILL`, `kill`.

import { signalName, SIGNALS, type Signal } from '../../kernel/signal.ts';

/** undefined for what is no signal; 0 is not among them. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return signalName(Number(text));
  const name = text.toUpperCase();
  const full = (name.startsWith('SIG') ? name : `SIG${name}`).replace(/^SIGPOLL$/, 'SIGIO').replace(/^SIGCLD$/, 'SIGCHLD');
  return full in SIGNALS ? (full as Signal) : undefined;
}
