// `docker container cp`.

import type { Stream } from '../../../api/engine-client.ts';
import { ApiError } from '../../../api/errors.ts';
import { concat, type Bytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../../kernel/errno.ts';
import { isDirectory, isRegular, isSymlink, type Stat } from '../../../kernel/stat.ts';
import type { Cli } from '../../cli.ts';
import { command, exactArgs } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { evalSymlinks, lstat } from '../../eval-symlinks.ts';
import { bool } from '../../flags/values.ts';
import { humanSize } from '../../formatter/units.ts';
import { baseName, cleanPath, dirName, joinPath, pathError } from '../../go.ts';
import { renamedTar, splitEntry, tarOf, untar, walk } from '../../host-archive.ts';
import { refusedMode } from '../../output-file.ts';

/** Bits of Go's os.FileMode. */
const DIR = 2 ** 31;
const SYMLINK = 2 ** 27;
const has = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

/** What is known of one end of a copy. */
interface End {
  readonly path: string;
  readonly exists: boolean;
  readonly directory: boolean;
  readonly rebase?: string;
}

interface Options {
  readonly archive: boolean;
  readonly follow: boolean;
  readonly quiet: boolean;
}

export const cp = command({
  name: 'cp', usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  short: 'Copy files/folders between a container and the local filesystem',
  long: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  fullNames: 'docker container cp, docker cp', args: exactArgs(2), completes: 'file',
  flags: {
    archive: bool('a', 'Archive mode (copy all uid/gid information)'),
    'follow-link': bool('L', 'Always follow symbol link in SRC_PATH'),
    quiet: bool('q', 'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached'),
  },
  *run(cli, f, [source, destination], changed) {
    if (!source) throw new CliError('source can not be empty');
    if (!destination) throw new CliError('destination can not be empty');
    const [from, fromPath] = split(source);
    const [to, toPath] = split(destination);
    const options = { archive: f.archive, follow: f['follow-link'], quiet: changed.has('quiet') ? f.quiet : !cli.isTerminal(1) };
    if (from && to) throw new CliError('copying between containers is not supported');
    if (!from && !to) throw new CliError('must specify at least one container source');
    yield* from ? out(cli, from, fromPath, toPath, options) : into(cli, to, fromPath, toPath, options);
  },
});

/** `CONTAINER:PATH`; an explicit local path has no container. */
function split(text: string): [string, string] {
  const at = text.indexOf(':');
  return text.startsWith('/') || at < 0 || text.startsWith('.') ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
}

const asserts = (path: string): boolean => path.endsWith('/') || baseName(path) === '.';

/** As PreserveTrailingDotOrSeparator. */
function keepEnd(clean: string, given: string): string {
  if (baseName(given) === '.' && baseName(clean) !== '.') return clean === '/' ? '/.' : `${clean}/.`;
  return given.endsWith('/') && !clean.endsWith('/') ? `${clean}/` : clean;
}

/** Where to unpack, and under which name instead of which. @throws CliError */
function prepare(source: End, target: End): { directory: string; from: string; to: string } | { directory: string; from?: undefined } {
  const [directory, base] = splitEntry(target.path);
  if (target.exists && target.directory) return { directory: target.path };
  if (target.exists && source.directory) throw new CliError('cannot copy directory');
  if (!target.exists && !source.directory && asserts(target.path)) throw new CliError('no such directory');
  return { directory, from: source.rebase || splitEntry(source.path)[1], to: base };
}

function rebased(content: Stream<Bytes>, from: string, to: string): Stream<Bytes> {
  const old = from === '/' ? '' : from;
  return renamedTar(content, (name) => (name.startsWith(old) ? to + name.slice(old.length) : name.replace(old, to)));
}

function* into(cli: Cli, container: string, sourcePath: string, targetPath: string, options: Options): Task<void> {
  const { engine, sys } = cli;
  const fromStdin = sourcePath === '-';
  let target: End = { path: targetPath, exists: false, directory: false };
  try {
    if (!targetPath) throw new ApiError('invalidParameter', "bad parameter: 'path' cannot be empty");
    let stat = yield* engine.containerStatPath(container, targetPath);
    if (has(stat.mode, SYMLINK)) {
      const link = stat.linkTarget.startsWith('/') ? stat.linkTarget : joinPath(splitEntry(targetPath)[0], stat.linkTarget);
      target = { ...target, path: link };
      stat = yield* engine.containerStatPath(container, link);
    }
    const bad = has(stat.mode, 2 ** 26) ? 'got a device' : has(stat.mode, 2 ** 24) ? 'got a socket' : undefined;
    if (bad) throw new CliError(`destination "${container}:${targetPath}" must be a directory or a regular file: ${bad}`);
    target = { path: target.path, exists: true, directory: has(stat.mode, DIR) };
  } catch (error) {
    // The copy may still succeed when only the parent exists.
    if (!(error instanceof ApiError)) throw error;
  }
  let copied = 0;
  let content: Stream<Bytes>;
  let { path: directory } = target;
  if (fromStdin) {
    if (!target.directory) throw new CliError(`destination "${container}:${targetPath}" must be a directory`);
    content = cli.stream(0);
  } else {
    const source = localSource(cli, keepEnd(cli.absolute(sourcePath), sourcePath), options.follow);
    const [parent, base] = splitEntry(source.path);
    const count = (bytes: number) => void (copied += bytes);
    // Listed, and the beginning read, before anything arrives: the target may lie within.
    content = inChunks(tarOf(sys, [...walk(sys, joinPath(parent, base), source.rebase || base)], count));
    const plan = prepare(source, target);
    directory = plan.directory;
    if (plan.from !== undefined) content = rebased(content, plan.from, plan.to);
  }
  yield* engine.copyToContainer(container, directory, content, { copyUidGid: options.archive });
  if (!options.quiet) yield* cli.err(`Successfully copied ${humanSize(copied, 3)} to ${container}:${target.path}\n`);
}

/** As the connection's buffer takes it: by 4096 bytes at least. */
function inChunks(source: Stream<Bytes>): Stream<Bytes> {
  return {
    *next() {
      const parts: Bytes[] = [];
      for (let size = 0; size < 4096;) {
        const part = yield* source.next();
        if (!part) break;
        parts.push(part);
        size += part.length;
      }
      return parts.length ? concat(parts) : undefined;
    },
    close: () => source.close(),
  };
}

/** As CopyInfoSourcePath. @throws CliError */
function localSource({ sys }: Cli, path: string, follow: boolean): End {
  const cut = path.lastIndexOf('/') + 1;
  let resolved = follow ? evalSymlinks(sys, path) : `${evalSymlinks(sys, path.slice(0, cut))}/${path.slice(cut)}`;
  if (follow) resolved = keepEnd(resolved, path);
  const rebase = (follow || path.endsWith('/')) && baseName(path) !== baseName(resolved) ? baseName(path) : '';
  return { path: resolved, exists: true, directory: isDirectory(lstat(sys, resolved).mode), rebase };
}

function* out(cli: Cli, container: string, givenSource: string, givenTarget: string, options: Options): Task<void> {
  const { engine, sys } = cli;
  const toStdout = givenTarget === '-';
  const targetPath = toStdout ? '-' : keepEnd(cli.absolute(givenTarget), givenTarget);
  if (!toStdout) checkOutput(cli, targetPath);
  let sourcePath = givenSource;
  let rebase = '';
  if (options.follow) {
    try {
      const stat = yield* engine.containerStatPath(container, sourcePath);
      if (has(stat.mode, SYMLINK)) {
        const link = stat.linkTarget.startsWith('/') ? stat.linkTarget : joinPath(splitEntry(sourcePath)[0], stat.linkTarget);
        const resolved = keepEnd(link, sourcePath);
        if (baseName(cleanPath(sourcePath)) !== baseName(cleanPath(resolved))) rebase = baseName(cleanPath(sourcePath));
        sourcePath = resolved;
      }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  const { stat, content } = yield* engine.copyFromContainer(container, sourcePath);
  let copied = 0;
  const counted: Stream<Bytes> = {
    *next() {
      const part = yield* content.next();
      copied += part?.length ?? 0;
      return part;
    },
    close: () => content.close(),
  };
  try {
    if (toStdout) {
      for (let part = yield* counted.next(); part; part = yield* counted.next()) yield* cli.out(part);
      return;
    }
    const source: End = { path: sourcePath, exists: true, directory: has(stat.mode, DIR), rebase };
    const archive = rebase ? rebased(counted, splitEntry(sourcePath)[1], rebase) : counted;
    const plan = prepare(source, localTarget(cli, targetPath));
    yield* untar(sys, plan.from === undefined ? archive : rebased(archive, plan.from, plan.to), cleanPath(plan.directory));
  } finally {
    content.close();
  }
  if (!options.quiet) yield* cli.err(`Successfully copied ${humanSize(copied, 3)} to ${targetPath}\n`);
}

/** As CopyInfoDestinationPath: links are followed even when what they name is missing. @throws CliError */
function localTarget(cli: Cli, given: string): End {
  const { sys } = cli;
  let path = given;
  for (let links = 0; ; links++) {
    let stat: Stat;
    try {
      // A slash at the end follows a link.
      stat = sys.lstat(path);
    } catch (error) {
      if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw new CliError(pathError('lstat', path, error));
      const parent = splitEntry(path)[0];
      try {
        if (!isDirectory(sys.stat(parent).mode)) throw new CliError('not a directory');
      } catch (inner) {
        throw inner instanceof CliError ? inner : new CliError(pathError('stat', parent, inner));
      }
      return { path, exists: false, directory: false };
    }
    if (!isSymlink(stat.mode)) {
      if (asserts(path) && !isDirectory(stat.mode)) throw new CliError('not a directory');
      return { path, exists: true, directory: isDirectory(stat.mode) };
    }
    if (links > 10) throw new CliError(`too many symlinks in ${JSON.stringify(given)}`);
    const clean = cleanPath(path);
    const link = sys.readlink(clean);
    path = link.startsWith('/') ? link : joinPath(dirName(clean), link);
  }
}

/** As ValidateOutputPath. @throws CliError */
function checkOutput(cli: Cli, path: string): void {
  const { sys } = cli;
  const directory = dirName(cleanPath(path));
  try {
    sys.stat(directory);
  } catch (error) {
    if (error instanceof KernelError && error.errno === 'ENOENT') throw new CliError(`invalid output path: directory ${JSON.stringify(directory)} does not exist`);
  }
  let mode: number;
  try {
    mode = sys.stat(path).mode;
  } catch (error) {
    if (error instanceof KernelError && error.errno === 'ENOENT') return;
    throw new CliError(pathError('stat', path, error));
  }
  const bad = isDirectory(mode) || isRegular(mode) ? undefined : refusedMode(mode);
  if (bad) throw new CliError(`invalid output path: ${JSON.stringify(path)} must be a directory or a regular file: ${bad}`);
}
