// The tools that work on files, by name.

import type { ToolTable } from '../lib/tool.ts';

export const fileTools: ToolTable = {};
