// The notes image: a small app of ours whose notes are worth keeping. It writes to /data, which is a VOLUME; sqlite3 is there for those who want more than lines.

import { busybox } from './busybox.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { NOTES } from './own-sources.ts';

/** Bytes of SQLite's shell. */
export const SQLITE_SIZE = 1_720_560;

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
        for (const [name, text] of Object.entries(NOTES.files)) {
          if (name !== 'sqlite3') tree.file(`usr/local/bin/${name}`, text, 0o755);
        }
        tree.executable('usr/local/bin/sqlite3', 'sqlite3', SQLITE_SIZE);
      },
    },
    { createdBy: 'VOLUME [/data]', comment: 'buildkit.dockerfile.v0', config: { Volumes: { '/data': {} } } },
    { createdBy: 'CMD ["notes"]', comment: 'buildkit.dockerfile.v0', config: { Cmd: ['notes'] } },
  ],
};
