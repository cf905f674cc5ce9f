// The tools that work on text, by name.

import { withPlainOutput, type ToolTable } from '../lib/tool.ts';
import { awk } from './awk.ts';
import { base32, base64 } from './base64.ts';
import { comm, join } from './comm.ts';
import { cut } from './cut.ts';
import { echo } from './echo.ts';
import { factor } from './factor.ts';
import { expand, fmt, fold, unexpand } from './fold.ts';
import { egrep, fgrep, grep } from './grep.ts';
import { head } from './head.ts';
import { jq } from './jq.ts';
import { less, more } from './less.ts';
import { nano } from './nano.ts';
import { nl } from './nl.ts';
import { hexdump, od, xxd } from './od.ts';
import { numfmt } from './numfmt.ts';
import { paste } from './paste.ts';
import { printf } from './printf.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { shuf, tsort } from './shuf.ts';
import { sort } from './sort.ts';
import { iconv, strings } from './strings.ts';
import { rev, tac } from './tac.ts';
import { tail } from './tail.ts';
import { tr } from './tr.ts';
import { uniq } from './uniq.ts';
import { vi } from './vi.ts';
import { wc } from './wc.ts';
import { xargs } from './xargs.ts';

export const textTools: ToolTable = withPlainOutput({
  awk, base32, base64, comm, cut, echo, egrep, expand, factor, fgrep, fmt, fold, grep, head, hexdump, iconv, join, jq, less, more, nano, nl, numfmt, od, paste, printf, rev, sed, seq, shuf, sort, strings,
  tac, tail, tr, tsort, unexpand, uniq, vi, wc, xargs, xxd,
});
