// Paths as Go's `path` and `filepath` packages treat them on Linux.

/** As `path.Clean`: `''` becomes `.`. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length && out.at(-1) !== '..') out.pop();
    else if (!rooted) out.push(part);
  }
  return (rooted ? '/' : '') + out.join('/') || (rooted ? '/' : '.');
}

/** As `path.Join`. */
export function joinPath(...parts: string[]): string {
  const whole = parts.filter(Boolean).join('/');
  return whole && cleanPath(whole);
}

export function dirname(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? (at === 0 ? '/' : '.') : path.slice(0, at);
}

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export const isAbsolute = (path: string): boolean => path.startsWith('/');
