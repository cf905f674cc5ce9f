// The tools that work on files, by name.

import type { ToolTable } from '../lib/tool.ts';
import { cp } from './cp.ts';
import { ls } from './ls.ts';
import { mv } from './mv.ts';
import { rm } from './rm.ts';

export const fileTools: ToolTable = {
  cp,
  ls,
  mv,
  rm,
};
