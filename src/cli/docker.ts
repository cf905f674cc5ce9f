// The `docker` program: global options, the command tree, and every failure's text and exit status.

import type { EngineClient } from '../api/engine-client.ts';
import { ApiError } from '../api/errors.ts';
import { type Task, WaitQueue } from '../base/task.ts';
import { KernelError } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import { signalNumber, type Signal } from '../kernel/signal.ts';
import type { Syscalls } from '../kernel/syscalls.ts';
import { Cli } from './cli.ts';
import { checkArguments, type Command, type GroupCommand, isGroup, type LeafCommand } from './command.ts';
import { rootCommand } from './command/root.ts';
import { complete, completeForBash } from './complete.ts';
import { CliError, errorText, notSimulated } from './errors.ts';
import { FlagError, parseFlags, type ParsedFlags } from './flags/parse.ts';
import { globalFlags } from './global-flags.ts';
import { help, usageLine } from './help.ts';
import { CLIENT } from './version.ts';

const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** @param options.connect an engine for the calling process; may throw ApiError of kind `connection`, whose message is the whole text */
export function createDockerCommand(options: { connect(sys: Syscalls): EngineClient }): Program {
  return function* docker(sys, argv) {
    const cli = new Cli(sys, () => connect(cli, options.connect));
    return yield* interruptible(cli, () => main(cli, argv.slice(1)));
  };
}

/** SIGINT and SIGTERM end the command with 128 + the signal, unless the command handles them itself. */
function* interruptible(cli: Cli, body: () => Task<number>): Task<number> {
  const { sys } = cli;
  const changed = new WaitQueue();
  let signalled: Signal | undefined;
  let status: number | undefined;
  let fault: { error: unknown } | undefined;
  const handler = (signal: Signal) => {
    signalled = signal;
    changed.wakeAll();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    if (sys.getDisposition(signal) !== 'ignore') sys.sigaction(signal, { handler, restart: true });
  }
  const thread = sys.thread(function* () {
    try {
      status = yield* guarded(cli, body);
    } catch (error) {
      fault = { error };
    } finally {
      changed.wakeAll();
    }
  });
  yield* changed.until(() => status !== undefined || fault !== undefined || signalled !== undefined || thread.done);
  if (fault) throw fault.error;
  if (status !== undefined || signalled === undefined) return status ?? 1;
  thread.cancel();
  yield* cli.out(cli.interruptText);
  return 128 + signalNumber(signalled);
}

function* guarded(cli: Cli, body: () => Task<number>): Task<number> {
  try {
    return yield* body();
  } catch (error) {
    if (error instanceof KernelError && error.errno === 'EPIPE') return 1;
    const text = error instanceof KernelError ? error.message.toLowerCase() : errorText(error);
    if (text) yield* cli.err(text + '\n');
    return error instanceof CliError ? error.code : 1;
  }
}

function connect(cli: Cli, make: (sys: Syscalls) => EngineClient): EngineClient {
  const host = cli.host || DEFAULT_HOST;
  if (host === DEFAULT_HOST) return make(cli.sys);
  throw new ApiError('connection', `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`);
}

