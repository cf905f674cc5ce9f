// The postgres image: PostgreSQL 18 on debian, with an entrypoint that fills an empty data directory and then starts the server.

import type { TreeWriter } from './tree-writer.ts';
import { debian, DEBIAN_GROUP, DEBIAN_PASSWD } from './debian.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { ENTRYPOINT } from './postgres-entrypoint.ts';

const VERSION = '18.6', PACKAGE = `${VERSION}-1.pgdg13+2`, BIN = 'usr/lib/postgresql/18/bin', LIB = 'usr/lib/x86_64-linux-gnu';
const buildkit = { comment: 'buildkit.dockerfile.v0' };
const env = (...more: readonly string[]): { Env: string[] } => ({ Env: [PATH, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', ...more] });
const WITH_BIN = `${PATH}:/usr/lib/postgresql/18/bin`;
/** What the image has of a library or of data: a name and a size. */
const library = (tree: TreeWriter, path: string, size: number): void => tree.executable(path, 'library', size);

/** The system below, of another day than the debian image: compressed it is as large as the real one, 78.6 MB on the disk. */
const system: CatalogueImage = {
  ...debian,
  name: 'debian 20260918',
  created: '2026-09-18T00:00:00Z',
  diffIds: ['8e02d727cfc7180965ccc4999e8f3c7e5737ea56a2d0c1cf7c38ed47f4194b27'],
  steps: [{
    ...debian.steps[0]!,
    createdBy: "# debian.sh --arch 'amd64' out/ 'trixie' '@1789689600'",
    transfer: 29_830_418,
    write(tree) {
      debian.steps[0]!.write!(tree);
      tree.dirs(`${LIB} usr/lib/apt`);
      for (const [name, size] of [['libc.so.6', 2_003_408], ['libcrypto.so.3', 6_209_344], ['libstdc++.so.6', 2_530_008], ['libapt-pkg.so.7.0', 2_105_584], ['libm.so.6', 1_022_456]] as const) library(tree, `${LIB}/${name}`, size);
      library(tree, 'usr/lib/apt/packages', 63_430_000);
    },
  }],
};

/** Programs of the package, with the sizes that Debian's have; those without one here are links of the same. */
const PROGRAMS: readonly [string, number][] = [
  ['postgres', 10_171_776], ['psql', 909_584], ['pg_dump', 507_032], ['initdb', 202_832], ['pg_ctl', 93_816], ['pg_isready', 72_968], ['createdb', 77_096], ['dropdb', 76_992],
];

/** What lies beside them; all layers together are as large as the real image's. */
const LIBRARIES: readonly [string, number][] = [
  [`${LIB}/libLLVM.so.19.1`, 136_000_000], [`${LIB}/libicudata.so.76.1`, 31_884_000], [`${LIB}/libperl.so.5.40.1`, 3_973_000], [`${LIB}/libpython3.13.so.1.0`, 9_600_000], [`${LIB}/libz3.so.4`, 27_600_000],
  ['usr/lib/postgresql/18/lib/bitcode', 60_000_000], ['usr/share/perl', 47_181_000],
];

export const postgres: CatalogueImage = {
  name: 'postgres',
  tags: ['latest', '18', VERSION, 'trixie', '18-trixie', `${VERSION}-trixie`],
  created: '2026-09-19T00:36:15Z',
  base: system,
  buildkit: true,
  diffIds: [
    '051285bec9b99d0b15b8ecc10f8407f1ac657d35e573bdf1e6d46cc2411cceab',
    '4276048526214f5694c9fe34db30802438e3fbca338f84bd0b9ed480a184aeb0',
    'bbbd70ca677e84ed74f2ea7fe33bc28805aa8f816d41970c387675165cc7c0a9',
    '72459ee50bbfc71b2d33df2dadd68867ee31da11d293389a9df1811c36d0f27d',
    '7c1fecdab0831004eeca99a66efa02dbc12bb56d07285e5e9225ad1768581465',
    'f58ea1e9c73859304a7cc5d3207939d0d4b8477b0b25e1c55e58d3ffae37566f',
    '917b345ecaabe1726f928192f59c91b7d7b7c61d0a8efef681b02c8a03e983af',
    '3a67565a76fcfce666932494d2a9b360da6c4c4e29743d5aea9a2014e976f184',
    '09b969f2c46ab462358b26cfcd670192b625b44bb40a564c860ff198ca735235',
    '9827a5e177a54a94d51506ed68b67dad49272772ddd7304d2491b2fd66eb24e0',
    'e60bff14af47e9c10b29f2c3d4d2d65e915258c7c9ff44db3c6efd7e85e30dea',
    'd77eb98755048b72275cd88276d7d3ac14a00747a01d2df8bef4366fd0d2db4d',
  ],
  steps: [
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; groupadd -r postgres --gid=999; useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres; install --verbose --directory --owner postgres --group postgres --mode 1777 /var/lib/postgresql # buildkit',
      transfer: 1_167,
      write(tree) {
        tree.dirs('etc var var/lib');
        tree.file('etc/passwd', `${DEBIAN_PASSWD}postgres:x:999:999::/var/lib/postgresql:/bin/bash\n`);
        tree.file('etc/group', `${DEBIAN_GROUP}postgres:x:999:\n`);
        tree.dirs('var/lib/postgresql', 0o1777);
        tree.own('var/lib/postgresql', 999, 999);
      },
    },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -ex; apt-get update; apt-get install -y --no-install-recommends gnupg less ; rm -rf /var/lib/apt/lists/* # buildkit',
      transfer: 6_443_022,
      write(tree) {
        tree.dirs('usr usr/lib usr/lib/gnupg');
        library(tree, 'usr/lib/gnupg/packages', 17_700_000);
      },
    },
    { ...buildkit, createdBy: 'ENV GOSU_VERSION=1.19', config: { Env: [PATH, 'GOSU_VERSION=1.19'] } },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; install gosu # buildkit',
      transfer: 1_256_766,
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.executable('usr/local/bin/gosu', 'postgres/gosu', 2_354_872);
      },
    },
    {
      ...buildkit,
      createdBy: "RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends locales; echo 'en_US.UTF-8 UTF-8' >> /etc/locale.gen; locale-gen; locale -a | grep 'en_US.utf8' # buildkit",
      transfer: 8_203_833,
      write(tree) {
        tree.dirs('usr usr/lib usr/lib/locale usr/share usr/share/i18n');
        library(tree, 'usr/lib/locale/locale-archive', 3_062_800);
        library(tree, 'usr/share/i18n/locales', 22_100_000);
      },
    },
    { ...buildkit, createdBy: 'ENV LANG=en_US.utf8', config: env() },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends libnss-wrapper xz-utils zstd ; rm -rf /var/lib/apt/lists/* # buildkit',
      transfer: 1_311_722,
      write(tree) {
        tree.dirs(`usr usr/bin usr/lib ${LIB}`);
        library(tree, `${LIB}/libzstd.so.1`, 4_200_000);
      },
    },
    { ...buildkit, createdBy: 'RUN /bin/sh -c mkdir /docker-entrypoint-initdb.d # buildkit', transfer: 116, write: (tree) => tree.dirs('docker-entrypoint-initdb.d') },
    {
      ...buildkit,
      createdBy: "RUN /bin/sh -c set -ex; key='B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8'; mkdir -p /usr/local/share/keyrings/; gpg --batch --export --armor \"$key\" > /usr/local/share/keyrings/postgres.gpg.asc # buildkit",
      transfer: 3_138,
      write(tree) {
        tree.dirs('usr usr/local usr/local/share usr/local/share/keyrings');
        library(tree, 'usr/local/share/keyrings/postgres.gpg.asc', 4_812);
      },
    },
    { ...buildkit, createdBy: 'ENV PG_MAJOR=18', config: env('PG_MAJOR=18') },
    { ...buildkit, createdBy: 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/18/bin', config: { Env: [WITH_BIN, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', 'PG_MAJOR=18'] } },
    { ...buildkit, createdBy: `ENV PG_VERSION=${PACKAGE}`, config: { Env: [WITH_BIN, 'GOSU_VERSION=1.19', 'LANG=en_US.utf8', 'PG_MAJOR=18', `PG_VERSION=${PACKAGE}`] } },
    {
      ...buildkit,
      createdBy: `RUN /bin/sh -c set -ex; apt-get install -y --no-install-recommends postgresql-common "postgresql-18=${PACKAGE}"; postgres --version # buildkit`,
      transfer: 115_397_538,
      write(tree) {
        tree.dirs(`usr usr/bin usr/lib usr/lib/postgresql usr/lib/postgresql/18 ${BIN}`);
        for (const [name, size] of PROGRAMS) tree.executable(`${BIN}/${name}`, `postgres/${name}`, size);
        for (const name of ['psql', 'pg_dump', 'pg_isready', 'createdb', 'dropdb']) tree.symlink(`../lib/postgresql/18/bin/${name}`, `usr/bin/${name}`);
        tree.dirs(`${LIB} usr/lib/postgresql/18/lib usr/share`);
        for (const [path, size] of LIBRARIES) library(tree, path, size);
      },
    },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -eux; dpkg-divert --add --rename --divert "/usr/share/postgresql/postgresql.conf.sample.dpkg" "/usr/share/postgresql/$PG_MAJOR/postgresql.conf.sample"; sed -ri "s!^#?(listen_addresses)\\s*=\\s*\\S+.*!\\1 = \'*\'!" /usr/share/postgresql/postgresql.conf.sample # buildkit',
      transfer: 19_418,
      write(tree) {
        tree.dirs('usr usr/share usr/share/postgresql usr/share/postgresql/18');
        library(tree, 'usr/share/postgresql/postgresql.conf.sample', 32_414);
        library(tree, 'usr/share/postgresql/postgresql.conf.sample.dpkg', 32_415);
        tree.symlink('../postgresql.conf.sample', 'usr/share/postgresql/18/postgresql.conf.sample');
      },
    },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c install --verbose --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql # buildkit',
      transfer: 128,
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
      transfer: 6_108,
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.file('usr/local/bin/docker-entrypoint.sh', ENTRYPOINT, 0o755);
      },
    },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c ln -sT docker-ensure-initdb.sh /usr/local/bin/docker-enforce-initdb.sh # buildkit',
      transfer: 186,
      write(tree) {
        tree.dirs('usr usr/local usr/local/bin');
        tree.symlink('docker-ensure-initdb.sh', 'usr/local/bin/docker-enforce-initdb.sh');
      },
    },
    { ...buildkit, createdBy: 'ENTRYPOINT ["docker-entrypoint.sh"]', config: { Entrypoint: ['docker-entrypoint.sh'], Cmd: null } },
    { ...buildkit, createdBy: 'STOPSIGNAL SIGINT', config: { StopSignal: 'SIGINT' } },
    { ...buildkit, createdBy: 'EXPOSE map[5432/tcp:{}]', config: { ExposedPorts: { '5432/tcp': {} } } },
    { ...buildkit, createdBy: 'CMD ["postgres"]', config: { Cmd: ['postgres'] } },
  ],
};
