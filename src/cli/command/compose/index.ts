// `docker compose`: its own options, its verbs, and its way of refusing.

import type { Task } from '../../../base/task.ts';
import type { Cli } from '../../cli.ts';
import { type Command, type GroupCommand, type LeafCommand, minArgs } from '../../command.ts';
import { CliError, notSimulated } from '../../errors.ts';
import type { Flags } from '../../flags/flag.ts';
import { FlagError, parseFlags, type ParsedFlags } from '../../flags/parse.ts';
import { bool, int, string } from '../../flags/values.ts';
import { help, usageLine } from '../../help.ts';
import type { ComposeOptions } from '../../compose/load.ts';
import { type Borrowed, Session } from '../../compose/session.ts';
import { attach } from './attach.ts';
import { build, cp, exportVerb, pull } from './build.ts';
import { commit } from './commit.ts';
import { config, version } from './config.ts';
import { events } from './events.ts';
import { down, kill, pause, restart, rm, start, stop, unpause, wait } from './lifecycle.ts';
import { logs } from './logs.ts';
import { images, ls, port, ps, top, volumes } from './ps.ts';
import { exec, run } from './run.ts';
import { create, scale, up } from './up.ts';
import { array, refusedVerbs, type Verb } from './verb.ts';

const flags = {
  'all-resources': bool('', 'Include all resources, even those not used by services'),
  ansi: string('', 'Control when to print ANSI control characters ("never"|"always"|"auto")', 'auto'),
  compatibility: bool('', 'Run compose in backward compatibility mode', false, { notSimulated: true }),
  'dry-run': bool('', 'Execute command in dry run mode', false, { notSimulated: true }),
  'env-file': array('', 'Specify an alternate environment file'),
  file: array('f', 'Compose configuration files'),
  parallel: int('', 'Control max parallelism, -1 for unlimited', -1),
  profile: array('', 'Specify a profile to enable'),
  progress: string('', 'Set type of progress output (auto, tty, plain, json, quiet)'),
  'project-directory': string('', 'Specify an alternate working directory\n(default: the path of the, first specified, Compose file)'),
  'project-name': string('p', 'Project name'),
} satisfies Flags;

const REFUSED = `
publish|[OPTIONS] REPOSITORY[:TAG]|Publish compose application
--app=Published compose application (includes referenced images)
--oci-version string=OCI image/artifact specification version (automatically determined by default)
--resolve-image-digests=Pin image tags to digests
--with-env=Include environment variables in the published OCI artifact
-y --yes=Assume "yes" as answer to all prompts
push|[OPTIONS] [SERVICE...]|Push service images
--ignore-push-failures=Push what it can and ignores images with push failures
--include-deps=Also push images of services declared as dependencies
-q --quiet=Push without printing progress information
stats|[OPTIONS] [SERVICE]|Display a live stream of container(s) resource usage statistics
-a --all=Show all containers (default shows just running)
--format string=Format output using a custom template:\\n'table':            Print output in table format with column headers (default)\\n'table TEMPLATE':   Print output in table format using the given Go template\\n'json':             Print in JSON format\\n'TEMPLATE':         Print output using the given Go template.\\nRefer to https://docs.docker.com/engine/cli/formatting/ for more information about formatting output with templates
--no-stream=Disable streaming stats and only pull the first result
--no-trunc=Do not truncate output
watch|[SERVICE...]|Watch build context for service and rebuild/refresh containers when files are updated
--no-up=Do not build & start services before watching
--prune=Prune dangling images on rebuild (default true)
--quiet=hide build output`;

const verbs: readonly Verb[] = [
  attach, build, commit, config, cp, create, down, events, exec, exportVerb, images, kill, logs, ls, pause, port, ps, pull, restart, rm, run, scale, start, stop, top, unpause, up, version, volumes, wait,
  ...refusedVerbs(REFUSED),
  ...refusedVerbs('bridge|CMD|Convert compose files into another model').map((each) => ({ ...each, listed: 'management' as const })),
];

const PATH = 'docker compose';

/** As the command tree, helps and completion see it; it is run by the group. */
const leaf = (each: Verb): LeafCommand => ({
  ...each, args: minArgs(0), ...(each.listed && { listed: each.listed }),
  *run() {
    throw notSimulated(`'${PATH} ${each.name}' from here`);
  },
});

