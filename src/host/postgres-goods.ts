// The postgres image and its programs, made from the compiled modules.

import type { Goods } from '../engine/image/depot.ts';
import { postgres } from '../engine/image/catalogue/postgres.ts';
import { postgresPrograms } from '../programs/postgres/index.ts';
import type { ModuleFactory, PostgresModules } from '../programs/postgres/emscripten.ts';

export type { ModuleFactory, PostgresModules };

export const postgresGoods = (modules: PostgresModules): Goods => ({ images: [postgres], programs: postgresPrograms(modules) });
