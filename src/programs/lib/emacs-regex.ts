// The regular expressions of find: Emacs syntax, over whole paths.

/** `+ ? *` repeat, `\( \) \|` group and choose. */
export function emacsRegex(pattern: string, ignoreCase: boolean): RegExp {
  const source = pattern.replace(/\\([(){}|])|([(){}|])|(\[\^?\]?[^\]]*\])/g, (_, escaped?: string, plain?: string, set?: string) => {
    if (set !== undefined) return set.replace(/^(\[\^?)\]/, '$1\\]').replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
    if (escaped !== undefined) return escaped === '{' || escaped === '}' ? `\\${escaped}` : escaped;
    return `\\${plain!}`;
  });
  try {
    return new RegExp(`^(?:${source})$`, ignoreCase ? 'is' : 's');
  } catch {
    return /^(?!)/;
  }
}

const CLASSES: Readonly<Record<string, string>> = { alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f' };
