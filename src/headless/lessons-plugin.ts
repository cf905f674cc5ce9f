// The build's side of lessons: compiles `lessons/*.md` into `virtual:lessons`, and fails where one is wrong.

import { join } from 'node:path';
import type { Plugin } from 'vite';
import { LessonError } from '../course/lesson.ts';
import { readLessons } from './read-lessons.ts';

const NAME = 'virtual:lessons', RESOLVED = `\0${NAME}`;

export function lessons(): Plugin {
  let folder = '';
  return {
    name: 'stowage-lessons',
    configResolved: (config) => void (folder = join(config.root, 'lessons')),
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      try {
        const compiled = readLessons(folder);
        for (const { path } of compiled) this.addWatchFile(path);
        return `export default ${JSON.stringify(compiled.map(({ lesson }) => lesson))};`;
      } catch (error) {
        if (error instanceof LessonError) return this.error({ message: error.message, id: join(folder, error.file), loc: { file: join(folder, error.file), line: error.line, column: 0 } });
        throw error;
      }
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder)) return;
      const module = server.moduleGraph.getModuleById(RESOLVED);
      if (module) server.moduleGraph.invalidateModule(module);
      server.ws.send({ type: 'full-reload' });
    },
  };
}
