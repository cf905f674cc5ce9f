// Flags as pflag reads them, and what it says of bad ones.

import { expect, test } from 'vitest';
import { parseBytes, bool, duration, environment, filter, int, list, map, parseDuration, string } from '../../src/cli/flags/values.ts';
import { parseFlags } from '../../src/cli/flags/parse.ts';
import { volumeSource } from '../../src/cli/opts/volume-spec.ts';
import { parseMount } from '../../src/cli/opts/mount.ts';
import { parsePorts } from '../../src/cli/opts/ports.ts';

const flags = {
  all: bool('a', ''), quiet: bool('q', ''), name: string('n', ''), env: list('e', '', environment), opt: map('o', ''), count: int('c', ''), every: duration(''), filter: filter('f', ''),
};
const values = (...argv: string[]) => parseFlags(flags, argv).values;
const error = (...argv: string[]) => {
  try {
    parseFlags(flags, argv);
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return undefined;
};

test('forms of flags', () => {
  expect(values('-aq', '--name=x')).toMatchObject({ all: true, quiet: true, name: 'x' });
  expect(values('-aqnx')).toMatchObject({ all: true, quiet: true, name: 'x' });
  expect(values('-n=x', '--all=false')).toMatchObject({ name: 'x', all: false });
  expect(values('-eA=1', '-e', 'B=2', '-o', 'k=v', '-ox=y')).toMatchObject({ env: ['A=1', 'B=2'], opt: { k: 'v', x: 'y' } });
  expect(values('--filter', 'NAME = a ', '-f', 'name=b')).toMatchObject({ filter: { name: ['a', 'b'] } });
  expect(parseFlags(flags, ['x', '-a', '--', '-q']).args).toEqual(['x', '-q']);
  expect(parseFlags(flags, ['x', '-a'], false)).toMatchObject({ args: ['x', '-a'], values: { all: false } });
});

test('errors of flags', () => {
  expect(error('--nope')).toBe('unknown flag: --nope');
  expect(error('-ax')).toBe("unknown shorthand flag: 'x' in -x");
  expect(error('--name')).toBe('flag needs an argument: --name');
  expect(error('-n')).toBe("flag needs an argument: 'n' in -n");
  expect(error('--all=maybe')).toBe('invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax');
  expect(error('-c', 'x')).toBe('invalid argument "x" for "-c, --count" flag: strconv.ParseInt: parsing "x": invalid syntax');
  expect(error('--every', '5')).toBe('invalid argument "5" for "--every" flag: time: missing unit in duration "5"');
  expect(error('-e', '=x')).toBe('invalid argument "=x" for "-e, --env" flag: invalid environment variable: =x');
  expect(error('-f', 'x')).toBe('invalid argument "x" for "-f, --filter" flag: bad format of filter (expected name=value)');
  expect(error('---x')).toBe('bad flag syntax: ---x');
});

test('sizes and durations', () => {
  expect(['32', '32b', '32k', '32kB', '32KiB', '1.5m', '2g'].map((text) => parseBytes(text))).toEqual([32, 32, 32768, 32768, 32768, 1572864, 2147483648]);
  expect(() => parseBytes('1x')).toThrow("invalid suffix: 'x'");
  expect(() => parseBytes('x')).toThrow("invalid size: 'x'");
  expect(parseDuration('1h2m3.5s')).toBe(3723500);
});

test('the -v argument', () => {
  const sources = { '/data': '', 'vol:/data': 'vol', 'v:/data': '', 'vo:/data:ro': 'vo', './x:/y': './x', '1:/data': '1', ':': '', 'a::b': 'a:' };
  for (const [spec, source] of Object.entries(sources)) expect(volumeSource(spec), spec).toBe(source);
  expect(() => volumeSource('data:')).toThrow('invalid spec: data:: empty section between colons');
  expect(() => volumeSource('aa:bb:cc:dd')).toThrow('invalid spec: aa:bb:cc:dd: too many colons');
  expect(() => volumeSource('')).toThrow('invalid empty volume spec');
});

test('the --mount argument', () => {
  expect(parseMount('src=v,dst=/d,ro')).toEqual({ Type: 'volume', Source: 'v', Target: '/d', ReadOnly: true });
  expect(JSON.stringify(parseMount('type=volume,source=v,target=/t,volume-opt=type=tmpfs,volume-opt=device=tmpfs,volume-nocopy'))).toBe(
    '{"Type":"volume","Source":"v","Target":"/t","VolumeOptions":{"NoCopy":true,"DriverConfig":{"Options":{"device":"tmpfs","type":"tmpfs"}}}}');
  expect(parseMount('type=tmpfs,dst=/t,tmpfs-mode=1777,tmpfs-size=4m')).toMatchObject({ TmpfsOptions: { Mode: 1023, SizeBytes: 4194304 } });
  expect(parseMount('type=volume,"source=a,b",target=/x')).toMatchObject({ Source: 'a,b' });
  expect(() => parseMount('')).toThrow('EOF');
  expect(() => parseMount('myvol:/app')).toThrow("invalid field 'myvol:/app' must be a key=value pair");
  expect(() => parseMount('type=bind,src=/a,dst=/b,volume-nocopy')).toThrow("cannot mix 'volume-*' options with mount type 'bind'");
  expect(() => parseMount('type=tmpfs,dst="/x"')).toThrow('parse error on line 1, column 16: bare " in non-quoted-field');
});

test('published ports', () => {
  expect(parsePorts(['8080:80', '127.0.0.1:53:53/udp', '90'], ['70-71'])).toEqual({
    exposed: { '80/tcp': {}, '53/udp': {}, '90/tcp': {}, '70/tcp': {}, '71/tcp': {} },
    bindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }], '53/udp': [{ HostIp: '127.0.0.1', HostPort: '53' }], '90/tcp': [{ HostIp: '', HostPort: '' }] },
  });
  expect(() => parsePorts(['a:1'], [])).toThrow('Invalid hostPort: a');
  expect(() => parsePorts(['1:2:3:4:5'], [])).toThrow('Invalid ip address 1:2:3: address 1:2:3:: too many colons in address');
});
