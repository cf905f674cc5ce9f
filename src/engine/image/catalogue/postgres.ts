// The postgres image: PostgreSQL 18 on debian, with an entrypoint that fills an empty data directory and then starts the server.

import { debian, DEBIAN_GROUP, DEBIAN_PASSWD } from './debian.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { ENTRYPOINT } from './postgres-entrypoint.ts';

const VERSION = '18.6', PACKAGE = `${VERSION}-1.pgdg13+1`, BIN = 'usr/lib/postgresql/18/bin';
const buildkit = { comment: 'buildkit.dockerfile.v0' };
const env = (...more: readonly string[]): { Env: string[] } => ({ Env: [PATH, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', ...more] });
const WITH_BIN = `${PATH}:/usr/lib/postgresql/18/bin`;

/** Programs of the package, with the sizes that Debian's have; those without one here are links of the same. */
const PROGRAMS: readonly [string, number][] = [
  ['postgres', 10_171_776], ['psql', 909_584], ['pg_dump', 507_032], ['initdb', 202_832], ['pg_ctl', 93_816], ['pg_isready', 72_968], ['createdb', 77_096], ['dropdb', 76_992],
];

export const postgres: CatalogueImage = {
  name: 'postgres',
  tags: ['latest', '18', VERSION, 'trixie', '18-trixie', `${VERSION}-trixie`],
  created: '2026-11-17T22:41:09Z',
  base: debian,
  buildkit: true,
  diffIds: [],
  steps: [
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; groupadd -r postgres --gid=999; useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres; install --verbose --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql # buildkit',
      write(tree) {
        tree.dirs('etc var var/lib');
        tree.file('etc/passwd', `${DEBIAN_PASSWD}postgres:x:999:999::/var/lib/postgresql:/bin/bash\n`);
        tree.file('etc/group', `${DEBIAN_GROUP}postgres:x:999:\n`);
        tree.dirs('var/lib/postgresql', 0o1777);
        tree.own('var/lib/postgresql', 999, 999);
      },
    },
    { ...buildkit, createdBy: 'ENV GOSU_VERSION=1.19', config: { Env: [PATH, 'GOSU_VERSION=1.19'] } },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; install gosu # buildkit',
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.executable('usr/local/bin/gosu', 'postgres/gosu', 2_354_872);
      },
    },
    { ...buildkit, createdBy: 'ENV LANG=en_US.utf8', config: env() },
    { ...buildkit, createdBy: 'RUN /bin/sh -c mkdir /docker-entrypoint-initdb.d # buildkit', write: (tree) => tree.dirs('docker-entrypoint-initdb.d') },
    { ...buildkit, createdBy: 'ENV PG_MAJOR=18', config: env('PG_MAJOR=18') },
    { ...buildkit, createdBy: 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/18/bin', config: { Env: [WITH_BIN, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', 'PG_MAJOR=18'] } },
    { ...buildkit, createdBy: `ENV PG_VERSION=${PACKAGE}`, config: { Env: [WITH_BIN, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', 'PG_MAJOR=18', `PG_VERSION=${PACKAGE}`] } },
    {
      ...buildkit,
      createdBy: `RUN /bin/sh -c set -ex; apt-get install -y --no-install-recommends postgresql-common "postgresql-18=${PACKAGE}"; postgres --version # buildkit`,
      write(tree) {
        tree.dirs(`usr usr/bin usr/lib usr/lib/postgresql usr/lib/postgresql/18 ${BIN}`);
        for (const [name, size] of PROGRAMS) tree.executable(`${BIN}/${name}`, `postgres/${name}`, size);
        for (const name of ['psql', 'pg_dump', 'pg_isready', 'createdb', 'dropdb']) tree.symlink(`../lib/postgresql/18/bin/${name}`, `usr/bin/${name}`);
      },
    },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql # buildkit',
      write(tree) {
        tree.dirs('run');
        tree.dirs('run/postgresql', 0o3777);
        tree.own('run/postgresql', 999, 999);
      },
    },
    { ...buildkit, createdBy: 'ENV PGDATA=/var/lib/postgresql/18/docker', config: { Env: [WITH_BIN, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', 'PG_MAJOR=18', `PG_VERSION=${PACKAGE}`, 'PGDATA=/var/lib/postgresql/18/docker'] } },
    { ...buildkit, createdBy: 'VOLUME [/var/lib/postgresql]', config: { Volumes: { '/var/lib/postgresql': {} } } },
    {
      ...buildkit,
      createdBy: 'COPY docker-entrypoint.sh docker-ensure-initdb.sh /usr/local/bin/ # buildkit',
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.file('usr/local/bin/docker-entrypoint.sh', ENTRYPOINT, 0o755);
      },
    },
    { ...buildkit, createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]', config: { Entrypoint: ['docker-entrypoint.sh'], Cmd: null } },
    { ...buildkit, createdBy: 'STOPSIGNAL SIGINT', config: { StopSignal: 'SIGINT' } },
    { ...buildkit, createdBy: 'EXPOSE map[5432/tcp:{}]', config: { ExposedPorts: { '5432/tcp': {} } } },
    { ...buildkit, createdBy: 'CMD ["postgres"]', config: { Cmd: ['postgres'] } },
  ],
};
