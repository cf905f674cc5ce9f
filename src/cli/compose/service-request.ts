// A service as a request to create its container.

import type { ContainerConfig, ContainerCreateRequest, HealthConfig, HostConfig, PortBinding } from '../../api/container.ts';
import { parseDuration } from '../flags/values.ts';
import { notSimulated } from '../errors.ts';
import { serviceHash } from './hash.ts';
import { label, VERSION } from './labels.ts';
import type { ServiceMounts } from './mounts.ts';
import { imageName, type Project, type Service, sorted } from './project.ts';

const orNull = <T>(items: readonly T[] | undefined): T[] | null => (items?.length ? [...items] : null);
const nanoseconds = (text: string | undefined): number => (text ? parseDuration(text) * 1e6 : 0);
const number = (value: unknown): number => Number(value ?? 0);

function health(service: Service): HealthConfig | undefined {
  const check = service['healthcheck'] as { disable?: boolean; test?: string[]; retries?: number; interval?: string; timeout?: string; start_period?: string; start_interval?: string } | undefined;
  if (!check) return undefined;
  const all = { Test: check.disable ? ['NONE'] : check.test, Interval: nanoseconds(check.interval), Timeout: nanoseconds(check.timeout), StartPeriod: nanoseconds(check.start_period), StartInterval: nanoseconds(check.start_interval), Retries: check.retries };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value)) as HealthConfig;
}

function restartPolicy(service: Service): HostConfig['RestartPolicy'] {
  const policy = service['deploy']?.restart_policy as { condition?: string; max_attempts?: number } | undefined;
  if (service['restart']) {
    const [Name = '', attempts] = String(service['restart']).split(':');
    return { Name, MaximumRetryCount: number(attempts) };
  }
  if (!policy) return { Name: 'no', MaximumRetryCount: 0 };
  const named: Record<string, string> = { none: 'no', 'on-failure': 'on-failure', 'unless-stopped': 'unless-stopped' };
  return { Name: named[policy.condition ?? ''] ?? 'always', MaximumRetryCount: number(policy.max_attempts) };
}

function ports(service: Service): Pick<HostConfig, 'PortBindings'> & Pick<ContainerConfig, 'ExposedPorts'> {
  const PortBindings: Record<string, PortBinding[]> = {};
  const ExposedPorts: Record<string, Record<string, never>> = {};
  // As they are written: `90` has no protocol then, and inspect shows it so.
  for (const text of service.expose ?? []) ExposedPorts[text] = {};
  for (const { target, protocol = 'tcp', host_ip: HostIp = '', published: HostPort = '' } of service.ports ?? []) {
    ExposedPorts[`${target}/${protocol}`] = {};
    (PortBindings[`${target}/${protocol}`] ??= []).push({ HostIp, HostPort });
  }
  return { PortBindings, ExposedPorts };
}

/** The networks of a service, the first one that it is created in. */
export function networkOrder(project: Project, service: Service): [key: string, name: string][] {
  return sorted(service.networks ?? {}).sort(([, a], [, b]) => (b?.priority ?? 0) - (a?.priority ?? 0)).map(([key]) => [key, project.networks[key]?.name ?? key]);
}

