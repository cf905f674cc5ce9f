// The parts of a lesson that answer: loaded behind the prompt, while the text can be read already.

import './drill-view.ts';
import './lesson-end.ts';
import './predict-block.ts';
import './quiz-block.ts';
import './task-block.ts';
