// The API's objects as the Go structs that templates see: absent fields have zero values, names are Go's, printing follows the struct.

import { dateTime, parseTime } from '../go.ts';
import { isMap, Nil, print, Stringer, Struct } from './value.ts';

/**
 * Field by field: `Name` a string, `?` bool, `#` int, `~` duration, `@` time, `{}` map, `[]` slice, `*` pointer, `.` struct,
 * each of the last four with the type of what it holds; `Go=Json` where the wire has another name; `( )` an embedded struct.
 */
const TYPES: Record<string, string> = {
  'container.InspectResponse': `(* ID=Id Created Path Args[] State*State Image ResolvConfPath HostnamePath HostsPath LogPath Name RestartCount# Driver Platform
    MountLabel ProcessLabel AppArmorProfile ExecIDs[] HostConfig*HostConfig GraphDriver.GraphDriver SizeRw* SizeRootFs* )
    Mounts[]MountPoint Config*Config NetworkSettings*NetworkSettings ImageManifestDescriptor*`,
  Empty: '',
  State: 'Status Running? Paused? Restarting? OOMKilled? Dead? Pid# ExitCode# Error StartedAt FinishedAt Health*Health',
  Health: 'Status FailingStreak# Log[]',
  Config: `Hostname Domainname User AttachStdin? AttachStdout? AttachStderr? ExposedPorts{}Empty Tty? OpenStdin? StdinOnce? Env[] Cmd[] Healthcheck*HealthConfig
    ArgsEscaped? Image Volumes{}Empty WorkingDir Entrypoint[] NetworkDisabled? MacAddress OnBuild[] Labels{} StopSignal StopTimeout* Shell[]`,
  HealthConfig: 'Test[] Interval~ Timeout~ StartPeriod~ StartInterval~ Retries#',
  HostConfig: `Binds[] ContainerIDFile LogConfig.LogConfig NetworkMode PortBindings{}PortBinding RestartPolicy.RestartPolicy AutoRemove? VolumeDriver VolumesFrom[]
    ConsoleSize[] Annotations{} CapAdd[] CapDrop[] CgroupnsMode DNS=Dns[] DNSOptions=DnsOptions[] DNSSearch=DnsSearch[] ExtraHosts[] GroupAdd[] IpcMode Cgroup
    Links[] OomScoreAdj# PidMode Privileged? PublishAllPorts? ReadonlyRootfs? SecurityOpt[] StorageOpt{} Tmpfs{} UTSMode UsernsMode ShmSize# Sysctls{} Runtime
    Isolation ( CPUShares=CpuShares# Memory# NanoCPUs=NanoCpus# CgroupParent BlkioWeight# BlkioWeightDevice[] BlkioDeviceReadBps[] BlkioDeviceWriteBps[]
    BlkioDeviceReadIOps[] BlkioDeviceWriteIOps[] CPUPeriod=CpuPeriod# CPUQuota=CpuQuota# CPURealtimePeriod=CpuRealtimePeriod#
    CPURealtimeRuntime=CpuRealtimeRuntime# CpusetCpus CpusetMems Devices[] DeviceCgroupRules[] DeviceRequests[] KernelMemory# KernelMemoryTCP#
    MemoryReservation# MemorySwap# MemorySwappiness* OomKillDisable* PidsLimit* Ulimits[]Ulimit CPUCount=CpuCount# CPUPercent=CpuPercent# IOMaximumIOps#
    IOMaximumBandwidth# ) Mounts[]Mount MaskedPaths[] ReadonlyPaths[] Init*`,
  LogConfig: 'Type Config{}',
  Ulimit: 'Name Hard# Soft#',
  RestartPolicy: 'Name MaximumRetryCount#',
  PortBinding: 'HostIP=HostIp HostPort',
  GraphDriver: 'Data{} Name',
  Mount: 'Type Source Target ReadOnly? Consistency BindOptions* VolumeOptions* ImageOptions* TmpfsOptions* ClusterOptions*',
  MountPoint: 'Type Name Source Destination Driver Mode RW? Propagation',
  NetworkSettings: `( Bridge SandboxID SandboxKey Ports{}PortBinding HairpinMode? LinkLocalIPv6Address LinkLocalIPv6PrefixLen# SecondaryIPAddresses[]
    SecondaryIPv6Addresses[] ) ( EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen# IPAddress IPPrefixLen# IPv6Gateway MacAddress ) Networks{}Endpoint`,
  Endpoint: `IPAMConfig* Links[] Aliases[] MacAddress DriverOpts{} GwPriority# NetworkID EndpointID Gateway IPAddress IPPrefixLen# IPv6Gateway GlobalIPv6Address
    GlobalIPv6PrefixLen# DNSNames[]`,
  'volume.Volume': 'ClusterVolume* CreatedAt Driver Labels{} Mountpoint Name Options{} Scope Status{} UsageData*UsageData',
  UsageData: 'RefCount# Size#',
  'image.InspectResponse': `ID=Id RepoTags[] RepoDigests[] Parent Comment Created Container ContainerConfig* DockerVersion Author Config*ImageConfig Architecture
    Variant Os OsVersion Size# VirtualSize# GraphDriver.GraphDriver RootFS.RootFS Metadata.Metadata`,
  ImageConfig: `( User ExposedPorts{}Empty Env[] Entrypoint[] Cmd[] Volumes{}Empty WorkingDir Labels{} StopSignal ArgsEscaped? )
    ( Healthcheck*HealthConfig OnBuild[] Shell[] )`,
  RootFS: 'Type Layers[]',
  Metadata: 'LastTagTime@',
  'network.Inspect': `Name ID=Id Created@ Scope Driver EnableIPv4? EnableIPv6? IPAM.IPAM Internal? Attachable? Ingress? ConfigFrom.ConfigFrom ConfigOnly?
    Containers{}EndpointResource Options{} Labels{} Peers[] Services{}`,
  IPAM: 'Driver Options{} Config[]IPAMConfig',
  IPAMConfig: 'Subnet IPRange Gateway AuxAddress=AuxiliaryAddresses{}',
  ConfigFrom: 'Network',
  EndpointResource: 'Name EndpointID MacAddress IPv4Address IPv6Address',
  'events.Message': 'Status=status ID=id From=from Type Action Actor.Actor Scope=scope Time=time# TimeNano=timeNano#',
  Actor: 'ID Attributes{}',
};

