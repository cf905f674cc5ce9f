// `docker build`: unpacks the context where dockerd keeps such things and hands it to the builder that was asked for.

import type { BuildOptions, Stream } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { JsonMessage } from '../../api/image.ts';
import { parseReference, type Reference } from '../../api/reference.ts';
import { decode, type Bytes } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { openRoot } from '../archive/container-view.ts';
import { taskStream } from '../archive/streams.ts';
import { untar } from '../archive/untar.ts';
import type { EngineContext } from '../engine-context.ts';
import { makeDirectories, removeTree } from '../files.ts';
import { cleanPath } from '../path.ts';
import type { BuildCache } from './buildkit/build-cache.ts';
import { buildKit } from './buildkit/buildkit.ts';
import { prepareLegacy } from './legacy.ts';
import { ignored } from '../../api/dockerignore.ts';

export interface BuildJob {
  readonly options: BuildOptions;
  readonly tags: readonly Reference[];
  /** The context on the host; what .dockerignore names is not in it. */
  readonly directory: string;
  /** Additional contexts, on the host. */
  readonly contexts: Readonly<Record<string, string>>;
  /** undefined when the context has none. */
  readonly dockerfile: string | undefined;
  /** Whether the context had a .dockerignore, and its bytes. */
  readonly ignoreSize: number;
}

/** @throws ApiError for what the daemon finds before it begins to answer */
export function* buildImage(context: EngineContext, cache: BuildCache, content: Stream<Bytes>, options: BuildOptions): Task<Stream<JsonMessage>> {
  const { sys } = context;
  const tags = options.tags.map((tag) => {
    const reference = parseReference(tag);
    if (typeof reference === 'string') throw new ApiError('invalidParameter', reference);
    return reference;
  });
  const directory = `${context.root}/tmp/docker-builder${1e9 + context.ids.below(9e9)}`;
  const contexts: Record<string, string> = {};
  const cleanUp = () => [directory, ...Object.values(contexts)].forEach((each) => removeTree(sys, each));
  const unpack = function* (archive: Stream<Bytes>, into: string): Task<void> {
    makeDirectories(sys, into, 0o700);
    const view = openRoot(sys, into);
    try {
      yield* untar(view.sys, '/', archive);
    } finally {
      view.close();
      archive.close();
    }
  };
  try {
    yield* unpack(content, directory);
    for (const [name, archive] of Object.entries(options.contexts ?? {})) {
      if (typeof archive !== 'string') yield* unpack(archive, (contexts[name] = `${directory}.context${Object.keys(contexts).length}`));
    }
    const dockerfilePath = `${directory}/${cleanPath(options.dockerfile || 'Dockerfile')}`;
    const dockerfile = sys.can(dockerfilePath, '') ? decode(sys.readFile(dockerfilePath)) : undefined;
    const ignorePath = [`${dockerfilePath}.dockerignore`, `${directory}/.dockerignore`].find((path) => sys.can(path, ''));
    const ignore = ignorePath ? sys.readFile(ignorePath) : undefined;
    if (ignore) {
      // The client sends these two whatever is ignored; COPY must not see them then.
      const drop = ignored(decode(ignore));
      for (const name of [cleanPath(options.dockerfile || 'Dockerfile'), '.dockerignore']) if (drop(name)) removeTree(sys, `${directory}/${name}`);
    }
    const job: BuildJob = { options, tags, directory, contexts, dockerfile, ignoreSize: ignore?.length ?? 0 };
    const run = options.version === '1' ? prepareLegacy(context, job) : (emit: (message: JsonMessage) => void) => buildKit(context, cache, job, emit);
    return taskStream(function* (emit) {
      try {
        yield* run(emit);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const code = (error as { exitCode?: number }).exitCode;
        emit({ errorDetail: { ...(code !== undefined && { code }), message: error.message }, error: error.message });
      } finally {
        cleanUp();
      }
    });
  } catch (error) {
    cleanUp();
    throw error;
  }
}
