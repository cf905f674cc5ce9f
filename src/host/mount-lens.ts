// What a `docker run` that is still being typed would mount: each -v, --mount and --tmpfs on the line, in words. The command's own parsers read it, so it says what the command will do.

import { ApiError } from '../api/errors.ts';
import type { Mount } from '../api/mount.ts';
import { CliError } from '../cli/errors.ts';
import { type Flag, FlagValueError, type Flags } from '../cli/flags/flag.ts';
import { parseMount } from '../cli/opts/mount.ts';
import { volumeSource } from '../cli/opts/volume-spec.ts';
import { type Command, isGroup } from '../cli/command.ts';
import { rootCommand } from '../cli/command/root.ts';
import { checkTmpfsDestination, parseBind, parseMount as checkMount } from '../engine/mounts/mount-spec.ts';
import { cleanPath } from '../engine/path.ts';
import { isDirectory } from '../kernel/stat.ts';
import type { EditedLine } from '../kernel/syscalls.ts';
import type { Machine } from './boot/machine.ts';
import { describeMount, type MountNote } from './mount-words.ts';
import { placeOf } from './raw-tree.ts';
import { commandOf } from './typed-words.ts';

export type { MountNote } from './mount-words.ts';

interface Given {
  readonly flag: 'volume' | 'mount' | 'tmpfs';
  /** As typed: `-v data:/x`. */
  readonly shown: string;
  readonly value: string;
}

/** In the order of the line. Empty when no container is about to be made. */
export function mountNotes(machine: Machine, line: EditedLine): readonly MountNote[] {
  const words = commandOf(line);
  if (!words) return [];
  const parsed = readFlags(words);
  if (!parsed) return [];
  const notes = parsed.given.map((given) => noteOn(machine, line, given, parsed.image));
  // What the engine does with two at one place: an anonymous volume of -v gives way, the last --tmpfs counts, others are refused.
  return notes.map((note, index): MountNote => {
    const rivals = notes.filter((other, at) => at !== index && other.destination !== undefined && other.destination === note.destination);
    const gives = (at: number): boolean => notes[at]!.kind === 'anonymous' && parsed.given[at]!.flag === 'volume';
    if (!rivals.length || note.destination === undefined) return note;
    if (gives(index)) return { shown: note.shown, kind: 'anonymous', readonly: false, destination: note.destination, text: `nothing: something else is mounted at ${note.destination}` };
    const earlier = notes.findIndex((other, at) => at < index && other.destination === note.destination && !gives(at));
    if (earlier < 0 || (parsed.given[index]!.flag === 'tmpfs' && parsed.given[earlier]!.flag === 'tmpfs')) return note;
    return { ...note, kind: 'refused', text: `refused: Duplicate mount point: ${note.destination}` };
  });
}

/** The mount flags of `run` and `create`, and the image when it is there already. */
function readFlags(words: readonly string[]): { readonly given: Given[]; readonly image: string | undefined } | undefined {
  let command: Command = rootCommand;
  const rest = words.slice(1);
  while (isGroup(command)) {
    const name = rest.shift();
    const next: Command | undefined = command.commands.find((each) => each.name === name);
    if (!next) return undefined;
    command = next;
  }
  if (!/^docker (container )?(run|create)$/.test(words.slice(0, words.length - rest.length).join(' '))) return undefined;
  const flags: Flags = command.flags;
  const given: Given[] = [];
  const note = (name: string, typed: string, value: string): void => {
    if (name === 'volume' || name === 'mount' || name === 'tmpfs') given.push({ flag: name, shown: `${typed} ${value}`, value });
  };
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index]!;
    if (word.length < 2 || word[0] !== '-' || word === '--') return { given, image: word === '--' ? rest[index + 1] : word };
    const at = word.indexOf('=');
    const name = word.startsWith('--') ? word.slice(2, at < 0 ? undefined : at) : shortName(flags, word);
    const flag: Flag<unknown> | undefined = name === undefined ? undefined : flags[name];
    if (!flag) continue;
    const attached = word.startsWith('--') ? (at < 0 ? undefined : word.slice(at + 1)) : attachedValue(flags, word);
    if (attached !== undefined) note(name!, word.startsWith('--') ? `--${name}` : `-${flag.shorthand}`, attached);
    else if (flag.noValue === undefined && index + 1 < rest.length) note(name!, word, rest[++index]!);
  }
  return { given, image: undefined };
}

