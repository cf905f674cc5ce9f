// `npm run bench`: what it costs. Nothing here decides a test.

import { benchDatabase } from './database-bench.ts';
import { benchEngine } from './engine-bench.ts';
import { benchFilesystem } from './filesystem-bench.ts';
import { benchLessons } from './lesson-bench.ts';
import { benchPage } from './page-bench.ts';
import { benchPicture } from './picture-bench.ts';
import { benchTime } from './time-bench.ts';
import { benchTranscripts } from './transcripts-bench.ts';
import { benchUndo } from './undo-bench.ts';

const only = process.argv[2];
if (only === undefined || only === 'engine') benchEngine();
if (only === undefined || only === 'files') benchFilesystem();
if (only === undefined || only === 'transcripts') benchTranscripts();
if (only === undefined || only === 'time') benchTime();
if (only === undefined || only === 'lessons') benchLessons();
if (only === undefined || only === 'page') await benchPage();
if (only === undefined || only === 'picture') await benchPicture();
if (only === undefined || only === 'undo') await benchUndo();
if (only === undefined || only === 'database') await benchDatabase();