function* main(cli: Cli, argv: readonly string[]): Task<number> {
  const columns = cli.isTerminal(0) ? cli.sys.windowSize(0).columns || 80 : 80;
  const globals = globalFlags(cli.sys.env['HOME'] ?? '/root');
  const fail = (error: unknown, command: Command, path: string): never => {
    if (!(error instanceof FlagError)) throw error;
    throw new CliError(`${error.message}\n\nUsage:  ${usageLine(command, path)}\n\nRun '${path} --help' for more information`, 125);
  };

  let parsed: ParsedFlags;
  try {
    parsed = parseFlags(globals, argv, false);
  } catch (error) {
    return fail(error, { ...rootCommand, usage: ' [OPTIONS] COMMAND [ARG...]' }, 'docker');
  }
  for (const warning of parsed.warnings) yield* cli.err(warning + '\n');
  const showRoot = () => help(rootCommand, 'docker', columns, globals);
  const words = parsed.args;
  if (parsed.help && !words.length) {
    yield* cli.out(showRoot());
    return 0;
  }
  if (parsed.values['version']) {
    yield* cli.out(`Docker version ${CLIENT.Version}, build ${CLIENT.GitCommit}\n`);
    return 0;
  }
  const level = parsed.values['log-level'] as string;
  if (!/^(trace|debug|info|warn|warning|error|fatal|panic)$/i.test(level)) throw new CliError(`Unable to parse logging level: ${level}`);
  for (const name of ['config', 'tls', 'tlscacert', 'tlscert', 'tlskey', 'tlsverify']) {
    if (parsed.changed.has(name)) throw notSimulated(`'docker --${name}'`);
  }
  const context = parsed.values['context'] as string || (parsed.changed.has('host') ? '' : cli.sys.env['DOCKER_CONTEXT'] ?? '');
  if (context && context !== 'default') throw notSimulated(`the context ${JSON.stringify(context)} (only "default")`);
  cli.host = (parsed.values['host'] as string[]).at(-1) ?? cli.sys.env['DOCKER_HOST'] ?? '';

  if (words[0] === '__complete' || words[0] === '__completeNoDesc') return yield* complete(cli, words.slice(1), words[0] === '__complete');
  if (words[0] === '__complete-bash') return yield* completeForBash(cli);
  if (words[0] === 'help') {
    const found = find(rootCommand, words.slice(1));
    const left = found.rest.filter((word) => !word.startsWith('-'));
    if (left.length) throw new CliError(`unknown help topic: ${left.join(' ')}`);
    yield* cli.out(found.command === rootCommand ? showRoot() : help(found.command, found.command.path ?? found.path, columns));
    return 0;
  }
  if (!words.length) {
    yield* cli.err(showRoot());
    return 0;
  }

  const { command, path, rest } = find(rootCommand, words);
  if (isGroup(command)) {
    if (command.run) return yield* command.run(cli, rest);
    if (command === rootCommand) throw new CliError(`docker: unknown command: docker ${rest[0]}\n\nRun 'docker --help' for more information`);
    let inner: ParsedFlags;
    try {
      inner = parseFlags(command.flags ?? {}, rest);
    } catch (error) {
      return fail(error, { ...command, usage: ' COMMAND' }, path);
    }
    for (const warning of inner.warnings) yield* cli.out(warning + '\n');
    if (inner.help) yield* cli.out(help(command, path, columns));
    else if (!inner.args.length) yield* cli.err(help(command, path, columns));
    else if (command.plugin) {
      yield* cli.out(help(command, path, columns));
      throw new CliError(`ERROR: unknown command: ${JSON.stringify(inner.args[0])}`);
    } else throw new CliError(`docker: unknown command: ${path} ${inner.args[0]}\n\nUsage:  ${usageLine(command, path)}\n\nRun '${path} --help' for more information`);
    return 0;
  }
  const leaf = command.choose ? yield* command.choose(cli) : command;
  return yield* runLeaf(cli, leaf, leaf.path ?? path, rest, columns, fail);
}

function* runLeaf(
  cli: Cli, command: LeafCommand, path: string, argv: readonly string[], columns: number,
  fail: (error: unknown, command: Command, path: string) => never,
): Task<number> {
  if (command.opaque) return (yield* command.run(cli, {}, argv, new Set())) ?? 0;
  let parsed: ParsedFlags;
  try {
    parsed = parseFlags(command.flags, argv, !command.stopAtArgument);
  } catch (error) {
    return fail(error, command, path);
  }
  for (const warning of parsed.warnings) yield* cli.out(warning + '\n');
  if (parsed.help) {
    yield* cli.out(help(command, path, columns));
    return 0;
  }
  try {
    checkArguments(command, path, usageLine(command, path), parsed.args.length);
    for (const name of parsed.changed) {
      const flag = command.flags[name];
      if (flag?.notSimulated && parsed.values[name] !== flag.initial) throw notSimulated(`${path} --${name}`.replace(/^docker (container |image )?/, ''));
    }
    return (yield* command.run(cli, parsed.values, parsed.args, parsed.changed)) ?? 0;
  } catch (error) {
    if (!command.plugin || (error instanceof CliError && !error.message)) throw error;
    throw new CliError(`ERROR: ${errorText(error)}`, error instanceof CliError ? error.code : 1);
  }
}

/** Walk down the tree by words, options such as `--help` skipped, as cobra's Find. */
function find(root: GroupCommand, words: readonly string[]): { command: Command; path: string; rest: string[] } {
  let command: Command = root;
  let path = 'docker';
  const rest = [...words];
  while (isGroup(command) && !command.run) {
    const at = rest.findIndex((word) => !word.startsWith('-'));
    if (at < 0 || rest.slice(0, at).some((word) => word !== '--help' && word !== '-h')) break;
    const word: string = rest[at]!;
    const next: Command | undefined = command.commands.find((each) => each.name === word || (!isGroup(each) && each.aliases?.includes(word)));
    if (!next) break;
    command = next;
    path = next.path && isGroup(next) ? next.path : `${path} ${next.name}`;
    rest.splice(at, 1);
  }
  return { command, path, rest };
}
