// From the flags of `create` and `run` to the request: docker/cli's container `parse`.

import type { ContainerConfig, ContainerCreateRequest, HealthConfig, HostConfig } from '../../api/container.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { CliError } from '../errors.ts';
import { dateTime } from '../go.ts';
import type { FlagValues } from '../flags/flag.ts';
import { FlagValueError } from '../flags/flag.ts';
import { cut, keyValues, parseInteger } from '../flags/values.ts';
import type { containerFlags, resourceFlags } from './container-flags.ts';
import { parseDevice } from './device.ts';
import { NONRECURSIVE } from './mount.ts';
import { readKeyValues } from './env-file.ts';
import { networkConfig } from './network.ts';
import { parsePorts } from './ports.ts';
import { volumeSource } from './volume-spec.ts';

export type ContainerFlags = FlagValues<typeof containerFlags>;

const fail = (message: string): never => {
  throw new CliError(message);
};
const orNull = <T>(items: readonly T[]): T[] | null => (items.length ? [...items] : null);

/** `on-failure:3`. @throws CliError */
export function restartPolicy(text: string): HostConfig['RestartPolicy'] {
  const [name, count, hasCount] = cut(text, ':');
  if (hasCount && !name) fail('invalid restart policy format: no policy provided before colon');
  let retries = 0;
  if (count) {
    try {
      retries = parseInteger(count);
    } catch (error) {
      if (error instanceof FlagValueError) fail('invalid restart policy format: maximum retry count must be an integer');
      throw error;
    }
  }
  return { Name: name, MaximumRetryCount: retries };
}

