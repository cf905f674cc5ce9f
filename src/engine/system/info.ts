// `docker info`, as the Engine API gives it.

import type { SystemInfo } from '../../api/system.ts';
import { rfc3339Nano } from '../clock-text.ts';
import { decode } from '../../base/bytes.ts';
import type { EngineContext } from '../engine-context.ts';
import { ENGINE_VERSION } from './version.ts';

export function systemInfo(context: EngineContext, images: number): SystemInfo {
  const { sys } = context;
  const machine = sys.system();
  const containers = context.containers.all().filter((container) => !container.hidden);
  const running = containers.filter((container) => container.running && !container.paused).length;
  const paused = containers.filter((container) => container.paused).length;
  const runtime = { path: 'runc' };
  return {
    ID: context.id,
    Containers: containers.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: containers.length - running - paused,
    Images: images,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'extfs'], ['Supports d_type', 'true'], ['Using metacopy', 'false'], ['Native Overlay Diff', 'true'], ['userxattr', 'false']],
    Plugins: {
      Volume: ['local'], Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'], Authorization: null,
      Log: ['awslogs', 'fluentd', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
    },
    MemoryLimit: true, SwapLimit: true, CpuCfsPeriod: true, CpuCfsQuota: true, CPUShares: true, CPUSet: true, PidsLimit: true, IPv4Forwarding: true,
    Debug: false, NFd: 36, OomKillDisable: true, NGoroutines: 56,
    SystemTime: rfc3339Nano(sys.now()),
    LoggingDriver: 'json-file', CgroupDriver: 'cgroupfs', CgroupVersion: '1', NEventsListener: 0,
    KernelVersion: machine.release,
    OperatingSystem: operatingSystem(context),
    OSVersion: '', OSType: 'linux',
    Architecture: machine.machine,
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
      InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'], Mirrors: null,
    },
    NCPU: machine.processors,
    MemTotal: machine.memory,
    GenericResources: null,
    DockerRootDir: context.root,
    HttpProxy: '', HttpsProxy: '', NoProxy: '',
    Name: sys.hostname(),
    Labels: [], ExperimentalBuild: false,
    ServerVersion: ENGINE_VERSION,
    Runtimes: { 'io.containerd.runc.v2': runtime, runc: runtime },
    DefaultRuntime: 'runc',
    Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '', RemoteManagers: null },
    LiveRestoreEnabled: false, Isolation: '', InitBinary: 'docker-init',
    ContainerdCommit: { ID: 'b98a3aace656320842a23f4a392a33f46af97866' }, RuncCommit: { ID: 'v1.3.3-0-gd842d771' }, InitCommit: { ID: 'de40ad0' },
    SecurityOptions: ['name=seccomp,profile=builtin'],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Containerd: { Address: '/run/containerd/containerd.sock', Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' } },
    Warnings: null,
  };
}

function operatingSystem({ sys }: EngineContext): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(decode(sys.readFile('/etc/os-release')))?.[1] ?? 'Linux';
  } catch {
    return 'Linux';
  }
}
