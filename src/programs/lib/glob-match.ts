// Whole names against shell patterns, as fnmatch(3).

/** `*` and `?` also match `/`, as without FNM_PATHNAME. */
export function fnmatch(pattern: string, name: string, options: { readonly ignoreCase?: boolean } = {}): boolean {
  let source = '';
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at]!;
    if (character === '*') source += '[^]*';
    else if (character === '?') source += '[^]';
    else if (character === '[') {
      const found = /^\[([!^]?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(characters.slice(at).join(''));
      if (!found) source += '\\[';
      else {
        const inner = found[2]!.replace(/\\/g, '\\\\').replace(/\[:(\w+):\]|[\][^]/g, (text, name?: string) => (name ? NAMED[name] ?? '' : `\\${text}`));
        source += `[${found[1] ? '^' : ''}${inner}]`;
        at += [...found[0]].length - 1;
      }
    } else {
      const plain = character === '\\' && at + 1 < characters.length ? characters[++at]! : character;
      source += /[\\^$.*+?()[\]{}|/]/.test(plain) ? `\\${plain}` : plain;
    }
  }
  try {
    return new RegExp(`^(?:${source})$`, options.ignoreCase ? 'iu' : 'u').test(name);
  } catch {
    return false;
  }
}

const NAMED: Readonly<Record<string, string>> = { alpha: '\\p{L}', digit: '0-9', alnum: '\\p{L}0-9', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\s', punct: '!-\\/:-@\\[-`\\{-~', xdigit: '0-9a-fA-F' };
