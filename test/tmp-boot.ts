import { createHost } from '../src/host/create-host.ts';
import { SIM_OPTIONS } from '../src/headless/sim-options.ts';
const t = performance.now();
const h = createHost(SIM_OPTIONS);
h.onFault((e) => console.log('FAULT', e.stack));
console.log('boot', performance.now() - t);
for (const c of process.argv.slice(2)) console.log(c, h.run(c));