/** Of Docker's own limits; `deploy` gives way. */
function resources(service: Service): Partial<HostConfig> {
  const { limits = {}, reservations = {} } = (service['deploy']?.resources ?? {}) as Record<string, Record<string, unknown>>;
  const nofile = Object.entries((service['ulimits'] ?? {}) as Record<string, number | { soft: number; hard: number }>);
  const all: Partial<HostConfig> = {
    Memory: number(service['mem_limit'] ?? limits['memory']), MemoryReservation: number(service['mem_reservation'] ?? reservations['memory']),
    MemorySwap: number(service['memswap_limit']), MemorySwappiness: service['mem_swappiness'] === undefined ? undefined : number(service['mem_swappiness']),
    NanoCpus: Math.round(number(service['cpus'] ?? limits['cpus']) * 1e9), CpuShares: number(service['cpu_shares']), CpuPeriod: number(service['cpu_period']), CpuQuota: number(service['cpu_quota']),
    CpusetCpus: service['cpuset'] ?? '', PidsLimit: number(service['pids_limit'] ?? limits['pids']), BlkioWeight: number(service['blkio_config']?.weight),
    OomKillDisable: service['oom_kill_disable'], DeviceCgroupRules: service['device_cgroup_rules'],
    Devices: (service['devices'] as { source: string; target: string; permissions: string }[] | undefined)?.map((each) => ({ PathOnHost: each.source, PathInContainer: each.target, CgroupPermissions: each.permissions })),
    Ulimits: nofile.length ? nofile.map(([Name, limit]) => (typeof limit === 'number' ? { Name, Hard: limit, Soft: limit } : { Name, Hard: limit.hard, Soft: limit.soft })) : undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
}

/** Compose sends null where `docker run` sends empty lists, and inspect shows it. */
const NOTHING = Object.fromEntries(['BlkioWeightDevice', 'BlkioDeviceReadBps', 'BlkioDeviceWriteBps', 'BlkioDeviceReadIOps', 'BlkioDeviceWriteIOps', 'Devices', 'Ulimits'].map((key) => [key, null]));

const UNSIMULATED: readonly string[] = ['credential_spec', 'gpus', 'models', 'provider', 'post_start', 'pre_stop', 'use_api_socket', 'external_links', 'mac_address', 'isolation'];

export interface RequestOptions {
  readonly name: string;
  readonly number: number;
  readonly oneOff?: boolean;
  readonly autoRemove?: boolean;
  readonly attachStdin?: boolean;
  /** Of the network only when asked (`run`). */
  readonly aliases?: boolean;
  readonly replaced?: string;
  readonly imageId: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** @throws CliError for what is not simulated */
export function serviceRequest(project: Project, service: Service, mounts: ServiceMounts, options: RequestOptions): ContainerCreateRequest {
  const missing = UNSIMULATED.find((key) => service[key] !== undefined) ?? (service.links?.some((each) => each.includes(':')) ? 'links with an alias' : undefined);
  if (missing) throw notSimulated(`${missing} of a Compose service`);
  const { PortBindings, ExposedPorts } = ports(service);
  const environment = sorted(service.environment ?? {}).map(([key, value]) => (value === null ? key : `${key}=${value}`));
  const Healthcheck = health(service);
  const networks = networkOrder(project, service);
  const aliases = (key: string): string[] => [options.name, ...(options.aliases === false ? [] : [service.name]), ...(options.aliases === false ? [] : service.networks?.[key]?.aliases ?? [])];
  const dependencies = sorted(service.depends_on ?? {}).map(([name, each]) => `${name}:${each.condition}:${each.restart ?? false}`).join(',');
  const Labels: Record<string, string> = {
    ...service.labels, ...options.labels,
    [label('project')]: project.name, [label('service')]: service.name, [label('oneoff')]: options.oneOff ? 'True' : 'False', [label('config-hash')]: serviceHash(service),
    [label('container-number')]: String(options.number), [label('depends_on')]: dependencies, [label('image')]: options.imageId, [label('version')]: VERSION,
    [label('project.working_dir')]: project.directory, [label('project.config_files')]: project.files.join(','),
    ...(options.replaced && { [label('replace')]: options.replaced }),
    ...(options.oneOff && { [label('slug')]: options.name.split('-').at(-1)! }),
  };
  const stop = service.stop_grace_period;
  const Config: Partial<ContainerConfig> = {
    Hostname: service['hostname'] ?? '', Domainname: service['domainname'] ?? '', User: service['user'] ?? '', AttachStdin: options.attachStdin ?? false, AttachStdout: true, AttachStderr: true,
    ...(Object.keys(ExposedPorts!).length && { ExposedPorts }), Tty: service['tty'] ?? false, OpenStdin: service['stdin_open'] ?? false, StdinOnce: (options.attachStdin ?? false) && (service['stdin_open'] ?? false),
    Env: orNull(environment), Cmd: service.command ?? null, ...(Healthcheck && { Healthcheck }), Image: imageName(project, service), Volumes: null, WorkingDir: service['working_dir'] ?? '',
    Entrypoint: service.entrypoint ?? null, OnBuild: null, Labels, ...(service['stop_signal'] && { StopSignal: service['stop_signal'] }), ...(stop !== undefined && { StopTimeout: Math.trunc(parseDuration(stop) / 1000) }),
  };
  const security = (service['security_opt'] ?? []) as string[];
  const logging = service['logging'] as { driver?: string; options?: Record<string, string> } | undefined;
  const HostConfig: Partial<HostConfig> = {
    Binds: orNull(mounts.binds), ...(mounts.mounts.length && { Mounts: [...mounts.mounts] }), AutoRemove: options.autoRemove ?? false,
    LogConfig: { Type: logging?.driver ?? '', Config: logging?.options ?? null }, NetworkMode: service.network_mode ?? networks[0]?.[1] ?? 'none', PortBindings, RestartPolicy: restartPolicy(service),
    VolumesFrom: orNull(service.volumes_from), CapAdd: orNull(service['cap_add']), CapDrop: orNull(service['cap_drop']), CgroupnsMode: service['cgroup'] ?? '', CgroupParent: service['cgroup_parent'] ?? '',
    Dns: orNull(service['dns']), DnsOptions: orNull(service['dns_opt']), DnsSearch: orNull(service['dns_search']), ExtraHosts: ((service['extra_hosts'] ?? []) as string[]).map((each) => each.replace('=', ':')),
    GroupAdd: orNull(service['group_add']), IpcMode: service['ipc'] ?? '', OomScoreAdj: number(service['oom_score_adj']), PidMode: service['pid'] ?? '', Privileged: service['privileged'] ?? false,
    ReadonlyRootfs: service['read_only'] ?? false, SecurityOpt: orNull(security), ShmSize: number(service['shm_size']), UTSMode: service['uts'] ?? '', UsernsMode: service['userns_mode'] ?? '', Runtime: service['runtime'] ?? '',
    ...(service['storage_opt'] && { StorageOpt: service['storage_opt'] }), ...(service['sysctls'] && { Sysctls: service['sysctls'] }), ...(service['annotations'] && { Annotations: service['annotations'] }),
    ...(service['init'] !== undefined && { Init: service['init'] }), ...(service.tmpfs?.length && { Tmpfs: Object.fromEntries(service.tmpfs.map((spec) => [spec.split(':')[0], spec.split(':').slice(1).join(':')])) }),
    ...NOTHING, ...resources(service),
  };
  const EndpointsConfig = service.network_mode ? undefined : Object.fromEntries(networks.map(([key, name]) => {
    const address = service.networks?.[key]?.ipv4_address;
    return [name, { Aliases: aliases(key), ...(address && { IPAMConfig: { IPv4Address: address } }) }];
  }));
  return { name: options.name, Config, HostConfig, ...(EndpointsConfig && { NetworkingConfig: { EndpointsConfig } }), ...(service['platform'] && { platform: service['platform'] }) };
}
