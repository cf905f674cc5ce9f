// The tools that work on text, by name.

import type { ToolTable } from '../lib/tool.ts';
import { cut } from './cut.ts';
import { echo } from './echo.ts';
import { egrep, fgrep, grep } from './grep.ts';
import { head } from './head.ts';
import { jq } from './jq.ts';
import { printf } from './printf.ts';
import { sed } from './sed.ts';
import { sort } from './sort.ts';
import { tail } from './tail.ts';
import { tr } from './tr.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';

export const textTools: ToolTable = { cut, echo, egrep, fgrep, grep, head, jq, printf, sed, sort, tail, tr, uniq, wc };
