// uname, arch, nproc and hostname: what the machine is.

import { reason } from '../lib/messages.ts';
import { quote } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';
import { toText } from '../lib/text.ts';

const LONG: Readonly<Record<string, string>> = { s: 'kernel-name', n: 'nodename', r: 'kernel-release', v: 'kernel-version', m: 'machine', p: 'processor', i: 'hardware-platform', o: 'operating-system' };

export const uname: Tool = {
  gnu: `a,all ${Object.entries(LONG).map(([letter, name]) => `${letter},${name}`).join(' ')}`, busybox: 'a s n r v m p i o',
  *run(io, options) {
    if (options.operands.length) io.usage(io.gnu ? `extra operand ${quote(options.operands[0]!)}` : undefined);
    const { kernel, release, version, machine } = io.sys.system();
    const values: Record<string, string> = { s: kernel, n: io.sys.hostname(), r: release, v: version, m: machine, p: 'unknown', i: 'unknown', o: 'GNU/Linux' };
    const all = options.has('a');
    const shown = Object.keys(LONG).filter((letter) => all ? !'pi'.includes(letter) : options.has(letter));
    io.out(`${(shown.length ? shown : ['s']).map((letter) => values[letter]).join(' ')}\n`);
  },
};

export const arch: Tool = {
  gnu: '', busybox: null,
  *run(io, { operands }) {
    if (operands.length && io.gnu) io.usage(`extra operand ${quote(operands[0]!)}`);
    io.out(`${io.sys.system().machine}\n`);
  },
};

export const nproc: Tool = {
  gnu: 'all ignore:', busybox: 'all ignore:',
  *run(io, options) {
    if (options.operands.length && io.gnu) io.usage(`extra operand ${quote(options.operands[0]!)}`);
    io.out(`${Math.max(1, io.sys.system().processors - Number(options.value('ignore') ?? 0))}\n`);
  },
};

export const hostname: Tool = {
  gnu: 'a,alias A,all-fqdns b d,domain f,fqdn,long F:,file: i,ip-address I,all-ip-addresses s,short y,yp,nis', busybox: 'i d f s F:',
  synopsis: `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

    -a, --alias            alias names
    -A, --all-fqdns        all long host names (FQDNs)
    -b, --boot             set default hostname if none available
    -d, --domain           DNS domain name
    -f, --fqdn, --long     long host name (FQDN)
    -F, --file             read host name or NIS domain name from given file
    -i, --ip-address       addresses for the host name
    -I, --all-ip-addresses all addresses for the host
    -s, --short            short host name
    -y, --yp, --nis        NIS/YP domain name
`,
  *run(io, options) {
    const { sys } = io;
    let name = options.operands[0];
    const file = options.value('F');
    try {
      if (file !== undefined) name = toText(sys.readFile(file)).split('\n').find((line) => line && !line.startsWith('#'));
      if (name !== undefined) return sys.setHostname(name);
    } catch (error) {
      io.die(file !== undefined ? `${file}: ${reason(error)}` : io.gnu ? 'you must be root to change the host name' : `sethostname: ${reason(error)}`);
    }
    const own = sys.hostname();
    const kind = options.last('i', 'I', 'd', 'f', 's', 'A', 'a', 'y');
    if (kind === undefined || kind === 's') return io.out(`${kind === 's' ? own.split('.')[0] : own}\n`);
    if (kind === 'I') return io.out(`${sys.interfaces().filter(({ name: link }) => link !== 'lo').map(({ address }) => `${address.split('/')[0]} `).join('')}\n`);
    let hosts = '';
    try {
      hosts = toText(sys.readFile('/etc/hosts'));
    } catch { /* then no name is known */ }
    const line = hosts.split('\n').map((text) => text.replace(/#.*/, '').trim().split(/\s+/)).find((words) => words.slice(1).includes(own));
    if (!line && kind === 'f' && !io.gnu) return io.out(`${own}\n`);
    if (!line) return io.die(io.gnu ? 'Name or service not known' : `${own}: Unknown host`);
    if (kind === 'i') io.out(`${line[0]}\n`);
    else if (kind === 'f' || kind === 'A') io.out(`${line[1]}\n`);
    else if (kind === 'd') io.out(line[1]!.includes('.') ? `${line[1]!.replace(/^[^.]*\./, '')}\n` : '\n');
    else io.out('\n');
  },
};
