// The tools that ask or change the system, by name.

import type { ToolTable } from '../lib/tool.ts';

export const systemTools: ToolTable = {};
