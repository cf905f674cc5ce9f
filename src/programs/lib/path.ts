// File names as text: joining and taking apart, as the programs do it.

/** The last component, without slashes at its end; `/` of the root. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? (path ? '/' : '') : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** All but the last component; `.` without one. */
export function dirName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (!trimmed) return path ? '/' : '.';
  const slash = trimmed.lastIndexOf('/');
  return slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

export const joinPath = (directory: string, name: string): string => (directory.endsWith('/') ? directory + name : `${directory}/${name}`);

/** Order of bytes, as in the C.UTF-8 locale (code points, not UTF-16 units). */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates stand for code points above all others.
    if (x >= 0xd800) x += x < 0xe000 ? 0x2000 : -0x800;
    if (y >= 0xd800) y += y < 0xe000 ? 0x2000 : -0x800;
    return x - y;
  }
  return a.length - b.length;
}
