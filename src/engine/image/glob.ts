// Go's `path.Match` and `filepath.Match` patterns as regular expressions.

import { ApiError } from '../../api/errors.ts';

/** @throws invalidParameter `syntax error in pattern` */
export function globPattern(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!;
    if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) throw new ApiError('invalidParameter', 'syntax error in pattern');
      source += pattern.slice(i, end + 1).replace(/^\[\^/, '[^/');
      i = end;
    } else {
      if (c === '\\' && ++i >= pattern.length) throw new ApiError('invalidParameter', 'syntax error in pattern');
      source += pattern[i]!.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
    }
  }
  return new RegExp(`^${source}$`);
}
