// Every lesson keeps its promises: the second, the fourth, and so on.

import { proveLessons } from './prove-lessons.ts';

proveLessons(1);
