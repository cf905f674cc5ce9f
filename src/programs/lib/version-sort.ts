// The order of names with numbers in them, as GNU's filevercmp: `a9` before `a10`.

const SUFFIX = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;

export function compareVersions(a: string, b: string): number {
  if (a === b) return 0;
  for (const special of ['', '.', '..']) {
    if (a === special) return -1;
    if (b === special) return 1;
  }
  if (a.startsWith('.') !== b.startsWith('.')) return a.startsWith('.') ? -1 : 1;
  const short = compareParts(a.replace(SUFFIX, ''), b.replace(SUFFIX, ''));
  return short || compareParts(a, b);
}

/** Letters before other characters, `~` before everything, even the end. */
const weight = (char: string | undefined): number =>
  char === undefined || /\d/.test(char) ? 0 : char === '~' ? -1 : /[A-Za-z]/.test(char) ? char.charCodeAt(0) : char.charCodeAt(0) + 256;

function compareParts(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !/\d/.test(a[i]!)) || (j < b.length && !/\d/.test(b[j]!))) {
      const order = weight(a[i]) - weight(b[j]);
      if (order) return order;
      i++;
      j++;
    }
    const x = /^\d*/.exec(a.slice(i))![0];
    const y = /^\d*/.exec(b.slice(j))![0];
    i += x.length;
    j += y.length;
    const p = x.replace(/^0+/, '');
    const q = y.replace(/^0+/, '');
    if (p.length !== q.length) return p.length - q.length;
    if (p !== q) return p < q ? -1 : 1;
  }
  return 0;
}
