// The patterns of a .dockerignore file (moby's patternmatcher): the client leaves out what they name, and so does the engine.

/** What the matcher says to a pattern that is none; undefined when all are. */
export function patternFault(text: string): string | undefined {
  for (const line of patterns(text)) {
    if (line === '!') return 'illegal exclusion pattern: "!"';
    if (/\[[^\]]*$|\\$/.test(line)) return 'syntax error in pattern';
  }
  return undefined;
}

const patterns = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));

/** Whether a path of the context, `a/b`, is left out. Later patterns win; `!` takes back. */
export function ignored(text: string): (path: string) => boolean {
  const rules = patterns(text).map((line) => {
    const keep = line.startsWith('!');
    return { keep, regex: compile(clean((keep ? line.slice(1) : line).trim())) };
  });
  return (path) => {
    let out = false;
    // A pattern that matches a parent directory matches all below it.
    const parents = path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));
    for (const { keep, regex } of rules) if (out === keep && parents.some((each) => regex.test(each))) out = !keep;
    return out;
  };
}

function clean(pattern: string): string {
  const out: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '..') out.pop();
    else if (part && part !== '.') out.push(part);
  }
  return out.join('/') || '.';
}

function compile(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '*' && pattern[i + 1] === '*') {
      i++;
      if (pattern[i + 1] === '/') i++;
      source += i + 1 >= pattern.length ? '.*' : '(?:.*/)?';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', i);
      if (end < 0) source += '\\[';
      else {
        source += pattern.slice(i, end + 1);
        i = end;
      }
    } else if (char === '\\') source += '\\' + (pattern[++i] ?? '\\');
    else source += char.replace(/[.+^${}()|\]]/, '\\$&');
  }
  return new RegExp(`^${source}$`);
}
