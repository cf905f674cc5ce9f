// `npm run bench`: what it costs. Nothing here decides a test.

import { benchHost } from './host-bench.ts';
import { benchPage } from './page-bench.ts';

const only = process.argv[2];
if (only !== 'page') benchHost();
if (only !== 'host') await benchPage();
