// The build's side of lessons: compiles `lessons/*.md`; the page gets their index at once and each lesson when it is opened.

import { join } from 'node:path';
import type { Plugin } from 'vite';
import { LessonError } from '../course/lesson.ts';
import { readLessons } from './read-lessons.ts';

const INDEX = 'virtual:lessons', ONE = 'virtual:lesson/';

export function lessons(): Plugin {
  let folder = '';
  return {
    name: 'stowage-lessons',
    configResolved: (config) => void (folder = join(config.root, 'lessons')),
    resolveId: (id) => (id === INDEX || id.startsWith(ONE) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${INDEX}`) && !id.startsWith(`\0${ONE}`)) return undefined;
      try {
        const compiled = readLessons(folder);
        for (const { path } of compiled) this.addWatchFile(path);
        if (id !== `\0${INDEX}`) return `export default ${JSON.stringify(compiled.find(({ lesson }) => id === `\0${ONE}${lesson.id}`)!.lesson)};`;
        const index = compiled.map(({ lesson: { id: name, title, track, minutes, summary, setup } }) =>
          `{...${JSON.stringify({ id: name, title, track, minutes, summary, setup })},load:()=>import(${JSON.stringify(ONE + name)}).then((module)=>module.default)}`);
        return `export default [${index.join(',')}];`;
      } catch (error) {
        if (error instanceof LessonError) return this.error({ message: error.message, id: join(folder, error.file), loc: { file: join(folder, error.file), line: error.line, column: 0 } });
        throw error;
      }
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder)) return;
      server.moduleGraph.invalidateAll();
      server.ws.send({ type: 'full-reload' });
    },
  };
}