const ADDRESSED = new Set(['Endpoint']);
/** Types that `json` writes in their own order, not in the wire's; of these one leaves out what is empty. */
const REORDERED: Readonly<Record<string, 'whole' | 'omitempty'>> = { 'image.InspectResponse': 'whole', ImageConfig: 'omitempty', HealthConfig: 'omitempty' };

/** @param type a key of the table above, such as `container.InspectResponse` */
export function typed(type: string, json: unknown, pointer = false): Struct {
  const object = (isMap(json) ? json : {}) as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  const layout: unknown[][] = [[]];
  const order = REORDERED[type];
  const ordered: Record<string, unknown> = {};
  for (const word of TYPES[type]!.split(/\s+/).filter(Boolean)) {
    if (word === '(' || word === '(*') {
      layout.push([]);
      if (word === '(*') layout.at(-1)!.push(new Stringer('0xc000128000', null));
      continue;
    }
    if (word === ')') {
      const group = layout.pop()!;
      layout.at(-1)!.push(group[0] instanceof Stringer ? group[0] : new Stringer(`{${group.map((each) => print(each, true)).join(' ')}}`, null));
      continue;
    }
    const [, name, wire, kind = '', of = ''] = /^(\w+)(?:=(\w+))?(\?|#|~|@|\{\}|\[\]|\*|\.)?(\w*)$/.exec(word)!;
    const value = field(kind, of, object[wire ?? name!]);
    fields[name!] = value;
    const plain = value instanceof Struct ? value.source : object[wire ?? name!];
    if (plain !== undefined && !(order === 'omitempty' && isEmpty(plain))) ordered[wire ?? name!] = plain;
    layout.at(-1)!.push(value);
  }
  return new Struct(type === 'events.Message' ? `*${type}` : type, fields, order && isMap(json) ? ordered : json, pointer, layout[0]);
}

const isEmpty = (json: unknown): boolean => !json || typeof json === 'object' && !Object.keys(json).length;

function field(kind: string, of: string, json: unknown): unknown {
  const missing = json === undefined || json === null;
  switch (kind) {
    case '?': return json === true;
    case '#': return missing ? 0 : json;
    case '~': return new Stringer(duration(Number(json ?? 0)), json ?? 0);
    case '@': return new Stringer(time(String(json ?? '')), json);
    case '.': return typed(of, json);
    case '*': return missing ? new Nil('pointer') : of ? typed(of, json, true) : json;
    case '{}':
      if (missing) return new Nil('map');
      return of ? Object.fromEntries(Object.entries(json as object).map(([key, each]) => [key, member(of, each)])) : json;
    case '[]': return missing ? new Nil('slice') : of ? (json as unknown[]).map((each) => typed(of, each)) : json;
    default: return missing ? '' : json;
  }
}

const member = (of: string, json: unknown): unknown => {
  if (json === null) return new Nil('slice');
  return Array.isArray(json) ? json.map((each) => typed(of, each)) : typed(of, json, ADDRESSED.has(of));
};

/** As `time.Duration.String`, from nanoseconds. */
function duration(ns: number): string {
  if (ns === 0) return '0s';
  if (ns < 1e9) return ns < 1e3 ? `${ns}ns` : ns < 1e6 ? `${ns / 1e3}µs` : `${ns / 1e6}ms`;
  const seconds = ns / 1e9;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = seconds - hours * 3600 - minutes * 60;
  return `${hours ? `${hours}h` : ''}${hours || minutes ? `${minutes}m` : ''}${Number(rest.toFixed(9))}s`;
}

/** As `time.Time.String` of an RFC 3339 time in UTC. */
function time(text: string): string {
  const fraction = /\.\d+/.exec(text)?.[0] ?? '';
  return text ? `${dateTime(Math.floor(parseTime(text) / 1000) * 1000, ' ')}${fraction.replace(/0+$/, '')} +0000 UTC` : '0001-01-01 00:00:00 +0000 UTC';
}

/** JSON whose objects are all structs of one type, for answers that templates see field by field. */
export function structOf(type: string, json: unknown): unknown {
  if (Array.isArray(json)) return json.map((each) => structOf(type, each));
  if (!isMap(json)) return json;
  return new Struct(type, Object.fromEntries(Object.entries(json).map(([key, value]) => [key, structOf(type, value)])), json);
}
