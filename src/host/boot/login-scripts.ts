// What bash runs before its first prompt, with the trees that its parser makes of it, so that the prompt need not wait for the parser.

import { knowTree } from '../../shell/parse.ts';
import type { List } from '../../shell/syntax.ts';

/** Short on purpose: a shell runs both before its first prompt. The login has set PATH. */
export const PROFILE = `# /etc/profile: for login shells
. /etc/bash.bashrc
`;

export const BASHRC = `# /etc/bash.bashrc: for interactive shells
[ "$PS1" ] || return
PS1='\\u@\\h:\\w\\$ '
complete -C 'docker __complete-bash' docker
alias ls='ls --color=auto' grep='grep --color=auto'
`;

/** A test holds that they are what the parser says. */
export const LOGIN_TREES: ReadonlyMap<string, List> = new Map<string, List>([
  [PROFILE, { items: [
    { node: { kind: 'simple', line: 2, assignments: [], words: [
      { text: '.', parts: [
        { type: 'literal', quoted: false, text: '.' },
      ], literal: '.' },
      { text: '/etc/bash.bashrc', parts: [
        { type: 'literal', quoted: false, text: '/etc/bash.bashrc' },
      ], literal: '/etc/bash.bashrc' },
    ], redirects: [] }, background: false, pos: 33, end: 51 },
  ] }],
  [BASHRC, { items: [
    { node: { line: 2, redirects: [], kind: 'and-or', nodes: [
      { kind: 'simple', line: 2, assignments: [], words: [
        { text: '[', parts: [
          { type: 'literal', quoted: false, text: '[' },
        ], literal: '[' },
        { text: '"$PS1"', parts: [
          { type: 'parameter', quoted: true, text: '$PS1', name: 'PS1', prefix: undefined, index: undefined, operation: undefined },
        ], literal: undefined },
        { text: ']', parts: [
          { type: 'literal', quoted: false, text: ']' },
        ], literal: ']' },
      ], redirects: [] },
      { kind: 'simple', line: 2, assignments: [], words: [
        { text: 'return', parts: [
          { type: 'literal', quoted: false, text: 'return' },
        ], literal: 'return' },
      ], redirects: [] },
    ], operators: ['||'] }, background: false, pos: 43, end: 63 },
    { node: { kind: 'simple', line: 3, assignments: [
      { name: 'PS1', index: undefined, append: false, value: { text: '\'\\u@\\h:\\w\\$ \'', parts: [
        { type: 'literal', quoted: true, text: '\\u@\\h:\\w\\$ ' },
      ], literal: '\\u@\\h:\\w\\$ ' }, elements: undefined, text: 'PS1=\'\\u@\\h:\\w\\$ \'' },
    ], words: [], redirects: [] }, background: false, pos: 64, end: 81 },
    { node: { kind: 'simple', line: 4, assignments: [], words: [
      { text: 'complete', parts: [
        { type: 'literal', quoted: false, text: 'complete' },
      ], literal: 'complete' },
      { text: '-C', parts: [
        { type: 'literal', quoted: false, text: '-C' },
      ], literal: '-C' },
      { text: '\'docker __complete-bash\'', parts: [
        { type: 'literal', quoted: true, text: 'docker __complete-bash' },
      ], literal: 'docker __complete-bash' },
      { text: 'docker', parts: [
        { type: 'literal', quoted: false, text: 'docker' },
      ], literal: 'docker' },
    ], redirects: [] }, background: false, pos: 82, end: 125 },
    { node: { kind: 'simple', line: 5, assignments: [], words: [
      { text: 'alias', parts: [
        { type: 'literal', quoted: false, text: 'alias' },
      ], literal: 'alias' },
      { text: 'ls=\'ls --color=auto\'', parts: [
        { type: 'literal', quoted: false, text: 'ls=' },
        { type: 'literal', quoted: true, text: 'ls --color=auto' },
      ], literal: undefined, assignment: { name: 'ls', index: undefined, append: false, value: { text: '\'ls --color=auto\'', parts: [
        { type: 'literal', quoted: true, text: 'ls --color=auto' },
      ], literal: 'ls --color=auto' }, elements: undefined, text: 'ls=\'ls --color=auto\'' } },
      { text: 'grep=\'grep --color=auto\'', parts: [
        { type: 'literal', quoted: false, text: 'grep=' },
        { type: 'literal', quoted: true, text: 'grep --color=auto' },
      ], literal: undefined, assignment: { name: 'grep', index: undefined, append: false, value: { text: '\'grep --color=auto\'', parts: [
        { type: 'literal', quoted: true, text: 'grep --color=auto' },
      ], literal: 'grep --color=auto' }, elements: undefined, text: 'grep=\'grep --color=auto\'' } },
    ], redirects: [] }, background: false, pos: 126, end: 177 },
  ] }],
]);

for (const [text, tree] of LOGIN_TREES) knowTree(text, tree);