/** @throws CliError with cobra's words */
function checkCount(verb: Verb, count: number): void {
  const [least, most] = verb.args ?? [0, Infinity];
  if (count >= least && count <= most) return;
  if (verb.dockerArgs) {
    const what = least === most ? `requires ${least} argument${least > 1 ? 's' : ''}` : `requires at least ${least} argument${least > 1 ? 's' : ''}`;
    throw new CliError(`docker: '${PATH} ${verb.name}' ${what}\n\nUsage:  ${usageLine(leaf(verb), `${PATH} ${verb.name}`)}\n\n${least === most ? 'Run' : 'See'} '${PATH} ${verb.name} --help' for more information`);
  }
  throw new CliError(most === Infinity ? `requires at least ${least} arg(s), only received ${count}` : `accepts between ${least} and ${most} arg(s), received ${count}`);
}

function parse(spec: Flags, argv: readonly string[], interspersed: boolean): ParsedFlags {
  try {
    return parseFlags(spec, argv, interspersed);
  } catch (error) {
    if (error instanceof FlagError) throw new CliError(error.message);
    throw error;
  }
}

function refuseUnsimulated(spec: Flags, { changed, values }: ParsedFlags, where: string): void {
  for (const name of changed) if (spec[name]?.notSimulated && values[name] !== false) throw notSimulated(`${where} --${name}`);
}

/** @param borrowed what Compose takes from other commands */
export function compose(borrowed: Borrowed): GroupCommand {
  const group: GroupCommand = {
    name: 'compose', short: 'Docker Compose', listed: '*', flags, commands: verbs.map(leaf), usage: ' [OPTIONS] COMMAND',
    *run(cli, argv) {
      return yield* runCompose(cli, argv, borrowed, group);
    },
  };
  return group;
}

function* runCompose(cli: Cli, argv: readonly string[], borrowed: Borrowed, group: GroupCommand): Task<number> {
  const columns = cli.isTerminal(0) ? cli.sys.windowSize(0).columns || 80 : 80;
  const show = (command: Command, path: string) => help(command.name === 'compose' ? { ...command, short: 'Define and run multi-container applications with Docker' } : command, path, columns);
  const globals = parse({ ...flags, version: bool('v', '', false, { hidden: true }) }, argv, false);
  for (const warning of globals.warnings) yield* cli.out(`${warning}\n`);
  const [name, ...rest] = globals.args;
  if (name === undefined || globals.help) {
    yield* cli.out(show(group, PATH));
    return 0;
  }
  const verb = verbs.find((each) => each.name === name || each.aliases?.includes(name));
  if (!verb) {
    yield* cli.out(show(group, PATH));
    throw new CliError(`unknown docker command: ${JSON.stringify(`compose ${name}`)}`);
  }
  const parsed = parse(verb.flags, verb.refused ? rest.filter((each) => each === '--help') : rest, !verb.stopAtArgument);
  for (const warning of parsed.warnings) yield* cli.out(`${warning}\n`);
  if (parsed.help) {
    yield* cli.out(show(leaf(verb), `${PATH} ${verb.name}`));
    return 0;
  }
  if (verb.args?.[1] === 0 && parsed.args.length) throw new CliError(`unknown command ${JSON.stringify(parsed.args[0])} for "${PATH} ${verb.name}"`);
  checkCount(verb, parsed.args.length);
  refuseUnsimulated(flags, globals, 'compose');
  refuseUnsimulated(verb.flags, parsed, `compose ${verb.name}`);
  const { progress } = globals.values as { progress: string };
  if (!['', 'auto', 'tty', 'plain', 'json', 'quiet'].includes(progress)) throw new CliError(`unsupported --progress value ${JSON.stringify(progress)}`);
  if (progress === 'json') throw notSimulated('compose --progress json');
  const session = new Session(cli, globals.values as unknown as ComposeOptions, borrowed);
  try {
    return (yield* verb.run(session, parsed.values, parsed.args, parsed.changed)) ?? 0;
  } finally {
    session.progress.close();
  }
}
