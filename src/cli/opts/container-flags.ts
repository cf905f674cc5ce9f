// The flags that `create` and `run` share, and update's part of them.

import { type Flag, FlagValueError, unsimulated } from '../flags/flag.ts';
import { alias, bool, bytes, cut, duration, environment, int, label, list, map, parseInteger, string, type Validator } from '../flags/values.ts';
import { mountFlag } from './mount.ts';
import { networkFlag } from './network.ts';

const refuse = (message: string): never => {
  throw new FlagValueError(message);
};
const isIp = (text: string): boolean => /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(text) || (/^[0-9a-fA-F:.]*$/.test(text) && text.includes(':'));
const stream: Validator = (text) => (/^(stdin|stdout|stderr)$/i.test(text) ? text.toLowerCase() : refuse('valid streams are STDIN, STDOUT and STDERR'));
const ipAddress: Validator = (text) => (isIp(text.trim()) ? text.trim() : refuse(`IP address is not correctly formatted: ${text}`));
const searchDomain: Validator = (text) => (text.trim() === '.' || /^[a-zA-Z0-9]([\w-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([\w-]*[a-zA-Z0-9])?)*$/.test(text.trim()) ? text.trim() : refuse(`${text} is not a valid domain`));
const cgroupRule: Validator = (text) => (/^[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}$/.test(text) ? text : refuse(`invalid device cgroup format '${text}'`));
const extraHost: Validator = (text) => {
  const [host, ip, hasIp] = cut(text, text.includes('=') ? '=' : ':');
  if (!hasIp || !host) refuse(`bad format for add-host: ${JSON.stringify(text)}`);
  if (ip !== 'host-gateway' && !isIp(ip.replace(/^\[(.*)\]$/, '$1'))) refuse(`invalid IP address in add-host: ${JSON.stringify(ip)}`);
  return `${host}:${ip.replace(/^\[(.*)\]$/, '$1')}`;
};

const SYSCTLS = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|net\..*|fs\.mqueue\..*)$/;
const ULIMITS = ['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime', 'sigpending', 'stack'];

