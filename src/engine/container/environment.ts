// The environment of a container's process: the daemon's defaults, overlaid by the config's entries.

import type { Container } from './container.ts';

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const envName = (entry: string): string => entry.split('=', 1)[0]!;

/** HOME is added last, by whoever knows the user. */
export function containerEnvironment(container: Container, extra: readonly string[] = [], tty = container.config.Tty): Record<string, string> {
  const env: Record<string, string> = { PATH: DEFAULT_PATH, HOSTNAME: container.config.Hostname };
  if (tty) env['TERM'] = 'xterm';
  for (const entry of [...(container.config.Env ?? []), ...extra]) {
    const name = envName(entry);
    if (entry.length === name.length) delete env[name];
    else env[name] = entry.slice(name.length + 1);
  }
  return env;
}
