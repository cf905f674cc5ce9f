// The mounts of a service's container: its volumes, those taken over from the container before, configs and secrets.

import type { ContainerSummary } from '../../api/container.ts';
import type { Mount } from '../../api/mount.ts';
import type { Task } from '../../base/task.ts';
import type { Cli } from '../cli.ts';
import { CliError, notSimulated } from '../errors.ts';
import { logWarning } from './load.ts';
import type { FileReference, Project, ProjectFile, Service, ServiceVolume } from './project.ts';

export interface ServiceMounts {
  readonly binds: readonly string[];
  readonly mounts: readonly Mount[];
}

/** Only what the older form of a bind can say may go there; and only that creates a missing host directory. */
const needsMount = ({ type, bind, volume }: ServiceVolume): boolean => (type === 'bind'
  ? bind !== undefined && (!bind.create_host_path || bind.propagation !== undefined || bind.recursive !== undefined)
  : Object.keys(volume?.labels ?? {}).length > 0 || volume?.subpath !== undefined || volume?.nocopy === true);

function bindText(source: string, { target, read_only: readOnly, bind }: ServiceVolume): string {
  return [source, target, [readOnly ? 'ro' : 'rw', ...(bind?.selinux ? [bind.selinux] : [])].join(',')].join(':');
}

function mountOf(volume: ServiceVolume, source: string): Mount {
  const { type, target, read_only: readOnly, consistency, bind, volume: named, tmpfs, image } = volume;
  if (type === 'npipe' || type === 'cluster') throw notSimulated(`a volume of type ${type}`);
  return {
    Type: type, ...(source && { Source: source }), Target: target, ...(readOnly && { ReadOnly: true }), ...(consistency && { Consistency: consistency }),
    ...(type === 'bind' && bind && {
      BindOptions: {
        ...(bind.propagation && { Propagation: bind.propagation }),
        ...(bind.recursive === 'disabled' && { NonRecursive: true }), ...(bind.create_host_path && { CreateMountpoint: true }), ...(bind.recursive === 'writable' && { ReadOnlyNonRecursive: true }), ...(bind.recursive === 'readonly' && { ReadOnlyForceRecursive: true }),
      },
    }),
    ...(type === 'volume' && named && { VolumeOptions: { ...(named.nocopy && { NoCopy: true }), ...(named.labels && { Labels: { ...named.labels } }), ...(named.subpath && { Subpath: named.subpath }) } }),
    ...(type === 'tmpfs' && tmpfs && { TmpfsOptions: { ...(tmpfs.size && { SizeBytes: Number(tmpfs.size) }), ...(tmpfs.mode && { Mode: tmpfs.mode }) } }),
    ...(type === 'image' && { ImageOptions: { ...(image?.subpath && { Subpath: image.subpath }) } }),
  };
}

/** Where a config or secret is seen in the container. */
export function filePath(kind: 'config' | 'secret', { target, source }: FileReference): string {
  if (kind === 'secret') return target ? (target.startsWith('/') ? target : `/run/secrets/${target}`) : `/run/secrets/${source}`;
  return target ? (target.startsWith('/') ? target : `/${target}`) : `/${source}`;
}

export const fileReferences = (project: Project, service: Service): { kind: 'config' | 'secret'; reference: FileReference; file: ProjectFile }[] => [
  ...(service.secrets ?? []).map((reference) => ({ kind: 'secret' as const, reference, file: project.secrets[reference.source]! })),
  ...(service.configs ?? []).map((reference) => ({ kind: 'config' as const, reference, file: project.configs[reference.source]! })),
];

/** @param imageVolumes paths that the image declares; @param before the container that is replaced. @throws CliError */
export function* serviceMounts(cli: Cli, project: Project, service: Service, imageVolumes: readonly string[], before: ContainerSummary | undefined): Task<ServiceMounts> {
  const binds: string[] = [];
  const mounts = new Map<string, Mount>();
  const anonymous = new Map((service.volumes ?? []).filter((each) => !each.source).map((each) => [each.target, each]));
  for (const mount of before?.Mounts ?? []) {
    if (mount.Type === 'tmpfs' || (!anonymous.has(mount.Destination) && !imageVolumes.includes(mount.Destination))) continue;
    anonymous.delete(mount.Destination);
    const source = mount.Type === 'volume' ? mount.Name : mount.Source;
    mounts.set(mount.Destination, { Type: mount.Type, ...(source && { Source: source }), Target: mount.Destination, ...(!mount.RW && { ReadOnly: true }) });
  }
  for (const volume of service.volumes ?? []) {
    const { type, source = '', target } = volume;
    if (!source && type === 'volume' && !anonymous.has(target)) continue;
    const name = type === 'volume' && source ? project.volumes[source]?.name ?? source : source;
    if ((type === 'bind' || (type === 'volume' && source)) && !needsMount(volume)) {
      mounts.delete(target);
      binds.push(bindText(name, volume));
    } else mounts.set(target, mountOf(volume, type === 'tmpfs' ? '' : name));
  }
  for (const { kind, reference, file } of fileReferences(project, service)) {
    if (file.external) throw new CliError(`unsupported external ${kind} ${file.name}`);
    if (!file.file) continue;
    const Target = filePath(kind, reference);
    if (kind === 'secret' && !cli.sys.can(file.file, '')) yield* logWarning(cli, `secret file ${file.name} does not exist`);
    if (reference.uid || reference.gid || reference.mode) yield* logWarning(cli, `${kind}${kind === 'secret' ? 's' : ''} \`uid\`, \`gid\` and \`mode\` are not supported, they will be ignored`);
    mounts.set(Target, { Type: 'bind', Source: file.file, Target, ReadOnly: true, ...(kind === 'secret' && { BindOptions: {} }) });
  }
  return { binds, mounts: [...mounts.values()] };
}
