// ip, ifconfig, ping, ss and netstat: the simulated network, as far as it goes.

import { KernelError } from '../../kernel/errno.ts';
import { resolveIPv4 } from '../lib/hosts.ts';
import type { Io } from '../lib/messages.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

interface Link {
  readonly name: string;
  readonly address: string;
  readonly prefix: number;
  readonly mac: string;
}

function links(io: Io): Link[] {
  return io.sys.interfaces().map(({ name, address, mac }) => {
    const [plain = '', prefix] = address.split('/');
    return { name, address: plain, prefix: Number(prefix ?? (name === 'lo' ? 8 : 16)), mac };
  });
}

const number = (address: string): number => address.split('.').reduce((value, part) => value * 256 + Number(part), 0);
const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const mask = (prefix: number): number => 2 ** 32 - 2 ** (32 - prefix);
const broadcast = ({ address, prefix }: Link): string => dotted(Math.floor(number(address) / 2 ** (32 - prefix)) * 2 ** (32 - prefix) + 2 ** (32 - prefix) - 1);
const network = ({ address, prefix }: Link): string => dotted(Math.floor(number(address) / 2 ** (32 - prefix)) * 2 ** (32 - prefix));

export const ip: Tool = {
  gnu: null, busybox: null,
  *run(io, { operands }) {
    const words = operands.filter((word) => !/^-(4|6|br?(ief)?|o(neline)?|c(olor)?)$/.test(word));
    const brief = operands.some((word) => word.startsWith('-br'));
    const [object = '', verb = 'show', ...rest] = words;
    if (!object) return io.usage();
    if (!/^(show|list|ls|s|sh)$/.test(verb)) io.notSimulated(`${object} ${verb}`);
    const only = rest.filter((word) => word !== 'dev')[0];
    const all = links(io);
    if (only && !all.some(({ name }) => name === only)) return io.die(`Device "${only}" does not exist.`);
    if (/^a(ddr(ess)?)?$/.test(object) || /^l(ink)?$/.test(object)) {
      const withAddress = object.startsWith('a');
      all.forEach((link, i) => {
        if (only && link.name !== only) return;
        const lo = link.name === 'lo';
        if (brief) return io.out(`${link.name.padEnd(17)}${(lo ? 'UNKNOWN' : 'UP').padEnd(15)}${withAddress ? `${link.address}/${link.prefix} ` : `${link.mac} `}\n`);
        io.out(`${i + 1}: ${link.name}: <${lo ? 'LOOPBACK' : 'BROADCAST,MULTICAST'},UP,LOWER_UP> mtu ${lo ? 65536 : 1500} qdisc noqueue ${io.gnu ? `state ${lo ? 'UNKNOWN' : 'UP'} group default ${lo ? 'qlen 1000' : ''}` : lo ? 'qlen 1000' : ''}\n`);
        io.out(`    link/${lo ? 'loopback' : 'ether'} ${lo ? '00:00:00:00:00:00' : link.mac} brd ${lo ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'}\n`);
        if (!withAddress) return;
        io.out(`    inet ${link.address}/${link.prefix}${lo ? '' : ` brd ${broadcast(link)}`} scope ${lo ? 'host' : 'global'} ${link.name}\n${io.gnu ? '       valid_lft forever preferred_lft forever\n' : ''}`);
      });
      return 0;
    }
    if (/^r(oute)?$/.test(object)) {
      for (const link of all) if (link.name !== 'lo') io.out(`${network(link)}/${link.prefix} dev ${link.name} ${io.gnu ? 'proto kernel ' : ''}scope link ${io.gnu ? '' : ' '}src ${link.address} \n`);
      return 0;
    }
    return io.notSimulated(object);
  },
};

export const ifconfig: Tool = {
  gnu: 'a s', busybox: null,
  *run(io, { operands }) {
    const [only, ...rest] = operands.filter((word) => word !== '-a');
    if (rest.length) io.notSimulated('changing interfaces');
    const found = links(io).filter(({ name }) => !only || name === only);
    if (!found.length) return io.die(`${only}: error fetching interface information: Device not found`);
    for (const link of found.sort((a, b) => Number(a.name === 'lo') - Number(b.name === 'lo') || (a.name < b.name ? -1 : 1))) {
      const lo = link.name === 'lo';
      if (io.gnu) {
        io.out(`${link.name}: flags=${lo ? '73<UP,LOOPBACK,RUNNING>' : '4163<UP,BROADCAST,RUNNING,MULTICAST>'}  mtu ${lo ? 65536 : 1500}\n        inet ${link.address}  netmask ${dotted(mask(link.prefix))}${lo ? '' : `  broadcast ${broadcast(link)}`}\n`);
        io.out(`        ${lo ? 'loop  txqueuelen 1000  (Local Loopback)' : `ether ${link.mac}  txqueuelen 0  (Ethernet)`}\n\n`);
      } else {
        io.out(`${link.name.padEnd(10)}Link encap:${lo ? 'Local Loopback' : 'Ethernet'}  ${lo ? '' : `HWaddr ${link.mac.toUpperCase()}  `}\n          inet addr:${link.address}  ${lo ? '' : `Bcast:${broadcast(link)}  `}Mask:${dotted(mask(link.prefix))}\n`);
        io.out(`          UP ${lo ? 'LOOPBACK' : 'BROADCAST'} RUNNING${lo ? '' : ' MULTICAST'}  MTU:${lo ? 65536 : 1500}  Metric:1\n          RX packets:0 errors:0 dropped:0 overruns:0 frame:0\n          TX packets:0 errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:${lo ? 1000 : 0} \n          RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)\n\n`);
      }
    }
    return 0;
  },
};

