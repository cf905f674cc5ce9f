// Names of tar members: what is taken off, what is left out, what is asked for, how a member is listed.

import type { TarHeader } from '../../base/archive/tar-entry.ts';
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from '../../kernel/stat.ts';
import { fnmatch } from './glob-match.ts';
import type { Io } from './messages.ts';
import { modeText } from './mode.ts';
import { escape } from './quote.ts';
import { strftime } from './time-format.ts';

/** Takes what must not lead a member's name off, and says so once for each kind. */
export class LeadingParts {
  readonly #io: Io;
  readonly #keep: boolean;
  readonly #said = new Set<string>();

  constructor(io: Io, keep: boolean) {
    this.#io = io;
    this.#keep = keep;
  }

  strip(name: string, what: 'member names' | 'hard link targets' = 'member names'): string {
    if (this.#keep) return name;
    const climbs = /^(?:.*\/)?\.\.(?:\/|$)/.exec(name)?.[0] ?? '';
    const lead = climbs || (/^\/+/.exec(name)?.[0] ?? '');
    if (!lead) return name;
    const shown = lead.startsWith('/') && !climbs ? '/' : lead;
    const key = `${what} ${shown}`;
    if (!this.#said.has(key) && (this.#io.gnu || what === 'member names')) {
      this.#said.add(key);
      this.#io.warn(this.#io.gnu ? `Removing leading \`${shown}' from ${what}` : `removing leading '${shown}' from member names`);
    }
    return name.slice(lead.length).replace(/^\/+/, '') || (this.#io.gnu ? './' : '');
  }
}

/** As `--exclude`: a pattern matches from the start of any component on. */
export function isExcluded(name: string, patterns: readonly string[]): boolean {
  const plain = name.replace(/\/$/, '');
  return patterns.some((given) => {
    const pattern = given.replace(/\/$/, '');
    if (fnmatch(pattern, plain)) return true;
    for (let slash = plain.indexOf('/'); slash >= 0; slash = plain.indexOf('/', slash + 1)) if (fnmatch(pattern, plain.slice(slash + 1)) || fnmatch(pattern, plain.slice(0, slash))) return true;
    return false;
  });
}

/** The members asked for by name: themselves and what is below. */
export class WantedMembers {
  readonly #names: readonly string[];
  readonly #wildcards: boolean;
  readonly #found = new Set<string>();

  constructor(names: readonly string[], wildcards: boolean) {
    this.#names = names;
    this.#wildcards = wildcards;
  }

  has(member: string): boolean {
    if (!this.#names.length) return true;
    const plain = member.replace(/\/+$/, '');
    let wanted = false;
    for (const name of this.#names) {
      const asked = name.replace(/\/+$/, '');
      const matches = plain === asked || plain.startsWith(`${asked}/`) || (this.#wildcards && (fnmatch(asked, plain) || plain.split('/').some((_, i, parts) => fnmatch(asked, parts.slice(0, i + 1).join('/')))));
      if (!matches) continue;
      this.#found.add(name);
      wanted = true;
    }
    return wanted;
  }

  missing(): string[] {
    return this.#names.filter((name) => !this.#found.has(name));
  }
}

export const TYPE_BITS: Readonly<Record<TarHeader['type'], number>> = { file: S_IFREG, link: S_IFREG, symlink: S_IFLNK, char: S_IFCHR, block: S_IFBLK, directory: S_IFDIR, fifo: S_IFIFO };

/** GNU widens the column of owners and sizes as it meets longer ones. */
export class MemberList {
  readonly #io: Io;
  readonly #verbose: boolean;
  readonly #numeric: boolean;
  #width = 19;

  constructor(io: Io, verbose: boolean, numeric: boolean) {
    this.#io = io;
    this.#verbose = verbose;
    this.#numeric = numeric;
  }

  line(header: TarHeader): string {
    const { gnu } = this.#io;
    const shown = gnu ? escape(header.name) : header.name;
    if (!this.#verbose) return `${shown}\n`;
    const user = (!this.#numeric && header.uname) || String(header.uid);
    const group = (!this.#numeric && header.gname) || String(header.gid);
    const mode = modeText(TYPE_BITS[header.type] | header.mode);
    const size = header.type === 'char' || header.type === 'block' ? `${header.major},${header.minor}` : String(header.size);
    const link = header.type === 'symlink' ? ` -> ${header.linkname}` : header.type !== 'link' ? '' : gnu ? ` link to ${header.linkname}` : ` -> ${header.linkname}`;
    const time = header.mtime * 1000;
    if (!gnu) return `${mode} ${user}/${group} ${size.padStart(9)} ${strftime('%Y-%m-%d %H:%M:%S', time)} ${shown}${link}\n`;
    const owners = `${user}/${group} `;
    this.#width = Math.max(this.#width, owners.length + size.length);
    return `${header.type === 'link' ? `h${mode.slice(1)}` : mode} ${owners}${size.padStart(this.#width - owners.length)} ${strftime('%Y-%m-%d %H:%M', time)} ${shown}${link}\n`;
  }
}

