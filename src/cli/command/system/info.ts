// `docker system info`.

import type { SystemInfo } from '../../../api/system.ts';
import { ApiError } from '../../../api/errors.ts';
import type { Task } from '../../../base/task.ts';
import type { Cli } from '../../cli.ts';
import { command, noArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';
import { inspectFormat } from '../../flags/values.ts';
import { bytesSize } from '../../formatter/units.ts';
import { compile, execute } from '../../template/execute.ts';
import { TemplateError } from '../../template/parse.ts';
import { structOf } from '../../template/typed.ts';
import { CLIENT, PLUGINS } from '../../version.ts';

const ClientInfo = {
  Debug: false, Version: CLIENT.Version, GitCommit: CLIENT.GitCommit, GoVersion: CLIENT.GoVersion, Os: CLIENT.Os, Arch: CLIENT.Arch, BuildTime: CLIENT.BuildTime,
  Context: CLIENT.Context, Plugins: PLUGINS, Warnings: null,
};

export const info = command({
  name: 'info', usage: '[OPTIONS]', short: 'Display system-wide information', fullNames: 'docker system info, docker info', args: noArgs, top: 13,
  flags: { format: inspectFormat() },
  *run(cli, f) {
    let server: SystemInfo = {};
    let failure = '';
    try {
      server = yield* cli.engine.info();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failure = errorText(error);
    }
    if (f.format) return yield* formatted(cli, f.format, { ...server, ClientInfo });
    yield* cli.out(`${client()}\nServer:\n${failure ? '' : serverText(server)}`);
    if (failure) throw new CliError(failure);
    yield* cli.out('\n');
    return 0;
  },
});

function* formatted(cli: Cli, format: string, all: object): Task<number> {
  if (format === 'json') {
    yield* cli.out(JSON.stringify(all) + '\n');
    return 0;
  }
  try {
    const template = compile(format);
    yield* cli.out(execute(template, structOf('system.dockerInfo', all)) + '\n');
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const partial = (error as TemplateError & { partial?: string }).partial;
    if (partial === undefined) throw new CliError(`template parsing error: ${error.message}`, 64);
    yield* cli.out(partial + '\n');
    throw new CliError(error.message);
  }
  return 0;
}

const client = (): string => `Client:
 Version:    ${CLIENT.Version}
 Context:    ${CLIENT.Context}
 Debug Mode: false
 Plugins:
${PLUGINS.map(({ Name, ShortDescription, Vendor, Version, Path }) => `  ${Name}: ${ShortDescription} (${Vendor})\n    Version:  ${Version}\n    Path:     ${Path}\n`).join('')}`;

function serverText(info: SystemInfo): string {
  const at = (path: string): unknown => path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], info);
  const out: string[] = [];
  const line = (indent: number, name: string, value: unknown) => out.push(`${' '.repeat(indent)}${name}: ${String(value ?? '')}`);
  const list = (name: string, items: unknown) => {
    const all = (items ?? []) as string[];
    if (all.length) out.push(` ${name}:`, ...all.map((item) => `  ${item}`));
  };
  line(1, 'Containers', info['Containers']);
  for (const name of ['Running', 'Paused', 'Stopped']) line(2, name, info[`Containers${name}`]);
  line(1, 'Images', info['Images']);
  line(1, 'Server Version', info['ServerVersion']);
  line(1, 'Storage Driver', info['Driver']);
  for (const [name, value] of (info['DriverStatus'] ?? []) as [string, string][]) line(2, name, value);
  line(1, 'Logging Driver', info['LoggingDriver']);
  line(1, 'Cgroup Driver', info['CgroupDriver']);
  line(1, 'Cgroup Version', info['CgroupVersion']);
  out.push(' Plugins:');
  for (const name of ['Volume', 'Network', 'Log']) line(2, name, ((at(`Plugins.${name}`) ?? []) as string[]).join(' '));
  list('CDI spec directories', info['CDISpecDirs']);
  line(1, 'Swarm', at('Swarm.LocalNodeState'));
  line(1, 'Runtimes', Object.keys((info['Runtimes'] ?? {}) as object).toSorted().join(' '));
  line(1, 'Default Runtime', info['DefaultRuntime']);
  line(1, 'Init Binary', info['InitBinary']);
  line(1, 'containerd version', at('ContainerdCommit.ID'));
  line(1, 'runc version', at('RuncCommit.ID'));
  line(1, 'init version', at('InitCommit.ID'));
  out.push(' Security Options:');
  for (const option of (info['SecurityOptions'] ?? []) as string[]) {
    const parts = option.split(',').map((part) => part.split('='));
    out.push(`  ${parts[0]![1]}`, ...parts.slice(1).map(([key, value]) => `   ${key![0]!.toUpperCase()}${key!.slice(1)}: ${value}`));
  }
  line(1, 'Kernel Version', info['KernelVersion']);
  line(1, 'Operating System', info['OperatingSystem']);
  line(1, 'OSType', info['OSType']);
  line(1, 'Architecture', info['Architecture']);
  line(1, 'CPUs', info['NCPU']);
  line(1, 'Total Memory', bytesSize(Number(info['MemTotal'] ?? 0)));
  line(1, 'Name', info['Name']);
  line(1, 'ID', info['ID']);
  line(1, 'Docker Root Dir', info['DockerRootDir']);
  line(1, 'Debug Mode', info['Debug']);
  line(1, 'Experimental', info['ExperimentalBuild']);
  list('Insecure Registries', at('RegistryConfig.InsecureRegistryCIDRs'));
  line(1, 'Live Restore Enabled', info['LiveRestoreEnabled']);
  return out.join('\n') + '\n';
}
