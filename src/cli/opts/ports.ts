// Port mappings of `-p` and `--expose` (go-connections' nat).

import type { PortBinding } from '../../api/container.ts';
import { CliError } from '../errors.ts';
import { FlagValueError } from '../flags/flag.ts';
import { cut, parseInteger } from '../flags/values.ts';

const fail = (message: string): never => {
  throw new CliError(message);
};

/** First and last of `80` or `80-90`. @throws FlagValueError */
function range(text: string): [number, number] {
  const [first, last, isRange] = cut(text, '-');
  const from = parseInteger(first, 16, true);
  const to = isRange ? parseInteger(last, 16, true) : from;
  if (to < from) throw new FlagValueError(`invalid range specified for port: ${text}`);
  return [from, to];
}

function ranged(text: string, message: string): [number, number] {
  try {
    return range(text);
  } catch (error) {
    if (error instanceof FlagValueError) return fail(message);
    throw error;
  }
}

export interface Ports {
  readonly exposed: Record<string, Record<string, never>>;
  readonly bindings: Record<string, PortBinding[]>;
}

/** @throws CliError */
export function parsePorts(publish: readonly string[], expose: readonly string[]): Ports {
  const exposed: Record<string, Record<string, never>> = {};
  const bindings: Record<string, PortBinding[]> = {};
  for (const given of publish) {
    let spec = given;
    if (given.includes('=')) {
      const params: Record<string, string> = { protocol: 'tcp', published: '', target: '' };
      for (const param of given.split(',')) {
        const [key, value, hasValue] = cut(param, '=');
        if (!hasValue) fail(`invalid publish opts format (should be name=value but got '${param}')`);
        params[key] = value;
      }
      spec = `${params['published']}:${params['target']}/${params['protocol']}`;
    }
    const parts = spec.split(':');
    const [container = '', proto = 'tcp'] = parts.pop()!.split('/');
    const host = parts.pop() ?? '';
    let ip = parts.join(':');
    if (!['tcp', 'udp', 'sctp'].includes(proto.toLowerCase())) fail(`Invalid proto: ${proto}`);
    if (/^\[.*\]$/.test(ip)) ip = ip.slice(1, -1);
    else if (ip.includes(':')) fail(`Invalid ip address ${ip}: address ${ip}:: too many colons in address`);
    if (ip && !/^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)$/.test(ip)) fail(`Invalid ip address: ${ip}`);
    if (!container) fail(`No port specified: ${spec}<empty>`);
    const [first, last] = ranged(container, `Invalid containerPort: ${container}`);
    const [hostFirst, hostLast] = host ? ranged(host, `Invalid hostPort: ${host}`) : [0, 0];
    if (host && last - first !== hostLast - hostFirst && last !== first) fail(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
    for (let port = first; port <= last; port++) {
      const key = `${port}/${proto.toLowerCase()}`;
      exposed[key] = {};
      const mapped = host && `${hostFirst + port - first}${first === last && hostFirst !== hostLast ? `-${hostLast}` : ''}`;
      (bindings[key] ??= []).push({ HostIp: ip, HostPort: mapped });
    }
  }
  for (const spec of expose) {
    if (spec.includes(':')) fail(`invalid port format for --expose: ${spec}`);
    const [ports = '', proto = 'tcp'] = spec.split('/');
    let limits: [number, number];
    try {
      limits = range(ports);
    } catch (error) {
      if (!(error instanceof FlagValueError)) throw error;
      return fail(`invalid range format for --expose: ${spec}, error: ${error.message}`);
    }
    for (let port = limits[0]; port <= limits[1]; port++) exposed[`${port}/${proto.toLowerCase()}`] = {};
  }
  return { exposed, bindings };
}
