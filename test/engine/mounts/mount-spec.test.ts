// The daemon's reading of `-v` strings and Mounts: what is taken, and each refusal.
import { describe, expect, it } from 'vitest';
import type { Mount } from '../../../src/api/mount.ts';
import { isValidMode, parseBind, parseMount, tmpfsOptionsOf } from '../../../src/engine/mounts/mount-spec.ts';
import { mergeTmpfsOptions, mountFlagWord, splitMountOptions } from '../../../src/engine/mounts/tmpfs-options.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('parseBind', () => {
  it.each([
    ['name:/data', { Type: 'volume', Source: 'name', Target: '/data' }],
    ['/host:/data:ro', { Type: 'bind', Source: '/host', Target: '/data', ReadOnly: true }],
    ['/host:/data:rslave,ro', { Type: 'bind', Source: '/host', Target: '/data', ReadOnly: true, BindOptions: { Propagation: 'rslave' } }],
    ['name:/data:nocopy', { Type: 'volume', Source: 'name', Target: '/data', VolumeOptions: { NoCopy: true } }],
    ['/rw:/ro', { Type: 'bind', Source: '/rw', Target: '/ro' }],
    ['rel/dir:/data', { Type: 'volume', Source: 'rel/dir', Target: '/data' }],
  ])('%s', (raw, mount) => {
    expect(parseBind(raw, '').mount).toEqual(mount);
  });

  it('cleans the destination', () => {
    expect(parseBind('data:/data/../up//x', '').destination).toBe('/up/x');
  });

  it.each([
    ['', "invalid volume specification: ''"],
    ['a:rw', "invalid volume specification: 'a:rw'"],
    ['a:/b:ro:x', "invalid volume specification: 'a:/b:ro:x'"],
    ['data:/data:readonly', 'invalid mode: readonly'],
    ['data:/data:ro,rw', 'invalid mode: ro,rw'],
    ['data:/data:RO', 'invalid mode: RO'],
    ['data:data', "invalid volume specification: 'data:data': invalid mount config for type \"volume\": invalid mount path: 'data' mount path must be absolute"],
    ['data:/', "invalid volume specification: 'data:/': invalid mount config for type \"volume\": invalid specification: destination can't be '/'"],
    ['data:/data:rshared', "invalid volume specification: 'data:/data:rshared': invalid mount config for type \"volume\": field BindOptions must not be specified"],
    ['/srv:/data:nocopy', "invalid volume specification: '/srv:/data:nocopy': invalid mount config for type \"bind\": field VolumeOptions must not be specified"],
  ])('refuses %s', (raw, message) => {
    expect(refusal(() => parseBind(raw, ''))).toBe(message);
  });
});

describe('parseMount', () => {
  const cases: [Mount, string][] = [
    [{ Type: 'bind', Target: '/app' }, 'field Source must not be empty'],
    [{ Type: 'bind', Source: '/x' }, 'field Target must not be empty'],
    [{ Type: 'bind', Source: '/x', Target: '/' }, "invalid specification: destination can't be '/'"],
    [{ Type: 'bind', Source: 'x', Target: '/app' }, "invalid mount path: 'x' mount path must be absolute"],
    [{ Type: 'bind', Source: '/gone', Target: '/app' }, 'bind source path does not exist: /gone'],
    [{ Type: 'bind', Source: '/x', Target: '/app', BindOptions: { Propagation: 'sideways' } }, 'invalid propagation mode: sideways'],
    [{ Type: 'bind', Source: '/x', Target: '/app', VolumeOptions: {} }, 'field VolumeOptions must not be specified'],
    [{ Type: 'volume', Target: '/app', ReadOnly: true }, 'must not set ReadOnly mode when using anonymous volumes'],
    [{ Type: 'volume', Target: '/app', VolumeOptions: { Subpath: 'x' } }, 'must not set Subpath when using anonymous volumes'],
    [{ Type: 'volume', Source: 'v', Target: '/app', VolumeOptions: { Subpath: '../..' } }, 'subpath must be a relative path within the volume'],
    [{ Type: 'tmpfs', Source: 'x', Target: '/app' }, 'field Source must not be specified'],
    [{ Type: 'image', Target: '/app' }, 'field Source must not be empty'],
    [{ Type: 'npipe', Source: 'x', Target: '/app' }, 'mount type unknown'],
  ];
  it.each(cases)('%j', (mount, message) => {
    expect(refusal(() => parseMount(mount, (path) => path !== '/gone'))).toBe(`invalid mount config for type "${mount.Type}": ${message}`);
  });
});

describe('tmpfs options', () => {
  it('lets the last word of a kind win', () => {
    expect(mergeTmpfsOptions(['noexec', 'nosuid', 'nodev', 'exec', 'size=1m', 'size=2m', 'mode=700'])).toEqual(['nosuid', 'nodev', 'exec', 'size=2m', 'mode=700']);
  });

  it('refuses unknown words', () => {
    expect(refusal(() => mergeTmpfsOptions(['color=red']))).toBe('invalid tmpfs option "color"');
    expect(refusal(() => mergeTmpfsOptions(['foobar']))).toBe('invalid tmpfs option "foobar"');
  });

  it('writes sizes in the largest whole unit', () => {
    expect(tmpfsOptionsOf({ TmpfsOptions: { SizeBytes: 16777216, Mode: 0o1770 } })).toEqual(['mode=1770', 'size=16m']);
    expect(tmpfsOptionsOf({ ReadOnly: true, TmpfsOptions: { SizeBytes: 1536 } })).toEqual(['ro', 'size=1536']);
  });

  it('splits flags from data', () => {
    expect(splitMountOptions(['ro', 'noexec', 'size=4m', 'rprivate'])).toEqual({ flags: { readonly: true, noexec: true }, data: ['size=4m'] });
    expect(mountFlagWord(['bind'])).toBe(0x1000);
  });
});

it('takes at most one word of each group as a mode', () => {
  expect(['', 'ro', 'ro,z', 'rw,Z,rshared,nocopy,cached'].every(isValidMode)).toBe(true);
  expect(['copy', 'ro,ro', 'z,Z', 'rslave,shared'].some(isValidMode)).toBe(false);
});
