// Editors and pagers on a terminal: keys in, files and screens out.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../../src/headless/sim-options.ts';
import { decode } from '../../../src/base/bytes.ts';

/** What a file holds after typing at a terminal, and all that the terminal was sent. */
function typed(keys: readonly string[], files: Readonly<Record<string, string>> = {}): { read: (path: string) => string; screen: string } {
  const host = createHost(SIM_OPTIONS);
  const faults: unknown[] = [];
  host.onFault((error) => faults.push(error));
  for (const [path, content] of Object.entries(files)) host.run(`printf '%s' '${content}' > ${path}`);
  const terminal = host.openTerminal({ columns: 60, rows: 12 });
  let screen = '';
  terminal.onOutput((bytes) => {
    screen += decode(bytes);
  });
  const settle = (): void => {
    for (let n = 0; n < 50; n++) host.advanceTo(host.now + 20, 100_000);
  };
  settle();
  for (const text of keys) {
    host.type(terminal.id, text);
    settle();
  }
  expect(faults).toEqual([]);
  return { read: (path) => decode(host.readFile(path)), screen };
}

describe('vi', () => {
  const edits: readonly [what: string, keys: string, before: string, after: string][] = [
    ['inserts', 'ihello \u001b', 'world\n', 'hello world\n'],
    ['appends at the end of the line', 'A!\u001b', 'a\nb\n', 'a!\nb\n'],
    ['opens lines', 'otwo\u001bOone\u001b', 'zero\n', 'zero\none\ntwo\n'],
    ['deletes and puts lines', 'ddp', 'a\nb\nc\n', 'b\na\nc\n'],
    ['yanks and puts', 'yyGp', 'a\nb\n', 'a\nb\na\n'],
    ['changes a word', 'wcwnew\u001b', 'one two three\n', 'one new three\n'],
    ['deletes words', 'd2w', 'one two three\n', 'three\n'],
    ['deletes to the end', 'wD', 'one two\n', 'one \n'],
    ['undoes', 'xxuu', 'abc\n', 'abc\n'],
    ['repeats', 'x..', 'abcdef\n', 'def\n'],
    ['joins', 'J', 'a\nb\n', 'a b\n'],
    ['replaces a character', '$rX', 'abc\n', 'abX\n'],
    ['searches', '/three\rix\u001b', 'one\ntwo\nthree\n', 'one\ntwo\nxthree\n'],
    ['goes to lines', '2GdG', 'a\nb\nc\n', 'a\n'],
    ['substitutes', ':%s/a/b/g\r', 'aa\na\n', 'bb\nb\n'],
    ['counts', '3x', 'abcdef\n', 'def\n'],
  ];
  for (const [what, keys, before, after] of edits) {
    it(what, () => expect(typed(['vi f\r', keys, ':wq\r'], { f: before }).read('/root/f')).toBe(after));
  }

  it('does not leave a changed file', () => {
    const { read, screen } = typed(['vi f\r', 'x', ':q\r', ':q!\r', 'echo left\r'], { f: 'abc\n' });
    expect(screen).toContain('No write since last change');
    expect(screen).toContain('left');
    expect(read('/root/f')).toBe('abc\n');
  });
});

describe('nano', () => {
  it('writes what was typed', () => expect(typed(['nano g\r', 'hello\rworld', '\u000f\r', '\u0018']).read('/root/g')).toBe('hello\nworld\n'));
  it('asks before it leaves', () => expect(typed(['nano g\r', 'kept', '\u0018', 'y', '\r']).read('/root/g')).toBe('kept\n'));
  it('cuts and pastes', () => expect(typed(['nano f\r', '\u000b\u001b[B\u0015', '\u000f\r', '\u0018'], { f: 'a\nb\n' }).read('/root/f')).toBe('b\na\n'));
});

describe('less', () => {
  it('pages and searches', () => {
    const { screen } = typed(['seq 100 | less\r', ' ', '/77\r', 'G', 'q', 'echo done\r']);
    expect(screen).toContain('\u001b[7m77\u001b[27m');
    expect(screen).toContain('(END)');
    expect(screen).toContain('done');
  });

  it('is cat in a pipe', () => expect(createHost(SIM_OPTIONS).run('seq 3 | less | cat').stdout).toBe('1\n2\n3\n'));
});

describe('tail -f', () => {
  it('shows what is added', () => {
    const { screen } = typed(['tail -f f &\r', 'echo more >> f\r', 'kill %1\r'], { f: 'first\n' });
    expect(screen).toMatch(/first\r\n[^]*more\r\n/);
  });
});
