// Images of a project's services: pulled or built when they are missing.

import { ApiError } from '../../api/errors.ts';
import type { ImageInspect } from '../../api/image.ts';
import type { Task } from '../../base/task.ts';
import { CliError, notSimulated } from '../errors.ts';
import { joinPath } from '../go.ts';
import { imageName, type Project, type Service } from './project.ts';
import { parallel } from './parallel.ts';
import { existing } from './resources.ts';
import type { Session } from './session.ts';

export interface ImageOptions {
  /** `--pull`; '' takes each service's policy. */
  readonly pull?: string;
  readonly quietPull?: boolean;
  readonly build?: boolean;
  readonly noBuild?: boolean;
  readonly quietBuild?: boolean;
}

/** Pull one image; its error is shown and thrown. */
export function* pullImage(session: Session, service: Service, image: string, quiet = false, onFailure: 'Error' | 'Warning' = 'Error'): Task<void> {
  const { progress } = session;
  if (!quiet) yield* progress.event(service.name, { text: 'Pulling' });
  try {
    const messages = yield* session.cli.engine.imagePull(image, service['platform'] ? { platform: service['platform'] } : {});
    try {
      for (let message = yield* messages.next(); message; message = yield* messages.next()) {
        if (message.error !== undefined) throw new ApiError('system', message.errorDetail?.message ?? message.error);
        if (message.id && message.status && !quiet) yield* progress.event(message.id, { text: message.status, state: /complete|exists|Pulled/.test(message.status) ? 'done' : 'working' });
      }
    } finally {
      messages.close();
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (!quiet) yield* progress.event(service.name, { text: onFailure, status: error.message, state: onFailure === 'Error' ? 'error' : 'warning' });
    throw error;
  }
  if (!quiet) yield* progress.event(service.name, { text: 'Pulled', state: 'done' });
}

export const imageOf = (session: Session, name: string): Task<ImageInspect | undefined> => existing(session.cli.engine.imageInspect(name));

/** Images by service, all there. @throws CliError, ApiError */
export function* ensureImages(session: Session, project: Project, options: ImageOptions): Task<void> {
  const toBuild: Service[] = [];
  const toPull: Service[] = [];
  for (const service of Object.values(project.services)) {
    const policy = options.pull && options.pull !== 'policy' ? options.pull : service.pull_policy ?? '';
    const present = (yield* imageOf(session, imageName(project, service))) !== undefined;
    const builds = service.build !== undefined && !options.noBuild;
    if (service.build && (options.build || policy === 'build')) {
      if (builds) toBuild.push(service);
    } else if (policy === 'always' || (!present && policy !== 'never' && service.image)) toPull.push(service);
    else if (!present && builds) toBuild.push(service);
  }
  const failed: Service[] = [];
  yield* parallel(session.cli, toPull.map((service) => function* () {
    try {
      yield* pullImage(session, service, imageName(project, service), options.quietPull, service.build ? 'Warning' : 'Error');
    } catch (error) {
      if (!service.build || !(error instanceof ApiError)) throw error;
      if (!options.noBuild) failed.push(service);
    }
  }));
  yield* buildServices(session, project, [...toBuild, ...failed].sort((a, b) => (a.name < b.name ? -1 : 1)), { quiet: options.quietBuild ?? false });
}

export interface BuildSettings {
  readonly quiet?: boolean;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly args?: readonly string[];
}

/** One after another, as `docker build` would. @throws CliError */
export function* buildServices(session: Session, project: Project, services: readonly Service[], settings: BuildSettings): Task<void> {
  for (const service of services) {
    const { build } = service;
    if (!build) continue;
    const args = buildArguments(session, project, service, settings);
    let status: number;
    try {
      status = yield* session.borrowed.build(session.cli, args);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      throw new CliError(error.message.replace(/^ERROR: /, '').replace('failed to build: failed to solve:', `target ${service.name}: failed to solve:`), error.code);
    }
    if (status) throw new CliError('', status);
  }
  if (!settings.quiet) for (const service of services) if (service.build) yield* session.progress.event(imageName(project, service), { status: 'Built', state: 'done' });
}

const HANDLED = ['context', 'dockerfile', 'dockerfile_inline', 'args', 'labels', 'target', 'no_cache', 'pull', 'tags', 'secrets', 'network'];

function buildArguments(session: Session, project: Project, service: Service, settings: BuildSettings): string[] {
  const build = service.build!;
  const unknown = Object.keys(build).find((key) => !HANDLED.includes(key) && !key.startsWith('x-'));
  if (unknown) throw notSimulated(`build.${unknown} of a Compose service`);
  if (build.dockerfile_inline !== undefined) throw notSimulated('dockerfile_inline of a Compose service');
  const context = build.context ?? project.directory;
  const pairs = (flag: string, values: Readonly<Record<string, string | null>> | undefined) => Object.entries(values ?? {}).flatMap(([key, value]) => [flag, value === null ? key : `${key}=${value}`]);
  const secrets = (build.secrets ?? []).flatMap(({ source, target }) => {
    const { file, environment } = project.secrets[source]!;
    return ['--secret', `id=${target?.replace('/run/secrets/', '') ?? source},${file ? `src=${file}` : `env=${environment}`}`];
  });
  return [
    '--tag', imageName(project, service), ...(build.tags ?? []).flatMap((tag) => ['--tag', tag]), '--file', build.dockerfile?.startsWith('/') ? build.dockerfile : joinPath(context, build.dockerfile ?? 'Dockerfile'),
    ...pairs('--build-arg', build.args), ...(settings.args ?? []).flatMap((each) => ['--build-arg', each]), ...pairs('--label', build.labels), ...secrets,
    ...(build.target ? ['--target', build.target] : []), ...(build.no_cache || settings.noCache ? ['--no-cache'] : []), ...(build.pull || settings.pull ? ['--pull'] : []),
    ...(settings.quiet ? ['--progress', 'quiet'] : []), context,
  ];
}