/** The limits that were given. */
export function resources(f: FlagValues<typeof resourceFlags>): Partial<HostConfig> {
  const all: Record<string, unknown> = {
    BlkioWeight: f['blkio-weight'], CpuPeriod: f['cpu-period'], CpuQuota: f['cpu-quota'], CpuShares: f['cpu-shares'], NanoCpus: f.cpus,
    CpusetCpus: f['cpuset-cpus'], CpusetMems: f['cpuset-mems'], Memory: f.memory, MemoryReservation: f['memory-reservation'], MemorySwap: f['memory-swap'],
    PidsLimit: f['pids-limit'],
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

function health(f: ContainerFlags): HealthConfig | undefined {
  const timing = { Interval: f['health-interval'], Timeout: f['health-timeout'], StartPeriod: f['health-start-period'], StartInterval: f['health-start-interval'], Retries: f['health-retries'] };
  const given = f['health-cmd'] !== '' || Object.values(timing).some(Boolean);
  if (f['no-healthcheck']) return given ? fail('--no-healthcheck conflicts with --health-* options') : { Test: ['NONE'] };
  if (!given) return undefined;
  const names = { Interval: 'interval', Timeout: 'timeout', Retries: 'retries', StartPeriod: 'start-period', StartInterval: 'start-interval' } as const;
  for (const [key, name] of Object.entries(names)) if (timing[key as keyof typeof names] < 0) fail(`--health-${name} cannot be negative`);
  const config: Record<string, unknown> = f['health-cmd'] ? { Test: ['CMD-SHELL', f['health-cmd']] } : {};
  for (const [key, value] of Object.entries(timing)) if (value) config[key] = key === 'Retries' ? value : value * 1e6;
  return config as HealthConfig;
}

function* securityOptions(cli: Cli, options: readonly string[]): Task<string[]> {
  const out: string[] = [];
  for (const option of options) {
    let [key, value, pair] = cut(option, '=');
    if (!pair && key !== 'no-new-privileges') {
      if (!option.includes(':')) fail(`Invalid --security-opt: ${JSON.stringify(option)}`);
      [key, value, pair] = cut(option, ':');
    }
    if (key === 'seccomp' && value !== 'unconfined' && value !== 'builtin') {
      let profile = '';
      try {
        profile = yield* cli.readText(value);
      } catch (error) {
        if (error instanceof CliError) fail(`opening seccomp profile (${value}) failed: ${error.message}`);
        throw error;
      }
      out.push(`seccomp=${profile}`);
    } else if (option !== 'systempaths=unconfined') out.push(option);
  }
  return out;
}

/** @param args image, command, arguments. @throws CliError */
export function* containerRequest(cli: Cli, f: ContainerFlags, changed: ReadonlySet<string>, args: readonly string[]): Task<ContainerCreateRequest> {
  const swappiness = f['memory-swappiness'];
  if (swappiness !== -1 && (swappiness < 0 || swappiness > 100)) fail(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`);
  if (f.mount.length && f['volume-driver']) {
    yield* cli.err('WARNING: `--volume-driver` is ignored for volumes specified via `--mount`. Use `--mount type=volume,volume-driver=...` instead.\n');
  }
  for (const mount of f.mount) {
    if (NONRECURSIVE.has(mount)) yield* cli.err(`time="${dateTime(cli.sys.now())}Z" level=warning msg="bind-nonrecursive is deprecated, use bind-recursive=disabled instead"\n`);
  }
  const binds: string[] = [];
  const volumes: Record<string, Record<string, never>> = {};
  for (const spec of new Set(f.volume)) {
    if (!volumeSource(spec)) {
      volumes[spec] = {};
      continue;
    }
    const [host, rest] = cut(spec, ':');
    binds.push(host.startsWith('.') ? `${cli.absolute(host)}:${rest}` : spec);
  }
  const mounts = f.mount.map((mount) =>
    mount.Source?.startsWith('.') ? { ...mount, Source: cli.absolute(mount.Source) } : mount);
  const tmpfs = Object.fromEntries(f.tmpfs.map((spec) => cut(spec, ':')));
  const { exposed, bindings } = parsePorts(f.publish, f.expose);
  const devices = f.device.map(parseDevice);
  const env = yield* readKeyValues(cli, f['env-file'], f.env, cli.sys.env);
  const labels = keyValues(yield* readKeyValues(cli, f['label-file'], f.label));
  if (f.pid && f.pid !== 'host' && !/^container:.+/.test(f.pid)) fail('--pid: invalid PID mode');
  if (f.uts && f.uts !== 'host') fail('--uts: invalid UTS mode');
  if (f.userns && f.userns !== 'host') fail('--userns: invalid USER mode');
  if (f.cgroupns && f.cgroupns !== 'host' && f.cgroupns !== 'private') fail('--cgroupns: invalid CGROUP mode');
  const restart = restartPolicy(f.restart);
  if (f['log-driver'] === 'none' && f['log-opt'].length) fail('invalid logging opts for driver none');
  const security = yield* securityOptions(cli, f['security-opt']);
  const unconfined = f['security-opt'].includes('systempaths=unconfined');
  const storage: Record<string, string> = {};
  for (const option of f['storage-opt']) {
    const [key, value, pair] = cut(option, '=');
    if (!pair) fail('invalid storage option');
    storage[key] = value;
  }
  const healthcheck = health(f);
  if (f.rm && restart.Name && restart.Name !== 'no') fail('conflicting options: cannot specify both --restart and --rm');
  const { mode, config: networking } = networkConfig(f.network, f['network-alias']);

  const attach = { stdin: f.interactive || f.attach.includes('stdin'), stdout: !f.attach.length || f.attach.includes('stdout'), stderr: !f.attach.length || f.attach.includes('stderr') };
  const Config: Partial<ContainerConfig> = {
    Hostname: f.hostname, Domainname: f.domainname, User: f.user, AttachStdin: attach.stdin, AttachStdout: attach.stdout, AttachStderr: attach.stderr,
    ...(Object.keys(exposed).length ? { ExposedPorts: exposed } : {}),
    Tty: f.tty, OpenStdin: f.interactive, StdinOnce: f.interactive && attach.stdin,
    Env: orNull(env), Cmd: orNull(args.slice(1)), ...(healthcheck && { Healthcheck: healthcheck }), Image: args[0]!,
    Volumes: Object.keys(volumes).length ? volumes : null, WorkingDir: f.workdir,
    Entrypoint: f.entrypoint ? [f.entrypoint] : changed.has('entrypoint') ? [''] : null,
    OnBuild: null, Labels: labels,
    ...(changed.has('stop-signal') && { StopSignal: f['stop-signal'] }), ...(changed.has('stop-timeout') && { StopTimeout: f['stop-timeout'] }),
  };
  const HostConfig: Partial<HostConfig> = {
    Binds: orNull(binds), ContainerIDFile: f.cidfile, LogConfig: { Type: f['log-driver'], Config: keyValues(f['log-opt']) }, NetworkMode: mode,
    PortBindings: bindings, RestartPolicy: restart, AutoRemove: f.rm, VolumeDriver: f['volume-driver'], VolumesFrom: orNull(f['volumes-from']),
    ConsoleSize: [0, 0], CapAdd: orNull(f['cap-add']), CapDrop: orNull(f['cap-drop']), CgroupnsMode: f.cgroupns,
    Dns: f.dns, DnsOptions: f['dns-option'], DnsSearch: f['dns-search'], ExtraHosts: orNull(f['add-host']), GroupAdd: orNull(f['group-add']),
    IpcMode: f.ipc, OomScoreAdj: f['oom-score-adj'], PidMode: f.pid, Privileged: f.privileged, PublishAllPorts: f['publish-all'], ReadonlyRootfs: f['read-only'], ...(f.isolation && { Isolation: f.isolation }), ...(f.runtime && { Runtime: f.runtime }),
    SecurityOpt: orNull(security), UTSMode: f.uts, UsernsMode: f.userns, ShmSize: f['shm-size'],
    ...(Object.keys(storage).length ? { StorageOpt: storage } : {}), ...(f.tmpfs.length ? { Tmpfs: tmpfs } : {}), ...(mounts.length ? { Mounts: mounts } : {}),
    ...(Object.keys(f.annotation).length ? { Annotations: f.annotation } : {}), ...(Object.keys(f.sysctl).length ? { Sysctls: f.sysctl } : {}),
    ...resources(f), ...(devices.length ? { Devices: devices } : {}), ...(f['device-cgroup-rule'].length ? { DeviceCgroupRules: f['device-cgroup-rule'] } : {}),
    ...(f.ulimit.length ? { Ulimits: f.ulimit } : {}), ...(swappiness === -1 ? {} : { MemorySwappiness: swappiness }), ...(f['oom-kill-disable'] && { OomKillDisable: true }),
    ...(unconfined && { MaskedPaths: [], ReadonlyPaths: [] }), ...(changed.has('init') && { Init: f.init }),
  };
  return { ...(f.name && { name: f.name }), Config, HostConfig, ...(networking && { NetworkingConfig: networking }), ...(f.platform && { platform: f.platform }) };
}
