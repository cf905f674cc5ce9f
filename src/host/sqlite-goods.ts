// The keinos/sqlite3 image and its program, made from the compiled module.

import type { Goods } from '../engine/image/depot.ts';
import { sqlite3 as image } from '../engine/image/catalogue/sqlite3.ts';
import type { SqliteFactory } from '../programs/sqlite/database.ts';
import { sqlite3 } from '../programs/sqlite/sqlite3.ts';

export type { SqliteFactory };

export const sqliteGoods = (create: SqliteFactory): Goods => ({ images: [image], programs: { sqlite3: sqlite3(create) } });
