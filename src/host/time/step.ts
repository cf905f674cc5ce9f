// A step in the history of a host: a command, or a file that was brought, with the moment before it and what it changed.

import type { HostChange } from './host-change.ts';

/** A place in a log that a host can be brought to. */
export interface Moment {
  /** Entries of the log that had come in. */
  readonly entries: number;
  /** Virtual ms since the epoch. */
  readonly at: number;
  /** Bytes that each terminal had printed. */
  readonly screens: ReadonlyMap<number, number>;
}

export interface Step {
  /** `run`: in the host's own root shell. */
  readonly kind: 'command' | 'run' | 'upload';
  /** As entered, a line each if they were typed ahead of the prompt; the path of what was brought. */
  readonly text: string;
  /** 0 when it came from none. */
  readonly terminal: number;
  /** It was entered inside of this program of the terminal: `docker run -it …`. */
  readonly inside?: string | undefined;
  /** Just before the first key of it, and so what the step before it has left. */
  readonly start: Moment;
  /** When its prompt was back; undefined while it runs. */
  readonly end: number | undefined;
  /** Bytes that its terminal had printed when it began to run, and when its prompt was back. */
  readonly output?: readonly [from: number, to: number | undefined] | undefined;
  /** Undefined until somebody has looked. */
  readonly change?: HostChange | undefined;
}
