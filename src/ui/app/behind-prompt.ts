// Everything of the page that nobody needs before the first prompt: loaded in one go once it is on the screen.

import '../lesson/lesson-blocks.ts';
import '../picture/storage-picture.ts';

export { lessonAfter } from '../lesson/lesson-list.ts';
