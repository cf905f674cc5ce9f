// The reserved words of each dialect.

import type { Shell } from './shell.ts';

const KEYWORDS: Record<'bash' | 'ash', readonly string[]> = {
  bash: ['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', '{', '}', '!', '[[', ']]', 'coproc'],
  ash: ['!', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'function', 'if', 'in', 'then', 'until', 'while', '{', '}'],
};
export const keywords = (sh: Shell): readonly string[] => KEYWORDS[sh.dialect.name];
