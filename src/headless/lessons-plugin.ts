// The build's side of lessons: compiles `lessons/*.md`. The page gets their names at once, the list of them and each lesson when they are opened.

import { join } from 'node:path';
import type { Plugin } from 'vite';
import { LessonError } from '../course/lesson.ts';
import { type LessonFile, readCourse, readLessons } from './read-lessons.ts';

const NAMES = 'virtual:lessons', LIST = 'virtual:course', ONE = 'virtual:lesson/';

export function lessons(): Plugin {
  let folder = '';
  let files: LessonFile[] | undefined;
  return {
    name: 'stowage-lessons',
    configResolved: (config) => void (folder = join(config.root, 'lessons')),
    buildStart: () => void (files = undefined),
    resolveId: (id) => (id === NAMES || id === LIST || id.startsWith(ONE) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith('\0virtual:')) return undefined;
      const name = id.slice(1);
      if (name !== NAMES && name !== LIST && !name.startsWith(ONE)) return undefined;
      try {
        const compiled = (files ??= readLessons(folder));
        for (const { path } of compiled) this.addWatchFile(path);
        this.addWatchFile(join(folder, 'order.yaml'));
        if (name === NAMES) return `export default {${compiled.map(({ lesson }) => `${JSON.stringify(lesson.id)}:()=>import(${JSON.stringify(ONE + lesson.id)})`).join(',')}};`;
        if (name === LIST) {
          const { tracks, seedPath, drills } = readCourse(folder, compiled.map(({ lesson: { id: own, kind, title, track, minutes, summary, seed, hash } }) => ({ id: own, kind, title, track, minutes, summary, seed, hash })));
          return `export default ${JSON.stringify({ tracks, seedPath, drills })};`;
        }
        return `export default ${JSON.stringify(compiled.find(({ lesson }) => name === ONE + lesson.id)!.lesson)};`;
      } catch (error) {
        if (error instanceof LessonError) return this.error({ message: error.message, id: join(folder, error.file), loc: { file: join(folder, error.file), line: error.line, column: 0 } });
        throw error;
      }
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder)) return;
      files = undefined;
      server.moduleGraph.invalidateAll();
      server.ws.send({ type: 'full-reload' });
    },
  };
}
