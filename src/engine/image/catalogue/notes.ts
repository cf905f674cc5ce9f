// The notes image: a small app of ours whose notes are worth keeping. It writes to /data, which is a VOLUME.

import { busybox } from './busybox.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';

const NOTES = `#!/bin/sh
# Keeps one note a line in $NOTES_FILE. Each start leaves a line too.
echo "-- started $(date -u '+%Y-%m-%d %H:%M:%S')" >> "$NOTES_FILE" || exit 1
echo "notes: keeping notes in $NOTES_FILE"
trap 'echo "notes: bye"; exit 0' TERM INT
while :; do sleep 3600 & wait $!; done
`;

const ADD = `#!/bin/sh
# add TEXT: append a note
[ $# -gt 0 ] || { echo 'usage: add TEXT' >&2; exit 2; }
echo "$*" >> "$NOTES_FILE"
`;

const LIST = `#!/bin/sh
# list: print the notes
cat "$NOTES_FILE"
`;

export const notes: CatalogueImage = {
  name: 'notes',
  tags: ['latest', '1.0'],
  created: '2026-11-18T09:00:00Z',
  base: busybox,
  buildkit: true,
  steps: [
    { createdBy: 'ENV NOTES_FILE=/data/notes.txt', comment: 'buildkit.dockerfile.v0', config: { Env: [PATH, 'NOTES_FILE=/data/notes.txt'] } },
    {
      createdBy: 'COPY bin /usr/local/bin/ # buildkit',
      comment: 'buildkit.dockerfile.v0',
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.file('usr/local/bin/add', ADD, 0o755);
        tree.file('usr/local/bin/list', LIST, 0o755);
        tree.file('usr/local/bin/notes', NOTES, 0o755);
      },
    },
    { createdBy: 'VOLUME [/data]', comment: 'buildkit.dockerfile.v0', config: { Volumes: { '/data': {} } } },
    { createdBy: 'CMD ["notes"]', comment: 'buildkit.dockerfile.v0', config: { Cmd: ['notes'] } },
  ],
};