export const ping: Tool = {
  gnu: 'c: i: W: w: q n 4 6 s: t: v D f', busybox: 'c: i: W: w: q n 4 6 s: t: I: A',
  *run(io, options) {
    const { sys } = io;
    const [name] = options.operands;
    if (name === undefined) return io.usage(io.gnu ? 'usage error: Destination address required' : undefined);
    const address = resolveIPv4(sys, name);
    if (address === undefined) return io.die(io.gnu ? `${name}: Temporary failure in name resolution` : `bad address '${name}'`, io.gnu ? 2 : 1);
    const most = options.has('c') ? Number(options.value('c')) : Infinity;
    const interval = Number(options.value('i') ?? 1) * 1000;
    io.out(io.gnu ? `PING ${name} (${address}) 56(84) bytes of data.\n` : `PING ${name} (${address}): 56 data bytes\n`);
    let sent = 0;
    let received = 0;
    const run = { stopped: false };
    sys.sigaction('SIGINT', { handler: () => {
      run.stopped = true;
    } });
    const start = sys.now();
    while (sent < most && !run.stopped) {
      // There is no ICMP here: a host that refuses a connection is there all the same.
      let alive = true;
      try {
        sys.close(yield* sys.connect(address, 7));
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        alive = error.errno === 'ECONNREFUSED';
      }
      if (alive) {
        received++;
        if (!options.has('q')) io.out(io.gnu ? `64 bytes from ${name === address ? address : `${name} (${address})`}: icmp_seq=${sent + 1} ttl=64 time=0.050 ms\n` : `64 bytes from ${address}: seq=${sent} ttl=64 time=0.050 ms\n`);
      }
      sent++;
      yield* io.flush();
      if (sent >= most) break;
      try {
        yield* sys.sleep(interval);
      } catch (error) {
        if (!(error instanceof KernelError) || error.errno !== 'EINTR') throw error;
      }
    }
    const lost = Math.round((sent - received) / Math.max(1, sent) * 100);
    io.out(io.gnu ? `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} received, ${lost}% packet loss, time ${Math.round(sys.now() - start)}ms\n` : `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${lost}% packet loss\n`);
    if (received) io.out(io.gnu ? 'rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms\n' : 'round-trip min/avg/max = 0.050/0.050/0.050 ms\n');
    return received ? 0 : 1;
  },
};

/** Listening sockets, from /proc/net/tcp. */
function listening(io: Io): { address: string; port: number }[] {
  let text = '';
  try {
    text = toText(io.sys.readFile('/proc/net/tcp'));
  } catch {
    return io.notSimulated('the table of sockets');
  }
  return text.split('\n').slice(1).flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    const [hex = '', port = ''] = local.split(':');
    return state === '0A' ? [{ address: (hex.match(/../g) ?? []).reverse().map((pair) => parseInt(pair, 16)).join('.'), port: parseInt(port, 16) }] : [];
  });
}

export const ss: Tool = {
  gnu: 't,tcp l,listening n,numeric p,processes a,all u,udp x 4 6 H h e o s',
  *run(io, options) {
    if (options.has('u', 'x', 's')) io.notSimulated(`-${options.last('u', 'x', 's')}`);
    if (!options.has('H')) io.out('State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n');
    for (const { address, port } of listening(io)) io.out(`LISTEN 0      4096   ${`${address}:${port}`.padStart(18)} ${'0.0.0.0:*'.padStart(17)}          \n`);
  },
};

export const netstat: Tool = {
  gnu: 't l n p a u r W e x', busybox: 'r a l n t u w x e p W',
  *run(io, options) {
    if (options.has('r', 'u', 'x', 'w') && !options.has('t')) io.notSimulated(`-${options.last('r', 'u', 'x', 'w')}`);
    io.out(`Active Internet connections (${options.has('l') ? 'only servers' : options.has('a') ? 'servers and established' : 'w/o servers'})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ${options.has('p') ? 'PID/Program name    ' : ''}\n`);
    if (options.has('l', 'a')) for (const { address, port } of listening(io)) io.out(`tcp        0      0 ${`${address}:${port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} LISTEN      ${options.has('p') ? '-                   ' : ''}\n`);
  },
};
