// A workaround of the parser's: apostrophes inside `"${x:-…}"` are ordinary letters, which it takes for quotes.

/** Stands for an apostrophe in `"${x:-don't}"`, which the parser would take for a quote. */
export const APOSTROPHE = '\ue000';

/** Apostrophes inside `"${x:-…}"` are ordinary letters. */
export function protectApostrophes(text: string): string {
  if (!/"[^]*\$\{[^]*'/.test(text)) return text;
  const modes: string[] = [];
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const mode = modes.at(-1);
    out += c === "'" && mode === '${' && modes.at(-2) === '"' && /\$\{\w+:?[-=+?][^{}]*$/.test(out) ? APOSTROPHE : c;
    if (c === '\\' && i + 1 < text.length) out += text[++i];
    else if (c === "'" && mode !== '"' && !(mode === '${' && modes.at(-2) === '"')) {
      const end = text.indexOf("'", i + 1);
      if (end < 0) return text;
      out += text.slice(i + 1, end + 1);
      i = end;
    } else if (c === '"') {
      if (mode === '"') modes.pop();
      else modes.push('"');
    } else if (c === '$' && (text[i + 1] === '{' || text[i + 1] === '(')) {
      modes.push(c + text[i + 1]);
      out += text[++i];
    } else if ((c === '}' && mode === '${') || (c === ')' && mode === '$(')) modes.pop();
    else if (c === '(' && mode === '$(') modes.push('$(');
  }
  return out;
}
