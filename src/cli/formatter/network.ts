// The columns of networks.

import type { NetworkSummary } from '../../api/system.ts';
import { dateTime, parseTime } from '../go.ts';
import { Struct } from '../template/value.ts';
import { type Headers, labelsText, shortId } from './table.ts';

export const NETWORK_TABLE = 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';

export const NETWORK_HEADERS: Headers = {
  ID: 'NETWORK ID', Name: 'NAME', Driver: 'DRIVER', Scope: 'SCOPE', IPv6: 'IPV6', IPv4: 'IPV4', Internal: 'INTERNAL', Labels: 'LABELS', CreatedAt: 'CREATED AT',
};

export const networkRow = (network: NetworkSummary, truncate: boolean): Struct =>
  new Struct('*network.networkContext', {
    ID: truncate ? shortId(network.Id) : network.Id, Name: network.Name, Driver: network.Driver, Scope: network.Scope,
    IPv4: String(network['EnableIPv4'] ?? true), IPv6: String(network['EnableIPv6'] ?? false), Internal: String(network['Internal'] ?? false),
    Labels: labelsText(network.Labels), Label: (name: string) => network.Labels?.[name] ?? '',
    CreatedAt: `${dateTime(Math.floor(parseTime(network.Created) / 1000) * 1000, ' ')}${/\.\d*[1-9]/.exec(network.Created)?.[0] ?? ''} +0000 UTC`,
  });
