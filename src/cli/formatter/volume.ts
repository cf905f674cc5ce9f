// The columns of volumes.

import type { Volume } from '../../api/volume.ts';
import { Struct } from '../template/value.ts';
import { type Headers, labelsText } from './table.ts';
import { humanSize } from './units.ts';

export const VOLUME_RAW = 'name: {{.Name}}\ndriver: {{.Driver}}\n';
export const VOLUME_TABLE = 'table {{.Driver}}\t{{.Name}}';

export const VOLUME_HEADERS: Headers = {
  Name: 'VOLUME NAME', Driver: 'DRIVER', Scope: 'SCOPE', Availability: 'AVAILABILITY', Mountpoint: 'MOUNTPOINT', Labels: 'LABELS',
  Links: 'LINKS', Size: 'SIZE', Group: 'GROUP', Status: 'STATUS',
};

export function volumeRow(volume: Volume): Struct {
  const usage = volume.UsageData;
  return new Struct('*formatter.volumeContext', {
    Name: volume.Name, Driver: volume.Driver, Scope: volume.Scope, Mountpoint: volume.Mountpoint, Labels: labelsText(volume.Labels),
    Label: (name: string) => volume.Labels?.[name] ?? '',
    Links: usage ? String(usage.RefCount) : 'N/A',
    Size: usage ? humanSize(usage.Size) : 'N/A',
    Availability: 'N/A', Group: 'N/A', Status: 'N/A',
  });
}
