// The `--mount` argument (docker/cli's opts.MountOpt).

import type { BindOptions, ImageOptions, Mount, TmpfsOptions, VolumeOptions } from '../../api/mount.ts';
import { type Flag, FlagValueError } from '../flags/flag.ts';
import { cut, parseBool, parseBytes } from '../flags/values.ts';
import { csvRecord } from './csv.ts';

const refuse = (message: string): never => {
  throw new FlagValueError(message);
};

/** Relative sources stay as they are: the caller makes them absolute. @throws FlagValueError */
export function parseMount(text: string): Mount {
  const mount: Mount = { Type: 'volume' };
  let volume: VolumeOptions | undefined;
  let bind: BindOptions | undefined;
  let tmpfs: TmpfsOptions | undefined;
  let image: ImageOptions | undefined;
  let recursive = '';
  let deprecated = false;
  const ofVolume = () => (volume ??= { DriverConfig: {} });
  const put = (map: Record<string, string>, pair: string) => {
    const [key, value] = cut(pair, '=');
    if (key) map[key] = value;
  };
  for (const field of csvRecord(text)) {
    const [rawKey, value, hasValue] = cut(field, '=');
    const key = rawKey.toLowerCase();
    if (!hasValue && !['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'].includes(key)) refuse(`invalid field '${field}' must be a key=value pair`);
    const truth = () => (hasValue ? parseBool(value) ?? refuse(`invalid value for ${key}: ${value}`) : true);
    switch (key) {
      case 'type': mount.Type = value.toLowerCase(); break;
      case 'source':
      case 'src': mount.Source = value; break;
      case 'target':
      case 'dst':
      case 'destination': mount.Target = value; break;
      case 'readonly':
      case 'ro': mount.ReadOnly = truth(); break;
      case 'consistency': mount.Consistency = value.toLowerCase(); break;
      case 'bind-propagation': (bind ??= {}).Propagation = value.toLowerCase(); break;
      case 'bind-nonrecursive':
        (bind ??= {}).NonRecursive = truth();
        deprecated ||= hasValue;
        break;
      case 'bind-recursive':
        recursive = value;
        if (value === 'disabled') (bind ??= {}).NonRecursive = true;
        else if (value === 'writable') (bind ??= {}).ReadOnlyNonRecursive = true;
        else if (value === 'readonly') (bind ??= {}).ReadOnlyForceRecursive = true;
        else if (value !== 'enabled') refuse(`invalid value for bind-recursive: ${value} (must be "enabled", "disabled", "writable", or "readonly")`);
        break;
      case 'volume-subpath': ofVolume().Subpath = value; break;
      case 'volume-nocopy': ofVolume().NoCopy = truth(); break;
      case 'volume-label': put((ofVolume().Labels ??= {}), value); break;
      case 'volume-driver': ofVolume().DriverConfig!.Name = value; break;
      case 'volume-opt': put((ofVolume().DriverConfig!.Options ??= {}), value); break;
      case 'image-subpath': (image ??= {}).Subpath = value; break;
      case 'tmpfs-size':
        try {
          (tmpfs ??= {}).SizeBytes = parseBytes(value);
        } catch {
          refuse(`invalid value for ${key}: ${value}`);
        }
        break;
      case 'tmpfs-mode':
        if (!/^[0-7]+$/.test(value)) refuse(`invalid value for ${key}: ${value}`);
        (tmpfs ??= {}).Mode = parseInt(value, 8);
        break;
      default: refuse(`unexpected key '${key}' in '${field}'`);
    }
  }
  if (!mount.Type) refuse('type is required');
  if (!mount.Target) refuse('target is required');
  for (const [name, options, type] of [['volume', volume, 'volume'], ['bind', bind, 'bind'], ['image', image, 'image'], ['tmpfs', tmpfs, 'tmpfs']] as const) {
    if (options && mount.Type !== type) refuse(`cannot mix '${name}-*' options with mount type '${mount.Type}'`);
  }
  if ((recursive === 'writable' || recursive === 'readonly') && !mount.ReadOnly) refuse(`option 'bind-recursive=${recursive}' requires 'readonly' to be specified in conjunction`);
  if (recursive === 'readonly' && bind?.Propagation !== 'rprivate') {
    refuse(`option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction`);
  }
  const ofDriver = volume?.DriverConfig ?? {};
  const done: Mount = {
    ...ordered(mount, 'Type Source Target ReadOnly Consistency'),
    ...(bind && { BindOptions: ordered(bind, 'Propagation NonRecursive ReadOnlyNonRecursive ReadOnlyForceRecursive') }),
    ...(volume && { VolumeOptions: { ...ordered(volume, 'NoCopy Labels Subpath'), DriverConfig: ordered(ofDriver, 'Name Options') } }),
    ...(image && { ImageOptions: image }), ...(tmpfs && { TmpfsOptions: ordered(tmpfs, 'SizeBytes Mode') }),
  };
  if (deprecated) NONRECURSIVE.add(done);
  return done;
}

/** Those that said `bind-nonrecursive=…`, which the client warns of. */
export const NONRECURSIVE = new WeakSet<Mount>();

/** The fields that are not zero, as on the wire: in the struct's order, maps by key. */
function ordered<T extends object>(of: T, names: string): T {
  const entries = names.split(' ').map((name): [string, unknown] => [name, (of as Record<string, unknown>)[name]]);
  const kept = entries.filter(([, value]) => value && (typeof value !== 'object' || Object.keys(value).length));
  return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'object' ? Object.fromEntries(Object.entries(value!).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value])) as T;
}

export const mountFlag = (usage: string): Flag<Mount[]> => ({
  type: 'mount', usage, shorthand: '', initial: [], parse: (text, before) => [...before, parseMount(text)],
});
