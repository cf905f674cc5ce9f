// The usage texts of BusyBox applets, as recorded from BusyBox 1.38.

import { USAGE as part1 } from './busybox-usage/arch-expr.ts';
import { USAGE as part2 } from './busybox-usage/factor-losetup.ts';
import { USAGE as part3 } from './busybox-usage/ls-setsid.ts';
import { USAGE as part4 } from './busybox-usage/sha1sum-umount.ts';
import { USAGE as part5 } from './busybox-usage/uname-zcat.ts';

export const BUSYBOX_BANNER = 'BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.\n';

const texts = new Map<string, string>();

/** All that an applet prints on standard error when it is used wrongly. */
export function busyboxUsage(name: string): string {
  if (!texts.size) {
    for (const entry of [part1, part2, part3, part4, part5].flatMap((part) => part.split(/^@/m).slice(1))) {
      const end = entry.indexOf('\n');
      texts.set(entry.slice(0, end), entry.slice(end + 1));
    }
  }
  return `${BUSYBOX_BANNER}\n${texts.get(name) ?? 'No help available\n'}`;
}
