// The notes image: a small app of ours whose notes are worth keeping. It writes to /data, which is a VOLUME.

import { busybox } from './busybox.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { NOTES } from './own-sources.ts';

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
        for (const [name, text] of Object.entries(NOTES.files)) tree.file(`usr/local/bin/${name}`, text, 0o755);
      },
    },
    { createdBy: 'VOLUME [/data]', comment: 'buildkit.dockerfile.v0', config: { Volumes: { '/data': {} } } },
    { createdBy: 'CMD ["notes"]', comment: 'buildkit.dockerfile.v0', config: { Cmd: ['notes'] } },
  ],
};
