// The device nodes of `--device`, looked up on the host.

import type { HostConfig } from '../../api/container.ts';
import { ApiError } from '../../api/errors.ts';
import { isBlockDevice, isCharDevice } from '../../kernel/stat.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import { statOf } from '../files.ts';
import type { Device } from './prepare-root.ts';

interface DeviceMapping {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
}

/** @throws system, invalidParameter (GPUs: there are none) */
export function devicesOf(sys: Syscalls, hostConfig: HostConfig): Device[] {
  const [request] = (hostConfig['DeviceRequests'] ?? []) as { Driver?: string; Capabilities?: string[][] }[];
  if (request) {
    const capabilities = (request.Capabilities ?? []).map((words) => `[${words.join(' ')}]`).join(' ');
    throw new ApiError('invalidParameter', `could not select device driver "${request.Driver ?? ''}" with capabilities: [${capabilities}]`);
  }
  return ((hostConfig['Devices'] ?? []) as DeviceMapping[]).map(({ PathOnHost, PathInContainer }) => {
    const stat = statOf(sys, PathOnHost);
    const refuse = (why: string) => new ApiError('system', `error gathering device information while adding custom device "${PathOnHost}": ${why}`);
    if (!stat) throw refuse('no such file or directory');
    if (!isCharDevice(stat.mode) && !isBlockDevice(stat.mode)) throw refuse('not a device node');
    return { path: PathInContainer || PathOnHost, mode: stat.mode, rdev: stat.rdev };
  });
}
