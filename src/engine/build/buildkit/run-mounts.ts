// `RUN --mount=…`: binds of the context, a stage or an image, caches that stay, secrets, empty tmpfs.

import { ApiError } from '../../../api/errors.ts';
import { encode, type Bytes } from '../../../base/bytes.ts';
import { sha256Digest } from '../../../base/sha256.ts';
import { isDirectory } from '../../../kernel/stat.ts';
import type { EngineContext } from '../../engine-context.ts';
import { makeDirectories, statOf } from '../../files.ts';
import { dirname, joinPath } from '../../path.ts';
import { scopedPath } from '../../scoped-path.ts';

export interface RunMount {
  readonly source: string;
  readonly destination: string;
  readonly readonly: boolean;
}

export interface MountOptions {
  readonly workingDir: string;
  readonly secrets: Readonly<Record<string, Bytes>>;
  /** Where made-up files go: removed with the build. */
  readonly scratch: string;
  /** The root of the context or of what `from` names. */
  root(from: string | undefined): string;
}

/** @throws invalidParameter, notSimulated */
export function runMount(context: EngineContext, text: string, options: MountOptions): RunMount | undefined {
  const { sys } = context;
  const fields = new Map(text.split(',').map((field) => {
    const at = field.indexOf('=');
    return at < 0 ? [field.toLowerCase(), 'true'] : [field.slice(0, at).toLowerCase(), field.slice(at + 1)];
  }));
  const field = (...names: string[]) => names.map((name) => fields.get(name)).find((value) => value !== undefined);
  const type = field('type') ?? 'bind';
  const id = field('id') ?? '';
  let target = field('target', 'dst', 'destination') ?? '';
  const source = field('source', 'src') ?? '';
  const readonly = field('readonly', 'ro') ?? (field('readwrite', 'rw') === 'true' ? 'false' : undefined);
  if (type === 'secret') {
    const name = id || source;
    const content = options.secrets[name];
    if (!content && field('required') === 'true') throw new ApiError('invalidParameter', `secret ${name}: not found`);
    if (!content) return undefined;
    const path = `${options.scratch}/secret-${sha256Digest(encode(name)).slice(7, 19)}`;
    makeDirectories(sys, options.scratch, 0o700);
    sys.writeFile(path, content, 0o400);
    sys.chmod(path, Number.parseInt(field('mode') ?? '0400', 8));
    return { source: path, destination: joinPath('/', target.startsWith('/') ? '' : options.workingDir, target) === joinPath('/', options.workingDir) ? `/run/secrets/${name}` : joinPath('/', target.startsWith('/') ? '' : options.workingDir, target), readonly: true };
  }
  if (!target) throw new ApiError('invalidParameter', 'invalid mount target ""');
  target = joinPath('/', target.startsWith('/') ? '' : options.workingDir, target);
  if (type === 'cache' || type === 'tmpfs') {
    const key = sha256Digest(encode(`${type} ${id || target} ${type === 'tmpfs' ? context.ids.hex(16) : ''}`)).slice(7, 32);
    const path = type === 'cache' ? `${context.root}/buildkit/cache-mounts/${key}` : `${options.scratch}/${key}`;
    if (!statOf(sys, path)) {
      makeDirectories(sys, dirname(path), 0o711);
      sys.mkdir(path, 0o755);
      sys.chmod(path, Number.parseInt(field('mode') ?? '0755', 8));
      sys.chown(path, Number(field('uid') ?? 0), Number(field('gid') ?? 0));
    }
    return { source: path, destination: target, readonly: readonly === 'true' };
  }
  if (type !== 'bind') throw new ApiError('notSimulated', `not simulated: RUN --mount=type=${type}; bind, cache, tmpfs and secret are`);
  const path = scopedPath(sys, options.root(fields.get(`from`)), joinPath('/', source));
  if (!statOf(sys, path)) throw new ApiError('invalidParameter', `failed to calculate checksum of ref ${context.ids.hex(8)}::${context.ids.hex(12)}: "${joinPath('/', source)}": not found`);
  return { source: path, destination: target, readonly: readonly !== 'false' };
}

/** Take away what a runtime made for mount points that the image did not have, as BuildKit does. @returns how, to be called after the run */
export function mountStubs(context: EngineContext, lower: string, mounts: readonly RunMount[]): (upper: string) => void {
  const { sys } = context;
  const made: string[] = [];
  for (const { destination } of mounts) for (let path = destination; path !== '/' && !statOf(sys, lower + path); path = dirname(path)) if (!made.includes(path)) made.push(path);
  return (upper) => {
    for (const path of made.sort((a, b) => b.length - a.length)) {
      const stat = statOf(sys, upper + path);
      if (!stat) continue;
      if (!isDirectory(stat.mode)) {
        if (!stat.size) sys.unlink(upper + path);
      } else if (!sys.readdir(upper + path).length) sys.rmdir(upper + path);
    }
  };
}
