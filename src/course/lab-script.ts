// "Do this on your own Docker": a lesson's set-up as a bash script for a real engine, with its tasks as comments.

import { type Html, type Lesson, tasksOf } from './lesson.ts';

/** The images that no registry has: how to build each in an empty directory. */
const OWN_IMAGES: Readonly<Record<string, string>> = {
  notes: `cat > notes <<'EOF'
#!/bin/sh
# Keeps one note a line in $NOTES_FILE. Each start leaves a line too.
echo "-- started $(date -u '+%Y-%m-%d %H:%M:%S')" >> "$NOTES_FILE" || exit 1
echo "notes: keeping notes in $NOTES_FILE"
trap 'echo "notes: bye"; exit 0' TERM INT
while :; do sleep 3600 & wait $!; done
EOF
printf '#!/bin/sh\\necho "$*" >> "$NOTES_FILE"\\n' > add
printf '#!/bin/sh\\ncat "$NOTES_FILE"\\n' > list
chmod +x notes add list
cat > Dockerfile <<'EOF'
FROM busybox
ENV NOTES_FILE=/data/notes.txt
COPY notes add list /usr/local/bin/
VOLUME /data
CMD ["notes"]
EOF`,
  myapp: `cat > myapp <<'EOF'
#!/bin/sh
n=$(cat /app/data/starts 2>/dev/null || echo 0)
n=$((n+1))
echo $n > /app/data/starts
echo "myapp: start number $n"
trap "echo myapp: bye; exit 0" TERM
while :; do sleep 1 & wait $!; done
EOF
chmod +x myapp
echo 'shipped with the image' > README
cat > Dockerfile <<'EOF'
FROM busybox
COPY myapp /app/myapp
COPY README /app/data/README
WORKDIR /app
CMD ["/app/myapp"]
EOF`,
};

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

const build = (name: string): string => `
if ! docker image inspect ${name} > /dev/null 2>&1; then (
cd "$(mktemp -d)"
${OWN_IMAGES[name]}
docker build -q -t ${name} .
) fi
`;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text as a terminal shows it. */
function plain(html: Html): string {
  return html.replace(/<\/?code>/g, '`').replace(/<[^>]+>/g, '').replace(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole).trim().replace(/^STOWAGE$/gm, ' STOWAGE');
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
