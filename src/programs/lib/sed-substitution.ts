// `s/pattern/replacement/flags` over names, for tar's --transform.

/** Basic regular expressions; flags `g` and `i`. @returns undefined when it is none */
export function sedSubstitution(text: string): ((name: string) => string) | undefined {
  const delimiter = text[1];
  if (text[0] !== 's' || delimiter === undefined) return undefined;
  const parts = text.slice(2).split(new RegExp(`(?<!\\\\)\\${delimiter}`));
  if (parts.length < 3) return undefined;
  const [pattern, replacement, flags = ''] = parts as [string, string, string];
  const source = pattern.replace(/\\([(){}|+?])|([(){}|+?])/g, (_, escaped?: string, plain?: string) => escaped ?? `\\${plain!}`);
  const regex = new RegExp(source, (flags.includes('g') ? 'g' : '') + (/i/i.test(flags) ? 'i' : ''));
  return (name) => name.replace(regex, (...found: string[]) => replacement.replace(/\\(.)|&/g, (whole, code?: string) => (code === undefined ? found[0]! : /\d/.test(code) ? (found[Number(code)] ?? '') : code === 'n' ? '\n' : code || whole)));
}
