// Names of users and groups, from /etc/passwd and /etc/group of the process's root directory.

import { decode } from '../../base/bytes.ts';
import type { FileCalls } from '../../kernel/syscalls.ts';

export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The two files, read once when first asked. A file that cannot be read has no lines. */
export class Users {
  readonly #sys: Pick<FileCalls, 'readFile'>;
  #users: readonly User[] | undefined;
  #groups: readonly Group[] | undefined;

  constructor(sys: Pick<FileCalls, 'readFile'>) {
    this.#sys = sys;
  }

  get users(): readonly User[] {
    return (this.#users ??= this.#lines('/etc/passwd').map(([name = '', , uid, gid, gecos = '', home = '', shell = '']) => ({
      name, uid: Number(uid), gid: Number(gid), gecos, home, shell,
    })));
  }

  get groups(): readonly Group[] {
    return (this.#groups ??= this.#lines('/etc/group').map(([name = '', , gid, members = '']) => ({ name, gid: Number(gid), members: members.split(',').filter(Boolean) })));
  }

  userName(uid: number): string | undefined {
    return this.users.find((user) => user.uid === uid)?.name;
  }

  groupName(gid: number): string | undefined {
    return this.groups.find((group) => group.gid === gid)?.name;
  }

  user(name: string): User | undefined {
    return this.users.find((user) => user.name === name);
  }

  /** By name, or else a number as it stands. */
  uid(text: string): number | undefined {
    return this.user(text)?.uid ?? number(text);
  }

  gid(text: string): number | undefined {
    return this.groups.find((group) => group.name === text)?.gid ?? number(text);
  }

  #lines(path: string): string[][] {
    let text = '';
    try {
      text = decode(this.#sys.readFile(path));
    } catch {
      // As getpwuid without the file: nobody is known.
    }
    return text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(':'));
  }
}

const number = (text: string): number | undefined => (/^\+?\d+$/.test(text) && Number(text) < 0xffff_ffff ? Number(text) : undefined);
