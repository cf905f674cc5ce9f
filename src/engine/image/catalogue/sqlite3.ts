// The keinos/sqlite3 image: SQLite's terminal on alpine.

import { alpine } from './alpine.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { SQLITE_SIZE } from './notes.ts';

export const sqlite3: CatalogueImage = {
  name: 'keinos/sqlite3',
  tags: ['latest', '3.54.1'],
  created: '2026-11-05T03:12:44Z',
  base: alpine,
  buildkit: true,
  diffIds: ['ecd644e53840b707969caf007b97247fccb385b1a09284c04bde7e8a445b2271'],
  steps: [
    { comment: 'buildkit.dockerfile.v0', createdBy: 'COPY /sqlite/sqlite3 /usr/bin/sqlite3 # buildkit', write(tree) {
      tree.dirs('usr usr/bin');
      tree.executable('usr/bin/sqlite3', 'sqlite3', SQLITE_SIZE);
    } },
    { comment: 'buildkit.dockerfile.v0', createdBy: 'WORKDIR /', config: { Env: [PATH], WorkingDir: '/' } },
    { comment: 'buildkit.dockerfile.v0', createdBy: 'CMD ["/usr/bin/sqlite3"]', config: { Cmd: ['/usr/bin/sqlite3'] } },
  ],
};
