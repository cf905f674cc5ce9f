// Both shells with everything: reading lines as an editor, or (`bashProgram`, `ashProgram`) as the terminal hands them over.

import './every-builtin.ts';
import type { Program } from '../kernel/program.ts';
import { shellProgram } from './programs.ts';
import { editingReader } from './readline/reader.ts';

export { interactiveBash } from './readline/reader.ts';
export const interactiveAsh: Program = shellProgram('ash', editingReader);
export const bashProgram: Program = shellProgram('bash');
export const ashProgram: Program = shellProgram('ash');
