// `npm run bench`, `npm run bench -- PART…`: what it costs. Nothing here decides a test.

import { benchDatabase } from './database-bench.ts';
import { benchEngine } from './engine-bench.ts';
import { benchFilesystem } from './filesystem-bench.ts';
import { benchLessons } from './lesson-bench.ts';
import { benchPage } from './page-bench.ts';
import { benchPicture } from './picture-bench.ts';
import { benchTime } from './time-bench.ts';
import { benchTranscripts } from './transcripts-bench.ts';
import { benchUndo } from './undo-bench.ts';

/** In this order. */
const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  engine: benchEngine, files: benchFilesystem, transcripts: benchTranscripts, time: benchTime, lessons: benchLessons,
  page: benchPage, picture: benchPicture, undo: benchUndo, database: benchDatabase,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length) {
  console.error(`there is no part ${unknown.join(', ')}: the parts are ${Object.keys(PARTS).join(', ')}; without one all are measured`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(PARTS)) if (!wanted.length || wanted.includes(name)) await measure();
