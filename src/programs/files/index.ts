// The tools that work on files, by name.

import type { ToolTable } from '../lib/tool.ts';
import { ls } from './ls.ts';

export const fileTools: ToolTable = {
  ls,
};
