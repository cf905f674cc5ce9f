// The trees of the login scripts are those that the parser makes of their texts.

import { expect, test } from 'vitest';
import { LOGIN_TREES } from '../../src/host/boot/login-scripts.ts';
import '../../src/shell/every-builtin.ts';
import { unbashParser } from '../../src/shell/parse/parser.ts';

test.each([...LOGIN_TREES])('%s', (text, tree) => {
  expect(unbashParser.parse(text, 'bash', 1, false)).toEqual({ list: tree, failure: undefined, openHereDocument: undefined });
});
