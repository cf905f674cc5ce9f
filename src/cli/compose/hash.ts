// Hashes of what was configured: kept in labels, they tell later whether it has changed.

import { Sha256 } from '../../base/sha256.ts';
import { encode } from '../../base/bytes.ts';
import { arrange, goJson, serviceJson } from './field-order.ts';
import type { ProjectNetwork, ProjectVolume, Service } from './project.ts';
import type { Dict } from './yaml-document.ts';

const hash = (value: Dict): string => new Sha256().update(encode(goJson(value))).hex();

/** What is not part of a container: how many, from what build, when. */
export function serviceHash(service: Service): string {
  const { build: _b, pull_policy: _p, scale: _s, depends_on: _d, profiles: _q, deploy, ...rest } = service;
  const { replicas: _r, ...others } = (deploy ?? {}) as Dict;
  return hash(serviceJson({ ...rest, ...(deploy && { deploy: others }) } as Service));
}

export const volumeHash = (volume: ProjectVolume): string => hash(arrange('projectVolume', { ...volume, driver: volume.driver || 'local' }, false) as Dict);

export function networkHash(network: ProjectNetwork): string {
  const { name, driver, driver_opts, ipam = {}, ...rest } = arrange('network', network, false) as Dict;
  return hash({ name, ...(driver && { driver }), ...(driver_opts && { driver_opts }), ipam, ...rest });
}
