// Images of a project's services: pulled or built when they are missing.

import type { BuildOptions } from '../../api/engine-client.ts';
import { ApiError } from '../../api/errors.ts';
import type { ImageInspect } from '../../api/image.ts';
import { type Bytes, encode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { CliError, errorText, notSimulated } from '../errors.ts';
import { cut } from '../flags/values.ts';
import { joinPath } from '../go.ts';
import { showMessages } from '../progress.ts';
import { BuildReport } from './build-report.ts';
import { goJson } from './field-order.ts';
import { label, VERSION } from './labels.ts';
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
        if (message.id && message.progressDetail && message.status && !quiet) yield* progress.event(message.id, { text: message.status, state: /complete|exists/.test(message.status) ? 'done' : 'working', detail: true });
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
  /** Only show what bake would be given. */
  readonly print?: boolean;
}

/** One after another; what the builder says goes to standard output. @throws CliError */
export function* buildServices(session: Session, project: Project, services: readonly Service[], settings: BuildSettings): Task<void> {
  const { cli } = session;
  const built = services.filter((each) => each.build);
  if (!built.length) return;
  const report = new BuildReport(built.length > 1);
  const requests: { service: Service; options: BuildOptions }[] = [];
  for (const service of built) requests.push({ service, options: yield* buildOptions(session, project, service, settings) });
  if (settings.print) return yield* cli.out(`${bakeDefinition(requests)}\n`);
  if (!settings.quiet) yield* cli.out(report.begin(bakeDefinition(requests).length));
  for (const { service, options } of requests) {
    const { content, dockerfile } = yield* session.borrowed.buildContext(cli, service.build!.context ?? project.directory, dockerfileOf(project, service), false);
    try {
      const messages = yield* cli.engine.imageBuild(content, { ...options, dockerfile, sharedKey: service.build!.context ?? project.directory });
      yield* showMessages(cli, report.renamed(messages, service.name), 1);
    } catch (error) {
      const text = `target ${service.name}: failed to solve: ${errorText(error).replace(/^Error response from daemon: |^failed to solve: /g, '')}`;
      throw new CliError(report.excerpt.length ? [...report.excerpt, text].map((line) => `${line}\n`).join('\n') : text);
    }
  }
  if (settings.quiet) return;
  yield* cli.out(report.end(built.map((each) => each.name)));
  for (const service of built) yield* session.progress.event(imageName(project, service), { status: 'Built', state: 'done' });
}

const HANDLED = ['context', 'dockerfile', 'args', 'labels', 'target', 'no_cache', 'pull', 'tags', 'secrets'];

function dockerfileOf(project: Project, service: Service): string {
  const { context = project.directory, dockerfile = 'Dockerfile' } = service.build!;
  return dockerfile.startsWith('/') ? dockerfile : joinPath(context, dockerfile);
}

function* buildOptions(session: Session, project: Project, service: Service, settings: BuildSettings): Task<BuildOptions> {
  const { cli } = session;
  const build = service.build!;
  const unknown = Object.keys(build).find((key) => !HANDLED.includes(key) && !key.startsWith('x-'));
  if (unknown) throw notSimulated(`build.${unknown} of a Compose service`);
  const secrets: Record<string, Bytes> = {};
  for (const { source, target } of build.secrets ?? []) {
    const { file: from, environment } = project.secrets[source]!;
    secrets[target?.replace('/run/secrets/', '') ?? source] = from ? yield* cli.readFile(from) : encode(project.environment[environment ?? ''] ?? '');
  }
  const more = Object.fromEntries((settings.args ?? []).map((each) => {
    const [name, value, given] = cut(each, '=');
    return [name, given ? value : project.environment[name] ?? null];
  }));
  return {
    dockerfile: dockerfileOf(project, service), tags: [imageName(project, service), ...build.tags ?? []],
    buildArgs: { ...build.args, ...more }, labels: { ...build.labels, [label('project')]: project.name, [label('service')]: service.name, [label('version')]: VERSION }, target: build.target ?? '',
    noCache: settings.noCache || (build.no_cache ?? false), pull: settings.pull || (build.pull ?? false), quiet: settings.quiet ?? false, remove: true, forceRemove: false, version: '2',
    ...(Object.keys(secrets).length && { secrets }),
  };
}

/** What Compose hands to bake, whose size is told. */
function bakeDefinition(requests: readonly { service: Service; options: BuildOptions }[]): string {
  const target = Object.fromEntries(requests.map(({ service, options }) => {
    return [service.name, {
      context: service.build!.context, dockerfile: options.dockerfile, ...(Object.keys(options.buildArgs).length && { args: options.buildArgs }), labels: options.labels, tags: options.tags,
      ...(options.target && { target: options.target }), ...(options.noCache && { 'no-cache': true }), ...(options.pull && { pull: true }), output: ['type=docker'],
    }];
  }));
  return goJson({ group: { default: { targets: requests.map((each) => each.service.name) } }, target }, 2);
}
