// Everything of a host that can be loaded after its prompt: the programs, the `docker` command and the daemon.

import { createDockerCommand } from '../cli/docker.ts';
import { createEngine, DOCKER_INIT } from '../engine/engine.ts';
import { dockerInit } from '../engine/runtime/docker-init.ts';
import { overlayType } from '../kernel/fs/overlay/overlay-type.ts';
import { programs } from '../programs/index.ts';
import { interactiveAsh } from '../shell/whole-shells.ts';
import type { Equipment } from './boot/machine.ts';
import { deliver, depotFor, depotOf, isAtHand, lateProgram } from './goods.ts';
import { hashMachine } from './hash.ts';
import { restoreInSlices } from './restore-in-slices.ts';
import { RootShell } from './root-shell.ts';
import { eventsOf } from './run-task.ts';
import { searchMachine } from './search.ts';
import { takeSnapshot } from './snapshot.ts';
import { editTool } from './tools/edit.ts';
import { serviceTools } from './tools/services.ts';
import { whereisData } from './tools/whereis-data.ts';
import { unseenEngine } from './unseen.ts';
import { viewPath } from './view.ts';

export const equipment: Equipment = {
  programs: (connect, machine) => ({
    ...programs({ sh: interactiveAsh, ash: interactiveAsh }),
    docker: createDockerCommand({ connect }),
    [DOCKER_INIT]: dockerInit,
    sqlite3: lateProgram(machine, 'sqlite', 'sqlite3'),
    ...serviceTools(machine),
    ...editTool(machine),
    ...whereisData(machine, () => restoreInSlices(machine.host!.save(), equipment)),
  }),
  startDaemon: (sys, machine) => createEngine(sys, { depot: depotFor(machine) }),
  filesystems: [overlayType],
  instruments: {
    engine: (machine) => unseenEngine(machine.clock, machine.engine!),
    rootShell: (machine) => new RootShell(machine),
    snapshot: takeSnapshot,
    view: viewPath,
    search: searchMachine,
    events: (machine) => eventsOf(machine.engine!, machine.clock.now),
    hash: hashMachine,
    wanted: (machine) => depotOf(machine).wanted,
    isAtHand,
    deliver,
  },
};
