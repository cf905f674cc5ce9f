// Dockerfiles: lines, instructions, expansion, stages and warnings, in the words of the real parser.
import { describe, expect, it } from 'vitest';
import { logicalLines } from '../../../src/engine/build/dockerfile/lines.ts';
import { parseDockerfile, parseLine } from '../../../src/engine/build/dockerfile/instruction.ts';
import { lint } from '../../../src/engine/build/buildkit/lint.ts';
import { excerpt } from '../../../src/engine/build/buildkit/progress.ts';
import { planStages } from '../../../src/engine/build/plan.ts';
import { expandWord } from '../../../src/engine/build/shell-lex.ts';
import { applyInstruction } from '../../../src/engine/build/apply-instruction.ts';
import { applyChanges } from '../../../src/engine/build/changes.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};

it('joins continued lines and drops comments', () => {
  const { lines } = logicalLines('# c\nFROM a\n\nRUN x \\\n  # inside\n\n  y \\\n z\nCMD a');
  expect(lines.map(({ text, first, last }) => [text, first, last])).toEqual([['FROM a', 2, 2], ['RUN x   y  z', 4, 8], ['CMD a', 9, 9]]);
});

it('obeys the escape directive', () => {
  const { lines, escape } = logicalLines('# escape=`\nFROM a\nRUN dir c:\\ `\n x\n');
  expect([escape, lines[1]!.text]).toEqual(['`', 'RUN dir c:\\  x']);
});

it('reads heredocs', () => {
  const { lines } = logicalLines('FROM a\nRUN <<A\none\nA\nCOPY <<-"B" /f\n\t$x\n\tB\nRUN cat <<C > /y\nz\nC\n');
  expect(lines.map(({ heredocs }) => heredocs)).toEqual([
    [], [{ name: 'A', content: 'one\n', expand: true }], [{ name: 'B', content: '$x\n', expand: false }], [{ name: 'C', content: 'z\n', expand: true }],
  ]);
});

it.each([
  ['RUNN true', 'unknown instruction: RUNN (did you mean RUN?)'],
  ['FROM', 'FROM requires either one or three arguments'],
  ['FROM a AS Bad!', 'invalid name for build stage: "Bad!", name can\'t start with a number or contain symbols'],
  ['ENV =b', 'ENV names can not be blank'],
  ['WORKDIR', 'WORKDIR requires exactly one argument'],
  ['VOLUME [""]', 'VOLUME specified can not be an empty string'],
  ['COPY a', 'COPY requires at least two arguments, but only one was provided. Destination could not be determined'],
  ['COPY --foo=1 a /x', 'unknown flag: --foo (did you mean from?)'],
  ['HEALTHCHECK foo', 'Unknown type "FOO" in HEALTHCHECK (try CMD)'],
  ['ONBUILD ONBUILD x', 'Chaining ONBUILD via `ONBUILD ONBUILD` isn\'t allowed'],
  ['SHELL sh', 'SHELL requires the arguments to be in JSON form'],
])('refuses %s', (line, message) => {
  expect(refusal(() => parseLine(line, [], 3))).toBe(`dockerfile parse error on line 3: ${message}`);
});

it.each([
  ['ENV a', 'ENV must have two arguments'],
  ['ENV a=b c', 'Syntax error - can\'t find = in "c". Must be of the form: name=value'],
  ['CMD [1,2]', 'when using JSON array syntax, arrays must be comprised of strings only'],
])('refuses the syntax of %s', (line, message) => {
  expect(refusal(() => parseLine(line))).toBe(message);
});

describe('expansion', () => {
  const lookup = (name: string) => ({ A: 'one', E: '', P: 'a/b/c.txt' })[name];
  it.each([
    ['$A', 'one'], ['${A}x', 'onex'], ['$N', ''], ['${N:-d}', 'd'], ['${E:-d}', 'd'], ['${E-d}', ''], ['${A:+y}', 'y'], ['${N:+y}', ''], ['${N:-$A}', 'one'],
    ['"$A b"', 'one b'], ["'$A'", '$A'], ['\\$A', '$A'], ['"a\\"b"', 'a"b'], ['$', '$'], ['${P##*/}', 'c.txt'], ['${P%.*}', 'a/b/c'], ['${P/b/x}', 'a/x/c.txt'],
  ])('%s is %s', (word, text) => {
    expect(expandWord(word, lookup)).toBe(text);
  });

  it.each([
    ['${B', 'failed to process "${B": unsupported modifier (\uFFFD) in substitution'],
    ['${N:?none}', 'failed to process "${N:?none}": N: none'],
    ['"a', 'failed to process "\\"a": unexpected end of statement while looking for matching double-quote'],
  ])('refuses %s', (word, message) => {
    expect(refusal(() => expandWord(word, lookup))).toBe(message);
  });
});

