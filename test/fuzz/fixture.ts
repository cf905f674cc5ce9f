// The images that sequences start from: what an overlay finds below it, with all kinds of files in two layers.

const OLD = 'find /base /data /opt ! -type l -exec touch -h -d "2001-02-03 04:05:06" {} +; touch -h -d "2001-02-03 04:05:06" /base/sl /base/dl /base/dang /data/l';

const LOWER = [
  'mkdir -p /base/d1/sub /base/d2 /base/d3/gone /data/in /opt/app',
  'cd /base; echo one >a; echo two >b; ln b hl; ln -s a sl; ln -s /base/d1 dl; ln -s nowhere dang; echo gone >old',
  'echo x >d1/x; echo y >d1/sub/y; echo z >d2/z; echo q >d2/q; echo g >d3/gone/g; mkfifo pipe; echo s >suid; chmod 4755 suid',
  'chmod 1777 d2; chown 1234:1234 d1 d1/x; chmod 640 d2/z; chmod 700 d3',
  'cd /data; echo v >v; echo w >in/w; ln -s v l; chown -R 1234:50 /data; chmod 750 /data; echo app >/opt/app/f',
  OLD,
].join('; ');

/** A file removed, a directory replaced (opaque), one changed, one added. */
const UPPER = ['cd /base; rm old d2/q; rm -r d3/gone; mkdir d3/gone; echo n >d3/gone/n; rm -r d1/sub; mkdir d1/sub; echo y2 >d1/sub/y', 'echo more >>a; echo c >c', OLD].join('; ');

export const BASE = 'fz-base', WITH_VOLUME = 'fz-volume';

/** Commands that make the images; every sequence needs them. */
export const FIXTURE: readonly string[] = [
  `docker run --name fz-make busybox sh -c '${LOWER}'`,
  `docker commit fz-make fz-lower`,
  `docker rm fz-make`,
  `docker run --name fz-make fz-lower sh -c '${UPPER}'`,
  `docker commit -c 'CMD ["sh"]' fz-make ${BASE}`,
  `docker commit -c 'CMD ["sh"]' -c 'VOLUME /data' fz-make ${WITH_VOLUME}`,
  `docker rm fz-make`,
];

export const FIXTURE_IMAGES = [WITH_VOLUME, BASE, 'fz-lower'];

/** The first command of every sequence: its directory, with something in it. */
export const hostFixture = (directory: string): string =>
  `umask 022; mkdir -p ${directory}/h1/d1/sub ${directory}/h2; cd ${directory}; echo ha >h1/a; echo hb >h1/b; ln -s a h1/sl; ln -s d1 h1/dl; ln -s nowhere h1/dang; echo hx >h1/d1/x; echo hy >h1/d1/sub/y; echo f >f; chown -R 1234:50 h1/d1; chmod 750 h1/d1; find . -exec touch -h -d "2002-03-04 05:06:07" {} +`;
