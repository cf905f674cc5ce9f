// `npm run lessons -- new NAME`: the beginning of a lesson, which keeps its promises already.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param name lower-case words joined by hyphens. @returns what to do next. @throws Error when there is such a lesson */
export function beginLesson(folder: string, name: string | undefined): string {
  if (!name || !/^[a-z][a-z0-9-]*$/.test(name)) throw new Error('a new lesson needs a name: lower-case words joined by hyphens, as in `npm run lessons -- new my-lesson`');
  const path = join(folder, `${name}.md`);
  if (existsSync(path)) throw new Error(`there is a lesson ${name} already`);
  writeFileSync(path, skeleton(name));
  return `lessons/${name}.md is begun. Write in it, and prove it with: npm run lessons -- ${name}`;
}

const skeleton = (name: string): string => `---
id: ${name}
title: ${name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())}
track: volumes
minutes: 5
summary: One or two sentences about what will be understood afterwards.
# Commands that prepare the host. Leave it out if there is nothing to prepare.
setup: docker volume create shelf
---

## What it is about

A few sentences, and a command to look with:

\`\`\`sh
docker volume ls
\`\`\`

\`\`\`task
id: put-it-there
do: |
  Put a file \`note\` into the volume \`shelf\`.
goals:
  - that: volume("shelf").files.exists(f, f.path == "note")
    not-yet: 'in \`shelf\` are: {volume("shelf").files.map(f, f.path)}.'
mistakes:
  - when: volumes().exists(v, v.name != "shelf")
    say: 'There is a volume more than before. A name that Docker does not know becomes a new volume.'
hints:
  - 'A nudge: what can write into a volume?'
  - 'The idea: a container that has it mounted.'
  - 'The command: \`docker run --rm -v shelf:/s busybox touch /s/note\`'
solution: docker run --rm -v shelf:/s busybox touch /s/note
also:
  - docker run --rm --mount type=volume,src=shelf,dst=/s busybox sh -c 'echo hello > /s/note'
  - touch "$(docker volume inspect -f '{{.Mountpoint}}' shelf)/note"
wrong:
  - {run: 'docker run --rm -v shelve:/s busybox touch /s/note', says: 0}
  - {run: 'docker run --rm -v shelf:/s busybox touch /note'}
done: 'It is there.'
\`\`\`

\`\`\`quiz
id: remember
ask: 'What is left of the container that wrote it?'
options:
  - {text: 'Nothing', right: true, because: '\`--rm\` removed it.'}
  - {text: 'Its writable layer', because: 'That goes together with the container.'}
\`\`\`
`;
