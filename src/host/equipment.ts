// Everything of a host that can be loaded after its prompt: the programs, the `docker` command and the daemon.

import { createDockerCommand } from '../cli/docker.ts';
import { createEngine, DOCKER_INIT } from '../engine/engine.ts';
import { dockerInit } from '../engine/runtime/docker-init.ts';
import { programs } from '../programs/index.ts';
import { interactiveAsh } from '../shell/readline/reader.ts';
import type { Equipment } from './boot/machine.ts';

export const equipment: Equipment = {
  programs: (connect) => ({
    ...programs({ sh: interactiveAsh, ash: interactiveAsh }),
    docker: createDockerCommand({ connect }),
    [DOCKER_INIT]: dockerInit,
  }),
  startDaemon: (sys) => createEngine(sys),
};
