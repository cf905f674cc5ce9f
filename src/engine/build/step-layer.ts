// What the two builders do to files: a layer made by a change of the root, the source of a COPY, its owner.

import { ApiError } from '../../api/errors.ts';
import { encode } from '../../base/bytes.ts';
import { parseMode } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import type { CopyOptions } from './copy-files.ts';
import type { EngineContext } from '../engine-context.ts';
import { makeDirectories, statOf } from '../files.ts';
import { layerFromDiff } from '../image/create-image.ts';
import type { Layer } from '../image/layer-store.ts';
import { lookupUser } from '../runtime/lookup-user.ts';
import { scopedPath } from '../scoped-path.ts';
import type { Instruction } from './dockerfile/instruction.ts';
import { expandWord, type Lookup } from './shell-lex.ts';
import { findSources, type Source } from './sources.ts';

/** Mount a new writable layer on `parent`, let `change` work on it, and keep what came of it. */
export function* changedLayer(context: EngineContext, parent: Layer | undefined, keepEmpty: boolean, change: (root: string) => Task<void>): Task<Layer | undefined> {
  const { driver, ids, sys, images } = context;
  const id = ids.hex(64);
  driver.createReadWrite(id, parent?.cacheId ?? '');
  let mounted = false;
  try {
    const root = driver.get(id);
    mounted = true;
    yield* change(root);
    driver.put(id);
    mounted = false;
    return layerFromDiff(sys, images, parent, driver.diffPath(id), keepEmpty);
  } finally {
    if (mounted) driver.put(id);
    driver.remove(id);
  }
}

/** WORKDIR: the directory is made when it is missing, for the image's user under BuildKit. */
export function* workingDirectory(context: EngineContext, parent: Layer | undefined, path: string, user: string, keepEmpty: boolean): Task<Layer | undefined> {
  const { sys } = context;
  return yield* changedLayer(context, parent, keepEmpty, function* (root) {
    const target = scopedPath(sys, root, path);
    if (statOf(sys, target)) return;
    makeDirectories(sys, target);
    if (!user) return;
    const { uid, gid } = ownerOf(context, root, user);
    sys.chown(target, uid, gid);
  });
}

/** `uid:gid`, or names of the image; without a group the number of the user is used. */
export function ownerOf(context: EngineContext, root: string, chown: string | undefined): { uid: number; gid: number } {
  if (!chown) return { uid: 0, gid: 0 };
  const { uid, gid } = lookupUser(context.sys, root, chown);
  return { uid, gid: chown.includes(':') ? gid : /^\d+$/.test(chown) ? uid : gid };
}

/** What `--chmod` makes of permission bits: a number, or clauses as chmod's without a umask. Directories that are made take a number alone. @throws invalidParameter */
export function modeOf(chmod: string | undefined): Pick<CopyOptions, 'mode' | 'made'> {
  if (chmod === undefined) return {};
  const change = parseMode(chmod, 0, true, false);
  if (!/^\d/.test(chmod)) {
    if (!change) throw new ApiError('invalidParameter', 'invalid syntax');
    return { mode: change };
  }
  if (!change) throw new ApiError('invalidParameter', `invalid chmod parameter: '${chmod}'. it should be octal string and between 0 and 07777`);
  const bits = change(0);
  return { mode: () => bits, made: bits & 0o777 };
}

/** Source words without the destination; heredocs are written below `scratch` and become sources of their own. */
export function sourcesOf(context: EngineContext, root: string, scratch: string, instruction: Instruction, lookup: Lookup, escape: string, missing: (word: string) => Error): { sources: Source[]; words: string[]; destination: string } {
  const { sys } = context;
  const words = instruction.args.map((word) => (instruction.json ? word : expandWord(word, lookup, escape)));
  const destination = words.pop()!;
  const sources = words.flatMap((word) => {
    const name = /^\d*<<-?["']?(.+?)["']?$/.exec(word)?.[1];
    const heredoc = name && instruction.heredocs.find((each) => each.name === name);
    if (heredoc) {
      const path = `${scratch}/${heredoc.name}`;
      makeDirectories(sys, scratch, 0o700);
      sys.writeFile(path, encode(heredoc.expand ? expandVariables(heredoc.content, lookup) : heredoc.content), 0o644);
      return [{ path, name: heredoc.name }];
    }
    if (/^(https?|git|ssh):\/\/|^git@/.test(word)) throw new ApiError('notSimulated', `not simulated: ${instruction.command} from ${word}: no packet leaves this page`);
    const found = findSources(sys, root, word);
    if (!found) throw missing(word);
    return found;
  });
  return { sources, words, destination };
}

/** Variables alone, quotes left as they are. */
export function expandVariables(text: string, lookup: Lookup): string {
  return text.replace(/\\\$|\$(?:\{(\w+)\}|([a-zA-Z_]\w*))/g, (whole, braced?: string, bare?: string) => (whole === '\\$' ? '$' : (lookup(braced ?? bare!) ?? '')));
}
