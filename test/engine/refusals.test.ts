// What the daemon refuses of a request, in its words, and what this one says it does not do.
import { expect, it } from 'vitest';
import type { ContainerConfig, HostConfig } from '../../src/api/container.ts';
import { ApiError } from '../../src/api/errors.ts';
import { bootLab } from './boot.ts';

const lab = bootLab();

const refusal = (host: Partial<HostConfig>, config: Partial<ContainerConfig> = {}): [string, string] => {
  try {
    lab.docker(['true'], { host, config });
    return ['taken', ''];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [error.kind, error.message];
  }
};

it.each<[Partial<HostConfig>, string]>([
  [{ RestartPolicy: { Name: 'sometimes', MaximumRetryCount: 0 } }, "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"],
  [{ RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } }, "invalid restart policy: maximum retry count can only be used with 'on-failure'"],
  [{ Memory: 1 << 20 }, 'Minimum memory limit allowed is 6MB'],
  [{ CapAdd: ['FOO'] }, 'invalid CapAdd: unknown capability: "CAP_FOO"'],
  [{ IpcMode: 'foo' }, 'invalid IPC mode: foo'],
  [{ Runtime: 'foo' }, 'unknown or invalid runtime name: foo'],
  [{ LogConfig: { Type: 'foo', Config: {} } }, 'error looking up logging plugin foo: plugin "foo" not found'],
  [{ LogConfig: { Type: 'json-file', Config: { foo: '1' } } }, "unknown log opt 'foo' for json-file log driver"],
  [{ StorageOpt: { size: '1g' } }, "--storage-opt is supported only for overlay over xfs with 'pquota' mount option"],
  [{ StorageOpt: { foo: '1g' } }, 'Unknown option foo'],
  [{ NetworkMode: 'nope' }, 'failed to set up container networking: network nope not found'],
  [{ NetworkMode: 'container:nope' }, 'joining network namespace of container: No such container: nope'],
  [{ Devices: [{ PathOnHost: '/dev/nope', PathInContainer: '/dev/nope', CgroupPermissions: 'rwm' }] }, 'error gathering device information while adding custom device "/dev/nope": no such file or directory'],
  [{ GroupAdd: ['nope'] }, 'unable to find group nope: no matching entries in group file'],
  [{ VolumesFrom: [''] }, 'volumes-from specification cannot be an empty string'],
  [{ VolumeDriver: 'foo', Binds: ['vv:/x'] }, 'create vv: error looking up volume plugin foo: plugin "foo" not found'],
  [{ Binds: ['c:/data'] }, 'create c: volume name is too short, names should be at least two alphanumeric characters'],
])('%j', (host, message) => {
  expect(refusal(host)[1]).toBe(message);
});

it.each<[Partial<ContainerConfig>, string]>([
  [{ WorkingDir: 'rel' }, "the working directory 'rel' is invalid, it needs to be an absolute path"],
  [{ WorkingDir: '/etc/passwd' }, 'Cannot mkdir: /etc/passwd is not a directory'],
  [{ StopSignal: 'NOPE' }, 'invalid signal: NOPE'],
  [{ Healthcheck: { Test: ['CMD', 'x'], Interval: 1000 } }, 'Interval in Healthcheck cannot be less than 1ms'],
  [{ User: '99999999999' }, 'uids and gids must be in range 0-2147483647'],
  [{ Cmd: null, Entrypoint: [''] }, 'no command specified'],
  [{ Image: 'nope' }, 'No such image: nope:latest'],
])('%j', (config, message) => {
  expect(refusal({}, config)[1]).toBe(message);
});

it('says what is not simulated', () => {
  for (const host of [{ Links: ['a:b'] }, { Sysctls: { a: 'b' } }, { PidMode: 'container:x' }, { LogConfig: { Type: 'syslog', Config: {} } }]) expect(refusal(host)[0]).toBe('notSimulated');
});

it('takes capabilities away', () => {
  const touch = (host: Partial<HostConfig>) => lab.docker(['mount', '/tmp'], { host }).code;
  expect([touch({}), touch({ CapAdd: ['SYS_ADMIN'] }), touch({ Privileged: true })]).toEqual([1, 0, 0]);
});
