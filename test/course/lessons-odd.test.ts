// Every lesson keeps its promises: the first, the third, and so on.

import { proveLessons } from './prove-lessons.ts';

proveLessons(0);