it.each([
  ['ENV A=b C="d e"', 'ENV A=b C=d e', { Env: ['A=b', 'C=d e'] }],
  ['LABEL x=y "z w"="q r"', 'LABEL x=y z w=q r', { Labels: { x: 'y', 'z w': 'q r' } }],
  ['EXPOSE 80 443/udp', 'EXPOSE [443/udp 80/tcp]', { ExposedPorts: { '443/udp': {}, '80/tcp': {} } }],
  ['VOLUME /x /y', 'VOLUME [/x /y]', { Volumes: { '/x': {}, '/y': {} } }],
  ['CMD echo hi', 'CMD ["/bin/sh" "-c" "echo hi"]', { Cmd: ['/bin/sh', '-c', 'echo hi'] }],
  ['ENTRYPOINT ["a","b"]', 'ENTRYPOINT ["a" "b"]', { Entrypoint: ['a', 'b'] }],
  ['WORKDIR x', 'WORKDIR /base/x', { WorkingDir: '/base/x' }],
  ['HEALTHCHECK --interval=5s CMD true || exit 1', 'HEALTHCHECK &{["CMD-SHELL" "true || exit 1"] "5s" "0s" "0s" "0s" \'\\x00\'}', { Healthcheck: { Test: ['CMD-SHELL', 'true || exit 1'], Interval: 5e9 } }],
])('%s changes the config', (line, comment, config) => {
  const applied = applyInstruction({ WorkingDir: '/base' }, parseLine(line), () => undefined, '\\', true)!;
  expect(applied.comment).toBe(comment);
  expect(applied.config).toMatchObject(config);
});

it('applies the changes of commit', () => {
  expect(applyChanges({ Env: ['A=1'] }, ['CMD ["x"]', 'ENV B=$A', 'user me'])).toEqual({ Env: ['A=1', 'B=1'], Cmd: ['x'], User: 'me' });
  expect(refusal(() => applyChanges({}, ['NOPE x']))).toBe('NOPE is not a valid change command');
  expect(refusal(() => applyChanges({}, ['ENV']))).toBe('ENV requires at least one argument');
});

it('plans stages', () => {
  const file = parseDockerfile('ARG V\nFROM a AS One\nRUN x\nFROM one\nRUN y\n');
  expect(planStages(file, '').target.index).toBe(1);
  expect(planStages(file, 'ONE').target.index).toBe(0);
  expect(refusal(() => planStages(file, '0'))).toBe('target stage "0" could not be found');
  expect(refusal(() => planStages(file, 'zz'))).toBe('target stage "zz" could not be found');
  expect(refusal(() => planStages(parseDockerfile('RUN x\n'), ''))).toBe('no build stage in current context');
});

it('warns as BuildKit does', () => {
  expect(lint(parseDockerfile('FROM busybox AS x\nfrom x as Y\nenv a b\nworkdir rel\ncmd echo hi\nmaintainer z\nrun true\n'))).toEqual([
    "StageNameCasing: Stage name 'Y' should be lowercase (line 2)",
    'MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 6)',
    "ConsistentInstructionCasing: Command 'FROM' should match the case of the command majority (lowercase) (line 1)",
    'LegacyKeyValueFormat: "env key=value" should be used instead of legacy "env key value" format (line 3)',
    'WorkdirRelativePath: Relative workdir "rel" can have unexpected results if the base image changes (line 4)',
    'JSONArgsRecommended: JSON arguments recommended for cmd to prevent unintended behavior related to OS signals (line 5)',
  ]);
});

it('shows where an error is', () => {
  expect(excerpt('Dockerfile', ['FROM busybox', 'COPY a /x', 'RUN true', 'RUNN true', ''], 4, 4)).toBe(`Dockerfile:4
--------------------
   2 |     COPY a /x
   3 |     RUN true
   4 | >>> RUNN true
   5 |     
--------------------
`);
});
