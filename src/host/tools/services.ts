// `systemctl` and `service` on Docker's own service, and `reboot`: what no container and no API call can do.

import type { Task } from '../../base/task.ts';
import type { Io } from '../../programs/lib/messages.ts';
import { toolProgram, type Tool } from '../../programs/lib/tool.ts';
import { systemctl } from '../../programs/system/not-simulated.ts';
import type { Program } from '../../kernel/program.ts';
import type { Machine } from '../boot/machine.ts';
import { reboot, restartDaemon } from '../power.ts';

export function serviceTools(machine: Machine): Readonly<Record<string, Program>> {
  function* restart(io: Io): Task<number> {
    if (io.sys.credentials().uid !== 0) {
      io.err('Call to Reboot failed: Interactive authentication required.\n');
      return 1;
    }
    machine.init.thread(() => reboot(machine, io.sys.getsid()));
    // Its own end comes with the rest.
    for (;;) yield* io.sys.sleep(60_000);
  }
  const control: Tool = {
    gnu: null,
    *run(io, options) {
      // `service docker restart` is `systemctl restart docker`.
      if (io.name === 'service') options.operands.reverse();
      const [verb, unit = ''] = options.operands.filter((word) => !word.startsWith('-'));
      if (verb === 'reboot' && io.name === 'systemctl') return yield* restart(io);
      if (verb !== 'restart' || !/^docker(\.service)?$/.test(unit)) return yield* systemctl.run(io, options);
      if (io.sys.credentials().uid !== 0) {
        io.err(`Failed to restart ${unit}: Interactive authentication required.\n`);
        return 1;
      }
      yield* restartDaemon(machine);
      return 0;
    },
  };
  const power: Tool = { gnu: null, run: restart };
  const tools = { systemctl: control, service: control, reboot: power };
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [`gnu/${name}`, toolProgram(name, tool, 'gnu')]));
}
