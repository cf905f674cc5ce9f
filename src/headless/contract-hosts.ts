// The hosts on which contracts are proved.

import type { ContractHosts } from '../course/contract.ts';
import { createHost, restoreHost } from '../host/create-host.ts';
import { saveBefore } from '../host/save.ts';
import './database-goods.ts';
import { SIM_OPTIONS } from './sim-options.ts';

export const contractHosts: ContractHosts = {
  create: () => createHost(SIM_OPTIONS),
  copy: (host) => restoreHost(host.save()),
  before: (host, to) => restoreHost(saveBefore(host.save(), to)),
};
