// "Do this on your own Docker": a lesson's set-up as a bash script for a real engine, with its tasks as comments.

import { OWN_IMAGES } from '../host/own-images.ts';
import { type Html, type Lesson, tasksOf } from './lesson.ts';

/** Bash, for a machine with a Docker engine that may be played with. */
export function labScript(lesson: Lesson): string {
  const tasks = tasksOf(lesson);
  const commands = [lesson.setup, ...tasks.flatMap((task) => [task.solution, ...task.also])].join('\n');
  const own = Object.keys(OWN_IMAGES).filter((name) => new RegExp(`\\b${name}\\b`).test(commands));
  return `#!/usr/bin/env bash
# Stowage: ${oneLine(lesson.title)}
# ${oneLine(lesson.summary)}
#
# This prepares the lesson on your own Docker. It makes containers, volumes and files:
# run it, as root and in /root if you can, where that does no harm. Tasks and solutions follow below.
set -e
command -v docker > /dev/null || { echo 'There is no docker command here.' >&2; exit 1; }
${own.map(build).join('')}${own.length ? `# What was built just now is in no registry.
docker() { case "$1 \${!#}" in ${own.map((name) => `'pull ${name}'`).join('|')}) ;; *) command docker "$@" ;; esac; }
` : ''}
cd
${lesson.setup}
[ "$PWD" = "$HOME" ] || echo "Begin with: cd $PWD"

cat <<'STOWAGE'
Ready. Your tasks:

${tasks.map((task, index) => `${index + 1}. ${plain(task.do)}`).join('\n\n')}
STOWAGE

${tasks.map((task, index) => `# A solution of task ${index + 1}:\n${task.solution.trim().split('\n').map((line) => `#   ${line}`).join('\n')}`).join('\n')}
`;
}

const here = (name: string, text: string): string => `cat > ${name} <<'EOF'\n${text}EOF\n`;

function build(name: string): string {
  const { files, dockerfile } = OWN_IMAGES[name]!;
  const programs = Object.keys(files).filter((file) => files[file]!.startsWith('#!'));
  return `
if ! docker image inspect ${name} > /dev/null 2>&1; then (
cd "$(mktemp -d)"
${Object.entries(files).map(([file, text]) => here(file, text)).join('')}chmod +x ${programs.join(' ')}
${here('Dockerfile', dockerfile)}docker build -q -t ${name} .
) fi
`;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text as a terminal shows it. */
function plain(html: Html): string {
  return html.replace(/<\/?code>/g, '`').replace(/<[^>]+>/g, '').replace(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole).trim().replace(/^STOWAGE$/gm, ' STOWAGE');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
