// Signals: names, numbers and what a process may do about them.

export const SIGNALS = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10,
  SIGSEGV: 11, SIGUSR2: 12, SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19,
  SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23, SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28,
  SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
} as const;

export type Signal = keyof typeof SIGNALS;

export const signalNumber = (signal: Signal): number => SIGNALS[signal];

const BY_NUMBER = new Map<number, Signal>(Object.entries(SIGNALS).map(([name, number]) => [number, name as Signal]));
export const signalName = (number: number): Signal | undefined => BY_NUMBER.get(number);

/**
 * What a process does with a signal, as `sigaction(2)`.
 * - `default`: terminate, stop, continue or ignore, by signal
 * - `ignore`: SIG_IGN (inherited through exec)
 * - a handler: called between two steps of the process, on its own; a blocking call then throws EINTR unless `restart`
 */
export type SignalDisposition = 'default' | 'ignore' | { readonly handler: (signal: Signal) => void; readonly restart?: boolean };