/** Of a cluster (`-itv`), the flag that takes what follows; else its last. */
function shortName(flags: Flags, word: string): string | undefined {
  for (const letter of word.slice(1)) {
    const found = Object.entries(flags).find(([, flag]) => flag.shorthand === letter);
    if (!found || found[1].noValue === undefined) return found?.[0];
  }
  return undefined;
}

function attachedValue(flags: Flags, word: string): string | undefined {
  const name = shortName(flags, word);
  const rest = name === undefined ? '' : word.slice(word.indexOf(flags[name]!.shorthand, 1) + 1).replace(/^=/, '');
  return rest || undefined;
}

function noteOn(machine: Machine, line: EditedLine, { flag, shown, value }: Given, image: string | undefined): MountNote {
  const refused = (why: string): MountNote => ({ shown, kind: 'refused', text: `refused: ${why}`, readonly: false });
  try {
    if (flag === 'tmpfs') {
      const [destination = ''] = value.split(':');
      checkTmpfsDestination(destination);
      return describeMount(machine, { Type: 'tmpfs', Target: cleanPath(destination) }, { shown, image, makesSource: true });
    }
    if (flag === 'mount') {
      const asked = parseMount(value);
      const mount: Mount = asked.Source?.startsWith('.') ? { ...asked, Source: absolute(line, asked.Source) } : asked;
      const exists = (path: string): boolean => placeOf(machine, path) !== undefined;
      return describeMount(machine, { ...mount, Target: checkMount(mount, exists).destination }, { shown, image, makesSource: false });
    }
    if (!volumeSource(value)) {
      const note = describeMount(machine, { Type: 'volume', Target: cleanPath(`/${value}`) }, { shown, image, makesSource: true });
      if (value.startsWith('/')) return note;
      // The engine takes anything as a path; hardly anybody means it.
      return image === undefined ? { shown, kind: 'unfinished', text: 'not finished', readonly: false } : { ...note, warning: `at ${note.destination!}: a volume of that name would be ${value.split(':')[0]!}:/path${/^.:/.test(value) ? ', with two letters at least' : ''}` };
    }
    const colon = value.indexOf(':'), source = value.slice(0, colon);
    const { mount, destination } = parseBind(source.startsWith('.') ? `${absolute(line, source)}${value.slice(colon)}` : value, '');
    const note = describeMount(machine, { ...mount, Target: destination }, { shown, image, makesSource: true });
    // A name without a slash is a volume, though a file of that name may lie right here.
    const beside = mount.Type === 'volume' ? placeOf(machine, `${line.directory}/${source}`) : undefined;
    return beside ? { ...note, warning: `not the ${isDirectory(beside.dentry.inode.mode) ? 'directory' : 'file'} ${source} here: that is ./${source}` } : note;
  } catch (error) {
    if (error instanceof ApiError || error instanceof CliError || error instanceof FlagValueError) return image === undefined && unfinished(flag, value) ? { shown, kind: 'unfinished', text: 'not finished', readonly: false } : refused(error.message);
    throw error;
  }
}

/** What cannot be wrong yet, since something is plainly still to come. */
const unfinished = (flag: Given['flag'], value: string): boolean =>
  flag === 'mount' ? !/(^|,)(target|dst|destination)=./.test(value) : value === '' || /:\/?$/.test(value) || (flag === 'volume' && /^[^:/.~]+$/.test(value));

/** As the client makes a path that begins with a dot absolute. */
const absolute = ({ directory }: EditedLine, path: string): string => cleanPath(`${directory}/${path}`);