export interface Ulimit {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

const ulimits = (): Flag<Ulimit[]> => ({
  type: 'ulimit', usage: 'Ulimit options', shorthand: '', initial: [], shown: '[]',
  parse: (text, before) => {
    const [name, value, hasValue] = cut(text, '=');
    if (!hasValue) refuse(`invalid ulimit argument: ${text}`);
    if (!ULIMITS.includes(name)) refuse(`invalid ulimit type: ${name}`);
    const limits = value.split(':');
    if (limits.length > 2) refuse(`too many limit value arguments - ${value}, can only have up to two, \`soft[:hard]\``);
    const soft = parseInteger(limits[0]!);
    const hard = limits[1] === undefined ? soft : parseInteger(limits[1]);
    if (hard !== -1 && (soft === -1 || soft > hard)) refuse(soft === -1 ? 'ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ' + hard : `ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
    return [...before.filter((each) => each.Name !== name), { Name: name, Hard: hard, Soft: soft }].toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  },
});

/** In 1e-9 CPUs. */
const cpus = (): Flag<number> => ({
  type: 'decimal', usage: 'Number of CPUs', shorthand: '', initial: 0,
  parse: (text) => (/^[+-]?\d*\.?\d+$/.test(text) ? Math.round(Number(text) * 1e9) : refuse(`failed to parse ${text} as a rational number`)),
});
const weight = (): Flag<number> => ({
  type: 'uint16', usage: 'Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)', shorthand: '', initial: 0, parse: (text) => parseInteger(text, 16, true),
});

/** What a running container can be told, too. */
export const resourceFlags = {
  'blkio-weight': weight(),
  'cpu-period': int('', 'Limit CPU CFS (Completely Fair Scheduler) period'),
  'cpu-quota': int('', 'Limit CPU CFS (Completely Fair Scheduler) quota'),
  ...unsimulated({
    'cpu-rt-period': int('', 'Limit CPU real-time period in microseconds'),
    'cpu-rt-runtime': int('', 'Limit CPU real-time runtime in microseconds'),
  }),
  'cpu-shares': int('c', 'CPU shares (relative weight)'),
  cpus: cpus(),
  'cpuset-cpus': string('', 'CPUs in which to allow execution (0-3, 0,1)'),
  'cpuset-mems': string('', 'MEMs in which to allow execution (0-3, 0,1)'),
  memory: bytes('m', 'Memory limit'),
  'memory-reservation': bytes('', 'Memory soft limit'),
  'memory-swap': bytes('', "Swap limit equal to memory plus swap: '-1' to enable unlimited swap", { minusOne: true }),
  'pids-limit': int('', 'Tune container pids limit (set -1 for unlimited)'),
};

const throttled = (usage: string) => list('', usage, undefined, { shown: '[]' });

export const containerFlags = {
  ...resourceFlags,
  attach: list('a', 'Attach to STDIN, STDOUT or STDERR', stream, { choices: ['stderr', 'stdin', 'stdout'] }),
  'add-host': list('', 'Add a custom host-to-IP mapping (host:ip)', extraHost),
  annotation: map('', 'Add an annotation to the container (passed through to the OCI runtime)'),
  'cap-add': list('', 'Add Linux capabilities'),
  'cap-drop': list('', 'Drop Linux capabilities'),
  cgroupns: string('', `Cgroup namespace to use (host|private)
'host':    Run the container in the Docker host's cgroup namespace
'private': Run the container in its own private cgroup namespace
'':        Use the cgroup namespace as configured by the
           default-cgroupns-mode option on the daemon (default)`, '', { choices: ['host', 'private'] }),
  cidfile: string('', 'Write the container ID to the file', '', { completes: 'file' }),
  device: list('', 'Add a host device to the container'),
  'device-cgroup-rule': list('', 'Add a rule to the cgroup allowed devices list', cgroupRule),
  'disable-content-trust': bool('', 'Skip image verification', true, { notSimulated: true }),
  dns: list('', 'Set custom DNS servers', ipAddress),
  'dns-opt': alias('dns-option'),
  'dns-option': list('', 'Set DNS options'),
  'dns-search': list('', 'Set custom DNS search domains', searchDomain),
  domainname: string('', 'Container NIS domain name'),
  entrypoint: string('', 'Overwrite the default ENTRYPOINT of the image'),
  env: list('e', 'Set environment variables', environment, { completes: 'env' }),
  'env-file': list('', 'Read in a file of environment variables', undefined, { completes: 'file' }),
  expose: list('', 'Expose a port or a range of ports'),
  'group-add': list('', 'Add additional groups to join'),
  'health-cmd': string('', 'Command to run to check health'),
  'health-interval': duration('Time between running the check (ms|s|m|h) (default 0s)'),
  'health-retries': int('', 'Consecutive failures needed to report unhealthy'),
  'health-start-interval': duration('Time between running the check during the start period (ms|s|m|h) (default 0s)'),
  'health-start-period': duration('Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)'),
  'health-timeout': duration('Maximum time to allow one check to run (ms|s|m|h) (default 0s)'),
  help: bool('', 'Print usage'),
  hostname: string('h', 'Container host name'),
  init: bool('', 'Run an init inside the container that forwards signals and reaps processes'),
  interactive: bool('i', 'Keep STDIN open even if not attached'),
  ipc: string('', 'IPC mode to use'),
  label: list('l', 'Set meta data on a container', label),
  'label-file': list('', 'Read in a line delimited file of labels', undefined, { completes: 'file' }),
  'log-driver': string('', 'Logging driver for the container'),
  'log-opt': list('', 'Log driver options'),
  'kernel-memory': bytes('', 'Kernel memory limit'),
  'memory-swappiness': { ...int('', 'Tune container memory swappiness (0 to 100)', -1) },
  mount: mountFlag('Attach a filesystem mount to the container'),
  name: string('', 'Assign a name to the container'),
  net: alias('network'),
  'net-alias': alias('network-alias'),
  network: networkFlag('Connect a container to a network'),
  'network-alias': list('', 'Add network-scoped alias for the container'),
  'no-healthcheck': bool('', 'Disable any container-specified HEALTHCHECK'),
  'oom-kill-disable': bool('', 'Disable OOM Killer'),
  'oom-score-adj': int('', "Tune host's OOM preferences (-1000 to 1000)"),
  pid: string('', 'PID namespace to use'),
  platform: string('', 'Set platform if server is multi-platform capable'),
  privileged: bool('', 'Give extended privileges to this container'),
  publish: list('p', "Publish a container's port(s) to the host"),
  'publish-all': bool('P', 'Publish all exposed ports to random ports'),
  quiet: bool('q', 'Suppress the pull output'),
  'read-only': bool('', "Mount the container's root filesystem as read only"),
  restart: string('', 'Restart policy to apply when a container exits', 'no', { choices: ['no', 'always', 'on-failure', 'unless-stopped'] }),
  rm: bool('', 'Automatically remove the container and its associated anonymous volumes when it exits'),
  'security-opt': list('', 'Security Options'),
  'shm-size': bytes('', 'Size of /dev/shm'),
  'stop-signal': string('', 'Signal to stop the container'),
  'stop-timeout': int('', 'Timeout (in seconds) to stop a container'),
  'storage-opt': list('', 'Storage driver options for the container'),
  tmpfs: list('', 'Mount a tmpfs directory'),
  tty: bool('t', 'Allocate a pseudo-TTY'),
  isolation: string('', 'Container isolation technology'),
  runtime: string('', 'Runtime to use for this container'),
  ulimit: ulimits(),
  user: string('u', 'Username or UID (format: <name|uid>[:<group|gid>])'),
  userns: string('', 'User namespace to use'),
  uts: string('', 'UTS namespace to use'),
  volume: list('v', 'Bind mount a volume', undefined, { completes: 'volume' }),
  'volume-driver': string('', 'Optional volume driver for the container'),
  'volumes-from': list('', 'Mount volumes from the specified container(s)', undefined, { completes: 'container' }),
  workdir: string('w', 'Working directory inside the container'),
  sysctl: { ...map('', 'Sysctl options'), parse: (text: string, before: Record<string, string>) => {
    const [key, value, hasValue] = cut(text, '=');
    return hasValue && SYSCTLS.test(key) ? { ...before, [key]: value } : refuse(`sysctl '${text}' is not allowed`);
  } },
  ...unsimulated({
    'blkio-weight-device': throttled('Block IO weight (relative device weight)'),
    'cgroup-parent': string('', 'Optional parent cgroup for the container'),
    'device-read-bps': throttled('Limit read rate (bytes per second) from a device'),
    'device-read-iops': throttled('Limit read rate (IO per second) from a device'),
    'device-write-bps': throttled('Limit write rate (bytes per second) to a device'),
    'device-write-iops': throttled('Limit write rate (IO per second) to a device'),
    gpus: list('', "GPU devices to add to the container ('all' to pass all GPUs)", undefined, { type: 'gpu-request' }),
    ip: string('', 'IPv4 address (e.g., 172.30.100.104)'),
    ip6: string('', 'IPv6 address (e.g., 2001:db8::33)'),
    link: list('', 'Add link to another container', (text) => (text.split(':').length > 2 ? refuse(`bad format for links: ${text}`) : text)),
    'link-local-ip': list('', 'Container IPv4/IPv6 link-local addresses'),
    'mac-address': string('', 'Container MAC address (e.g., 92:d0:c6:0a:29:33)'),
    'use-api-socket': bool('', 'Bind mount Docker API socket and required auth'),
    'cpu-count': int('', 'CPU count (Windows only)', 0, { hidden: true }),
    'cpu-percent': int('', 'CPU percent (Windows only)', 0, { hidden: true }),
    'io-maxbandwidth': bytes('', 'Maximum IO bandwidth limit for the system drive (Windows only)', { hidden: true }),
    'io-maxiops': int('', 'Maximum IOps limit for the system drive (Windows only)', 0, { hidden: true }),
  }),
};
