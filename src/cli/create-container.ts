// Creating a container as `create` and `run` do: cidfile, the image pulled when it is missing, warnings.

import type { ContainerCreateRequest } from '../api/container.ts';
import { ApiError } from '../api/errors.ts';
import type { Task } from '../base/task.ts';
import { O_CREAT, O_TRUNC, O_WRONLY } from '../kernel/syscalls.ts';
import type { Cli } from './cli.ts';
import { CliError } from './errors.ts';
import { pathError } from './go.ts';
import { checkPlatform } from './opts/platform.ts';
import { familiarTagged, parseReference } from './opts/reference.ts';
import { showMessages } from './progress.ts';

export interface CreateOptions {
  readonly pull: string;
  readonly quiet: boolean;
  readonly platform: string;
}

/** @throws CliError */
export function checkPull(pull: string): void {
  if (!['always', 'missing', 'never', ''].includes(pull)) throw new CliError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`);
}

/** @returns the id */
export function* createContainer(cli: Cli, request: ContainerCreateRequest, options: CreateOptions): Task<string> {
  const { sys, engine } = cli;
  const image = request.Config.Image!;
  const cidfile = request.HostConfig.ContainerIDFile ?? '';
  let fd: number | undefined;
  if (cidfile) {
    if (sys.can(cidfile, '')) throw new CliError(`container ID file found, make sure the other container isn't running or delete ${cidfile}`);
    try {
      fd = sys.open(cidfile, O_WRONLY | O_CREAT | O_TRUNC, 0o666);
    } catch (error) {
      throw new CliError(`failed to create the container ID file: ${pathError('open', cidfile, error)}`);
    }
  }
  let written = false;
  try {
    checkPlatform(options.platform, 'error parsing specified platform');
    const byId = /^(sha256:)?[0-9a-f]{64}$/.test(image);
    const name = byId ? image : familiarTagged(parseReference(image));
    const pull = function* (): Task<void> {
      const messages = yield* engine.imagePull(name, options.platform ? { platform: options.platform } : {});
      if (!options.quiet) return yield* showMessages(cli, messages, 2);
      for (let message = yield* messages.next(); message; message = yield* messages.next()) if (message.error !== undefined) throw new CliError(message.error);
    };
    if (options.pull === 'always' && !byId) yield* pull();
    const size = cli.isTerminal(1) ? sys.windowSize(1) : { rows: 0, columns: 0 };
    request.HostConfig.ConsoleSize = [size.rows, size.columns];
    let created;
    try {
      created = yield* engine.containerCreate(request);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'notFound' || byId || options.pull === 'never' || options.pull === 'always') throw error;
      if (!options.quiet) yield* cli.err(`Unable to find image '${name}' locally\n`);
      yield* pull();
      created = yield* engine.containerCreate(request);
    }
    for (const warning of created.Warnings ?? []) yield* cli.err(`WARNING: ${warning}\n`);
    if (fd !== undefined) {
      yield* sys.write(fd, new TextEncoder().encode(created.Id));
      written = true;
    }
    return created.Id;
  } finally {
    if (fd !== undefined) {
      sys.close(fd);
      if (!written && sys.can(cidfile, '')) sys.unlink(cidfile);
    }
  }
}
