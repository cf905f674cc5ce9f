// How large one container or one place is drawn, and what stands where inside of it.

import { bytesText, type ContainerBox, type FileItem, type Files, type Place, isMountPoint, written } from './picture-model.ts';
import type { ContainerCard, Detail, PlaceCard, Row } from './scene.ts';
import { fitText, textWidth } from './text-fit.ts';

/** Files told of one store: the newest. */
const SHOWN = 5;
export const NAME = 13.5, SMALL = 12, CODE = 12.5;
const FILE_ROW = 21, MOUNT_ROW = 24, HIDDEN_ROW = 18;

type Sized<T> = Omit<T, 'x' | 'y'>;

export const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

export function containerCard(box: ContainerBox, width: number, detail: Detail): Sized<ContainerCard> {
  const header = detail === 'full' ? 32 : detail === 'compact' ? 28 : 26;
  const statusWidth = detail === 'tile' ? 0 : textWidth(box.stateText, SMALL);
  const common = {
    key: box.key, box, detail, width, header, status: detail === 'tile' ? '' : box.stateText,
    title: fitText(box.name, width - 34 - (detail === 'tile' ? 14 + box.mounts.length * 9 : statusWidth + 18), NAME),
  };
  const rows: Row[] = [];
  const ports = new Map<string, number>();
  if (detail === 'tile') {
    for (const mount of box.mounts) ports.set(mount.key, header / 2);
    return { ...common, rows, ports, sheet: undefined, height: header };
  }
  const full = detail === 'full';
  let y = header;
  for (const mount of box.mounts) {
    const height = full ? MOUNT_ROW : 21;
    const tag = mount.readonly ? 'read-only' : '';
    const veiled = mount.hidden !== undefined && !full;
    const room = width - 50 - (tag ? textWidth(tag, 11) + 20 : 0) - (veiled ? 20 : 0);
    rows.push({ type: 'mount', y, height, mount, label: fitText(mount.destination, room, CODE, true), tag, veiled });
    ports.set(mount.key, y + height / 2);
    y += height;
    if (mount.hidden && full) {
      const { names, total, inside } = mount.hidden;
      const label = `hides ${names.slice(0, 3).join(', ')}${total > 3 ? ` and ${total - 3} more` : ''}${inside === undefined ? '' : ` of ${inside}`}`;
      rows.push({ type: 'hidden', y, height: HIDDEN_ROW, mount, label: fitText(label, width - 64, SMALL) });
      y += HIDDEN_ROW;
    }
  }
  if (box.mounts.length) y += 5;
  const sheetY = y;
  const about = box.readonlyRoot ? 'writable layer (root is read-only)' : 'writable layer';
  if (!full) {
    const label = `writable layer: ${written(box.files) ? count(written(box.files), 'file') : 'empty'}`;
    return { ...common, rows, ports, sheet: { y: sheetY, height: 23, label: fitText(label, width - 50, SMALL) }, height: sheetY + 23 + 6 };
  }
  y += 23;
  y = fileRows(rows, box.files, box.key, y, width - 28, 'nothing written yet') + 5;
  return { ...common, rows, ports, sheet: { y: sheetY, height: y - sheetY, label: fitText(about, width - 50, SMALL) }, height: y + 6 };
}

/** @returns where the rows end */
function fileRows(rows: Row[], files: Files, owner: string, from: number, width: number, empty: string): number {
  const points = files.items.filter(isMountPoint);
  const others = points.length ? files.items.filter((item) => !isMountPoint(item)) : files.items;
  const shown = others.length <= SHOWN ? others : newest(others);
  let y = from;
  for (const file of shown) {
    const room = width - 20 - (file.hostPath === undefined ? 0 : 24);
    const label = fitText(fileName(file), Math.max(room * 0.6, room - textWidth(fileDetail(file), SMALL) - 12), CODE, true);
    rows.push({ type: 'file', y, height: FILE_ROW, file, label, detail: fitText(fileDetail(file), room - textWidth(label, CODE, true) - 12, SMALL) });
    y += FILE_ROW;
  }
  const more = files.total - points.length - shown.length;
  const tell = (key: string, label: string): void => {
    rows.push({ type: 'text', y, height: FILE_ROW, key: `${owner}#${key}`, label: fitText(label, width - 28, SMALL) });
    y += FILE_ROW;
  };
  if (more > 0) tell('more', `and ${more} more`);
  if (points.length) tell('points', `${shown.length ? '' : 'only '}mount point${points.length > 1 ? 's' : ''}: ${points.map((item) => `/${item.path}`).join(', ')}`);
  else if (!shown.length) tell('empty', empty);
  return y;
}

const newest = (items: readonly FileItem[]): FileItem[] =>
  items.toSorted((a, b) => b.mtime - a.mtime).slice(0, SHOWN).toSorted((a, b) => (a.path < b.path ? -1 : 1));

const fileName = (file: FileItem): string => (file.mark === 'directory' || file.mark === 'hiding' ? `${file.path}/` : file.path);

/** What is said beside a file's name. */
export function fileDetail(file: FileItem): string {
  switch (file.mark) {
    case 'deleted': return 'deleted here';
    case 'hiding': return 'hides the image’s';
    case 'directory': return file.text || 'empty';
    case 'link': return `→ ${file.text}`;
    case 'special': return 'special file';
    default: return file.text ? `“${file.text}”${file.lines > 1 ? ` +${file.lines - 1}` : ''}` : bytesText(file.size);
  }
}

export function placeCard(place: Place, width: number, detail: Detail): Sized<PlaceCard> {
  const lid = detail === 'full' ? 7 : 5;
  const top = place.kind === 'volume' ? 2 * lid - 1 : place.kind === 'bind' ? 8 : 3;
  const bottom = place.kind === 'volume' ? lid + 1 : place.kind === 'tmpfs' ? 8 : 4;
  const header = detail === 'full' ? 28 : 24;
  const held = place.missing ? 'not there' : place.gone ? 'gone' : place.files.total ? count(place.files.total, 'file') : 'empty';
  const summary = place.kind === 'tmpfs' ? `${place.usedBy[0]}: ${held}` : held;
  const note = detail === 'full' ? place.note : summary;
  const mono = place.kind !== 'volume' || place.anonymous;
  const size = mono ? CODE : NAME;
  // The name comes first; what is beside it takes the rest.
  const named = Math.max(Math.min(textWidth(place.title, size, mono), (width - 44) * 0.62), width - 52 - textWidth(note, SMALL));
  const common = {
    key: place.key, place, detail, width, lid, entry: top + header / 2,
    title: fitText(place.title, named, size, mono), note: fitText(note, width - 52 - named, SMALL),
  };
  const rows: Row[] = [];
  let y = top + header;
  if (detail !== 'full') return { ...common, rows, foot: '', height: y + bottom };
  if (!place.missing && !place.gone) y = fileRows(rows, place.files, place.key, y, width - 24, 'empty');
  const foot = place.usedBy.length ? `used by ${place.usedBy.join(', ')}` : place.kind === 'volume' ? 'used by no container' : '';
  if (foot) y += 20;
  return { ...common, rows, foot: fitText(foot, width - 28, SMALL), height: y + bottom };
}
