import { Clock } from '../src/base/clock.ts';
import { Random } from '../src/base/random.ts';
import { Kernel } from '../src/kernel/kernel.ts';
import { ProgramRegistry } from '../src/kernel/program.ts';
import { programs } from '../src/programs/index.ts';
import { interactiveAsh, interactiveBash } from '../src/shell/readline/reader.ts';
import { populateRootFilesystem } from '../src/host/boot/root-filesystem.ts';
import { RootShell } from '../src/host/root-shell.ts';
const clock = new Clock(Date.UTC(2026,10,24)), random = new Random(1), registry = new ProgramRegistry();
const kernel = new Kernel({ clock, random, programs: registry, hostname: 'docker-host' });
kernel.onFault((e) => console.log('FAULT', e.stack));
for (const [k, p] of Object.entries(programs({ sh: interactiveAsh, ash: interactiveAsh }))) registry.register(k, p);
registry.register('bash', interactiveBash);
const { init } = kernel;
populateRootFilesystem(init, registry.keys());
init.mount('proc', '/proc', 'proc', {}); init.mount('udev', '/dev', 'devtmpfs', {}); init.mount('devpts', '/dev/pts', 'devpts', {});
const sh = new RootShell({ clock, kernel, registry, init } as never);
for (const c of process.argv.slice(2)) { const t = performance.now(); const r = sh.run(c); console.log(c, r, (performance.now() - t).toFixed(1)); }
