// `--platform`: which machine an image is for, as containerd's platforms.Parse reads it.

import { CliError, notSimulated } from '../errors.ts';

const HERE = /^(linux|(linux\/)?(amd64|x86_64|x86-64)(\/v[1-4])?)$/i;
const KNOWN = /^(aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|netbsd|openbsd|plan9|solaris|wasip1|windows|386|amd64|arm|arm64|armel|armhf|aarch64|i386|loong64|mips\w*|ppc64\w*|riscv\w*|s390x|sparc\w*|wasm|x86_64|x86-64)$/i;

/** Nothing for this machine's own. @param before the error's first words @throws CliError for what is no platform, and not simulated for any other */
export function checkPlatform(text: string, before: string): void {
  if (!text || HERE.test(text)) return;
  const parts = text.split('/');
  const problem = parts.length > 3 ? 'cannot parse platform specifier' : parts.length === 1 && !KNOWN.test(text) ? 'unknown operating system or architecture' : '';
  if (problem) throw new CliError(`${before}: ${JSON.stringify(text)}: ${problem}: invalid argument`);
  throw notSimulated(`an image for ${text} (here all are for linux/amd64)`);
}
