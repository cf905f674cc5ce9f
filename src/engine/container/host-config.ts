// The host config of a new container: defaults filled in, in the order that inspect prints, and the refusals of what cannot be.

import type { ContainerConfig, HostConfig, RestartPolicy } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { checkLogConfig } from '../log/log-options.ts';
import { CAPABILITIES } from './capabilities.ts';
import { parseSignal } from './signals.ts';
import { sortedKeys } from './merge-config.ts';

const MASKED_PATHS = ['/proc/asound', '/proc/acpi', '/proc/interrupts', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware', '/sys/devices/virtual/powercap'];
const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** `undefined` marks a field that inspect leaves out when it was not asked for. */
const DEFAULTS = (): Record<string, unknown> => ({
  Binds: null, ContainerIDFile: '', LogConfig: { Type: 'json-file', Config: {} }, NetworkMode: 'bridge', PortBindings: {},
  RestartPolicy: { Name: 'no', MaximumRetryCount: 0 }, AutoRemove: false, VolumeDriver: '', VolumesFrom: null, ConsoleSize: [0, 0],
  Annotations: undefined, CapAdd: null, CapDrop: null, CgroupnsMode: 'host', Dns: [], DnsOptions: [], DnsSearch: [], ExtraHosts: null,
  GroupAdd: null, IpcMode: 'private', Cgroup: '', Links: null, OomScoreAdj: 0, PidMode: '', Privileged: false, PublishAllPorts: false,
  ReadonlyRootfs: false, SecurityOpt: null, StorageOpt: undefined, Tmpfs: undefined, UTSMode: '', UsernsMode: '', ShmSize: 67108864,
  Sysctls: undefined, Runtime: 'runc', Isolation: '', CpuShares: 0, Memory: 0, NanoCpus: 0, CgroupParent: '', BlkioWeight: 0,
  BlkioWeightDevice: [], BlkioDeviceReadBps: [], BlkioDeviceWriteBps: [], BlkioDeviceReadIOps: [], BlkioDeviceWriteIOps: [],
  CpuPeriod: 0, CpuQuota: 0, CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0, CpusetCpus: '', CpusetMems: '', Devices: [],
  DeviceCgroupRules: null, DeviceRequests: null, MemoryReservation: 0, MemorySwap: 0, MemorySwappiness: null, OomKillDisable: false,
  PidsLimit: null, Ulimits: [], CpuCount: 0, CpuPercent: 0, IOMaximumIOps: 0, IOMaximumBandwidth: 0, Mounts: undefined,
  MaskedPaths: MASKED_PATHS, ReadonlyPaths: READONLY_PATHS, Init: undefined,
});

/** Fields for which an empty string or 0 in the request means the default. */
const EMPTY_IS_DEFAULT = new Set(['NetworkMode', 'IpcMode', 'CgroupnsMode', 'Runtime', 'ShmSize']);

export function completeHostConfig(asked: Partial<HostConfig>): HostConfig {
  const config = DEFAULTS();
  for (const [key, value] of Object.entries(asked)) {
    // A list that was sent as null stays null: what Compose sends, unlike `docker run`.
    if (value === null && Array.isArray(config[key])) config[key] = null;
    if (value === undefined || value === null || (EMPTY_IS_DEFAULT.has(key) && !value)) continue;
    config[key] = value;
  }
  const complete = config as unknown as HostConfig;
  complete.LogConfig = { Type: complete.LogConfig.Type || 'json-file', Config: complete.LogConfig.Config ?? {} };
  complete.RestartPolicy = { Name: complete.RestartPolicy.Name || 'no', MaximumRetryCount: complete.RestartPolicy.MaximumRetryCount ?? 0 };
  if (complete.NetworkMode === 'default') complete.NetworkMode = 'bridge';
  if (complete.Memory > 0 && !complete['MemorySwap']) complete['MemorySwap'] = complete.Memory * 2;
  complete.PortBindings = sortedKeys(complete.PortBindings ?? {}) ?? {};
  if (complete.Tmpfs) complete.Tmpfs = sortedKeys(complete.Tmpfs) ?? {};
  for (const key of ['CapAdd', 'CapDrop'] as const) complete[key] = complete[key]?.map(capability) ?? null;
  if (complete.Privileged) {
    complete.MaskedPaths = null;
    complete.ReadonlyPaths = null;
    complete.SecurityOpt ??= ['label=disable'];
  }
  for (const key of Object.keys(config)) if (config[key] === undefined) delete config[key];
  return complete;
}

const capability = (name: string) => (name.toUpperCase() === 'ALL' ? 'ALL' : `CAP_${name.toUpperCase().replace(/^CAP_/, '')}`);

const invalid = (message: string) => new ApiError('invalidParameter', message);

/** @throws invalidParameter, in the order in which the daemon looks */
export function checkHostConfig(config: ContainerConfig, host: HostConfig, processors: number): void {
  if (config.StopSignal) parseSignal(config.StopSignal);
  checkHealth(config);
  checkRestartPolicy(host.RestartPolicy);
  if (host.AutoRemove && host.RestartPolicy.Name !== 'no') throw invalid("can't create 'AutoRemove' container with restart policy");
  for (const extra of host.ExtraHosts ?? []) if (!extra.includes(':')) throw invalid(`bad format for add-host: "${extra}"`);
  for (const [field, names] of [['CapAdd', host.CapAdd], ['CapDrop', host.CapDrop]] as const) {
    const unknown = names?.find((name) => name !== 'ALL' && !CAPABILITIES.includes(name));
    if (unknown) throw invalid(`invalid ${field}: unknown capability: "${unknown}"`);
  }
  if (!/^(|none|private|shareable|host|container:.+)$/.test(host.IpcMode)) throw invalid(`invalid IPC mode: ${host.IpcMode}`);
  if (host.PidMode && !/^(host|container:.+)$/.test(host.PidMode)) throw invalid(`invalid PID mode: ${host.PidMode}`);
  checkResources(host, processors);
  if (host.CpuShares < 0) throw invalid(`invalid CPU shares (${host.CpuShares}): value must be a positive integer`);
  if (!['runc', 'io.containerd.runc.v2'].includes(host.Runtime)) throw invalid(`unknown or invalid runtime name: ${host.Runtime}`);
  if (host.ShmSize < 0) throw invalid('SHM size can not be less than 0');
  checkLogConfig(host.LogConfig);
  if (Math.abs(host.OomScoreAdj) > 1000) throw invalid(`Invalid value ${host.OomScoreAdj}, range for oom score adj is [-1000, 1000]`);
  for (const key of Object.keys(host.StorageOpt ?? {})) {
    if (key !== 'size') throw new ApiError('system', `Unknown option ${key}`);
    throw new ApiError('system', "--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
  }
  if (!['', 'default'].includes(host.Isolation)) throw invalid(`invalid isolation (${host.Isolation}): linux only supports 'default'`);
  if (host.Links?.length) throw new ApiError('notSimulated', '--link is not simulated: containers of one user-made network find each other by name');
  if (Object.keys(host['Sysctls'] ?? {}).length) throw new ApiError('notSimulated', '--sysctl is not simulated: the kernel here has no settings to change');
  for (const [flag, mode] of [['--pid', host.PidMode], ['--ipc', host.IpcMode]] as const) {
    if (mode.startsWith('container:')) throw new ApiError('notSimulated', `${flag} ${mode} is not simulated: a namespace of its own, and ${flag} host, are`);
  }
}

/** What limits alone can be wrong about; an update may give swap without memory. @throws invalidParameter */
export function checkResources(host: Partial<HostConfig>, processors: number, update = false): void {
  const value = (key: string): number => Number(host[key] ?? 0);
  const [memory, swap, reservation, nano, period, quota] = ['Memory', 'MemorySwap', 'MemoryReservation', 'NanoCpus', 'CpuPeriod', 'CpuQuota'].map(value) as [number, number, number, number, number, number];
  const cpus = String(host['CpusetCpus'] ?? '');
  const rules: readonly [unknown, string][] = [
    [memory && memory < 6291456, 'Minimum memory limit allowed is 6MB'],
    [memory && swap > 0 && swap < memory, 'Minimum memoryswap limit should be larger than memory limit, see usage'],
    [!memory && swap > 0 && !update, 'You should always set the Memory limit when using Memoryswap limit, see usage'],
    [reservation && reservation < 6291456, 'Minimum memory reservation allowed is 6MB'],
    [memory && reservation > memory, 'Minimum memory limit can not be less than memory reservation limit, see usage'],
    [nano && period, 'Conflicting options: Nano CPUs and CPU Period cannot both be set'],
    [nano && quota, 'Conflicting options: Nano CPUs and CPU Quota cannot both be set'],
    [nano < 0 || nano > processors * 1e9, `range of CPUs is from 0.01 to ${processors}.00, as there are only ${processors} CPUs available`],
    [period && (period < 1000 || period > 1e6), 'CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)'],
    [quota > 0 && quota < 1000, 'CPU cfs quota can not be less than 1ms (i.e. 1000)'],
    [cpus && cpus.split(/[,-]/).some((cpu) => Number(cpu) >= processors), `Requested CPUs are not available - requested ${cpus}, available: 0-${processors - 1}`],
  ];
  const broken = rules.find(([holds]) => holds);
  if (broken) throw invalid(broken[1]);
}

function checkHealth({ Healthcheck: health }: ContainerConfig): void {
  if (!health) return;
  for (const key of ['Interval', 'Timeout', 'StartPeriod'] as const) {
    const value = health[key] ?? 0;
    if (value && value < 1e6) throw invalid(`${key} in Healthcheck cannot be less than 1ms`);
  }
  if ((health.Retries ?? 0) < 0) throw invalid('Retries in Healthcheck cannot be negative');
}

/** @throws invalidParameter */
export function checkRestartPolicy({ Name, MaximumRetryCount }: RestartPolicy): void {
  if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(Name)) {
    throw invalid(`invalid restart policy: unknown policy '${Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`);
  }
  if (Name === 'on-failure' ? MaximumRetryCount < 0 : MaximumRetryCount !== 0) {
    const text = MaximumRetryCount < 0 ? 'maximum retry count cannot be negative' : "maximum retry count can only be used with 'on-failure'";
    throw invalid(`invalid restart policy: ${Name !== 'on-failure' && MaximumRetryCount < 0 ? "maximum retry count can only be used with 'on-failure' and cannot be negative" : text}`);
  }
}
