// Brace expansion, on the text of a word before anything else is expanded: `a{b,c}{1..3}`.

/** Where quoting or an expansion that starts at `at` ends, or `at` when nothing special starts there. */
function skip(text: string, at: number): number {
  const c = text[at];
  if (c === '\\') return at + 2;
  if (c === "'") return until(text, at + 1, "'");
  if (c === '"' || c === '`') {
    let i = at + 1;
    while (i < text.length && text[i] !== c) i = text[i] === '\\' ? i + 2 : c === '"' && text[i] === '$' ? Math.max(skip(text, i), i + 1) : i + 1;
    return i + 1;
  }
  if (c === '$' && (text[at + 1] === '{' || text[at + 1] === '(')) {
    const close = text[at + 1] === '{' ? '}' : ')';
    const open = text[at + 1]!;
    let depth = 1;
    let i = at + 2;
    while (i < text.length && depth) {
      if (text[i] === open) depth++;
      else if (text[i] === close) depth--;
      const next = text[i] === open || text[i] === close ? i + 1 : skip(text, i);
      i = next === i ? i + 1 : next;
    }
    return i;
  }
  return at;
}

const until = (text: string, at: number, mark: string): number => {
  const found = text.indexOf(mark, at);
  return found < 0 ? text.length : found + 1;
};

function sequence(body: string): string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (!match) return undefined;
  const [, from = '', to = '', by] = match;
  const numeric = /\d/.test(from);
  if (numeric !== /\d/.test(to)) return undefined;
  const start = numeric ? Number(from) : from.charCodeAt(0);
  const end = numeric ? Number(to) : to.charCodeAt(0);
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  const padded = numeric && [from, to].some((each) => /^-?0\d/.test(each));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const out: string[] = [];
  for (let i = start; start <= end ? i <= end : i >= end; i += start <= end ? step : -step) {
    out.push(numeric ? (i < 0 ? `-${String(-i).padStart(width - 1, '0')}` : String(i).padStart(width, '0')) : String.fromCharCode(i));
  }
  return out;
}

/** All the words that the braces of a word make; the word itself when there are none to expand. */
export function expandBraces(text: string): string[] {
  for (let at = 0; at < text.length; ) {
    const next = skip(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    if (text[at] !== '{') {
      at++;
      continue;
    }
    // Find the matching brace and the commas of this level.
    const commas: number[] = [];
    let depth = 0;
    let close = -1;
    for (let i = at + 1; i < text.length; ) {
      const after = skip(text, i);
      if (after > i) {
        i = after;
        continue;
      }
      const c = text[i];
      if (c === '{') depth++;
      else if (c === '}') {
        if (depth-- === 0) {
          close = i;
          break;
        }
      } else if (c === ',' && depth === 0) commas.push(i);
      i++;
    }
    const body = close < 0 ? '' : text.slice(at + 1, close);
    const alternatives = close < 0 ? undefined : commas.length ? [at, ...commas].map((start, i) => text.slice(start + 1, commas[i] ?? close)).flatMap(expandBraces) : sequence(body);
    if (!alternatives) {
      at++;
      continue;
    }
    const before = text.slice(0, at);
    const rest = expandBraces(text.slice(close + 1));
    return alternatives.flatMap((middle) => rest.map((end) => before + middle + end));
  }
  return [text];
}
