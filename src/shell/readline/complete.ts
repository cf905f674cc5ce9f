// Completion of the word before the cursor: programs, variables, users, what the command's own completion offers, files.

import type { Task } from '../../base/task.ts';
import { decode } from '../../base/bytes.ts';
import { S_IFDIR, isDirectory } from '../../kernel/stat.ts';
import type { CompletionSource } from './completion-source.ts';
import { splitForCompletion } from './word-at-cursor.ts';

export interface Completion {
  /** Where the completed word begins, in characters of the line. */
  readonly start: number;
  /** What may stand there instead, quoted as needed, sorted, each once. */
  readonly candidates: readonly string[];
  /** How each is shown in the list: for files only the last part. */
  readonly labels: readonly string[];
  /** What follows a single candidate: '' after a directory. */
  readonly suffix: (candidate: string) => string;
}

const unique = (names: Iterable<string>): string[] => [...new Set(names)].toSorted();
const space = (): string => ' ';
/** Candidates after which an argument goes on. */
const open = (candidate: string): string => (/[=/:]$/.test(candidate) ? '' : ' ');

/** `point` counts characters. Never throws: what cannot be read has no candidates. */
export function* complete(source: CompletionSource, line: string, point: number): Task<Completion> {
  const before = [...line].slice(0, point).join('');
  const { start, word, words, quote } = splitForCompletion(before);
  const characters = [...before.slice(0, start)].length;
  const plain = (candidates: string[], suffix = open): Completion => ({ start: characters, candidates, labels: candidates, suffix });

  if (!quote && /^\$\{?\w*$/.test(word)) {
    const lead = word.startsWith('${') ? '${' : '$';
    const names = unique(source.variableNames()).filter((name) => name.startsWith(word.slice(lead.length)));
    return plain(names.map((name) => `${lead}${name}${lead === '${' ? '}' : ''}`), space);
  }
  if (!quote && /^~\w*$/.test(word)) {
    return plain(userNames(source).filter((name) => name.startsWith(word.slice(1))).map((name) => `~${name}`), () => '/');
  }
  if (words.length === 0 && !word.includes('/')) {
    return plain(unique([...source.commandNames(), ...programs(source)]).filter((name) => name.startsWith(word)), space);
  }
  if (words.length > 0) {
    const offered = yield* source.programmed(words[0]!, { line, point: before.length, word, previous: words.at(-1)! });
    const fitting = unique(offered ?? []).filter((name) => name.startsWith(word));
    if (fitting.length) return plain(fitting.map((name) => (quote ? quote + name : name)));
  }
  return files(source, characters, word, quote, words.length === 0 ? 'programs' : words[0] === 'cd' || words[0] === 'rmdir' ? 'directories' : 'all');
}

function files(source: CompletionSource, start: number, word: string, quote: string, which: 'all' | 'directories' | 'programs'): Completion {
  const slash = word.lastIndexOf('/');
  const directory = word.slice(0, slash + 1), prefix = word.slice(slash + 1);
  const where = directory.startsWith('~/') ? (source.variable('HOME') ?? '') + directory.slice(1) : directory;
  const found: { name: string; isDirectory: boolean }[] = [];
  try {
    for (const entry of source.sys.readdir(where || '.')) {
      if (!entry.name.startsWith(prefix) || (entry.name.startsWith('.') && !prefix.startsWith('.'))) continue;
      const inside = entry.type === S_IFDIR || leadsToDirectory(source, where + entry.name);
      if (which === 'directories' && !inside) continue;
      if (which === 'programs' && !inside && !source.sys.can(where + entry.name, 'x')) continue;
      found.push({ name: entry.name, isDirectory: inside });
    }
  } catch {
    // Not readable: nothing to offer.
  }
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const escape = (text: string): string => (quote ? text : text.replace(/[^\w@%+=:,./~-]/g, '\\$&'));
  const directories = new Set(found.filter((file) => file.isDirectory).map((file) => quote + escape(directory + file.name)));
  return {
    start,
    candidates: found.map((file) => quote + escape(directory + file.name)),
    labels: found.map((file) => file.name + (file.isDirectory ? '/' : '')),
    suffix: (candidate) => (directories.has(candidate) ? '/' : `${quote} `),
  };
}

function leadsToDirectory(source: CompletionSource, path: string): boolean {
  try {
    return isDirectory(source.sys.stat(path).mode);
  } catch {
    return false;
  }
}

function programs(source: CompletionSource): string[] {
  return (source.variable('PATH') ?? '').split(':').flatMap((directory) => {
    try {
      return source.sys.readdir(directory || '.').filter((entry) => entry.type !== S_IFDIR && source.sys.can(`${directory || '.'}/${entry.name}`, 'x')).map((entry) => entry.name);
    } catch {
      return [];
    }
  });
}

function userNames(source: CompletionSource): string[] {
  try {
    return decode(source.sys.readFile('/etc/passwd')).split('\n').map((line) => line.split(':')[0]!).filter(Boolean).toSorted();
  } catch {
    return [];
  }
}
