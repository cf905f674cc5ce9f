// dockerd on a booted kernel: what containers see, what is left on disk, what the API answers.
import { beforeEach, describe, expect, it } from 'vitest';
import { decode } from '../../src/base/bytes.ts';
import { bootLab, type Lab } from './boot.ts';

let lab: Lab;
beforeEach(() => {
  lab = bootLab();
});

const refusal = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
};
const read = (path: string) => decode(lab.sys.readFile(path));
const inspect = (name: string) => lab.run(lab.engine.containerInspect(name));
const volumes = () => lab.run(lab.engine.volumeList()).Volumes.map(({ Name }) => Name);
const RUNTIME = 'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

describe('run', () => {
  it('passes output and exit codes on', () => {
    expect(lab.docker(['echo', 'hi', 'there'])).toMatchObject({ code: 0, stdout: 'hi there\n', stderr: '' });
    expect(lab.docker(['warn', 'oh'])).toMatchObject({ code: 0, stdout: '', stderr: 'oh\n' });
    expect(lab.docker(['exit', '42']).code).toBe(42);
    expect(lab.docker(['cat'], { input: 'typed\n' }).stdout).toBe('typed\n');
  });

  it.each([
    [['nosuch'], 'exec: "nosuch": executable file not found in $PATH', 127],
    [['/nosuch'], 'exec: "/nosuch": stat /nosuch: no such file or directory', 127],
    [['/etc/passwd'], 'exec: "/etc/passwd": permission denied', 126],
    [['/etc'], 'exec: "/etc": is a directory: permission denied', 126],
  ])('says why %s cannot start', (command, why, code) => {
    expect(refusal(() => lab.docker(command, { name: 'bad' }))).toBe(RUNTIME + why);
    expect(inspect('bad').State).toMatchObject({ Status: 'created', ExitCode: code, Error: RUNTIME + why });
  });

  it('lets exec itself fail with 255', () => {
    expect(lab.docker(['/script'])).toMatchObject({ code: 255, stderr: 'exec /script: no such file or directory\n' });
  });

  it('gives a process its own view', () => {
    const id = lab.docker(['id'], { name: 'me', config: { WorkingDir: '/made/here' } });
    expect(id.stdout).toBe(`0:0 0,10 1 /made/here ${id.id.slice(0, 12)}\n`);
    expect(lab.docker(['id'], { config: { User: 'www-data' } }).stdout).toMatch(/^33:33 33 1 \/ /);
    expect(lab.docker(['id'], { config: { User: '1000:2000' } }).stdout).toMatch(/^1000:2000 2000 /);
    expect(refusal(() => lab.docker(['id'], { config: { User: 'nosuch' } }))).toBe('unable to find user nosuch: no matching entries in passwd file');
    expect(lab.docker(['env'], { config: { Env: ['A=1', 'PATH=/bin'] } }).stdout).toMatch(/^PATH=\/bin\nHOSTNAME=[0-9a-f]{12}\nA=1\nHOME=\/root\n$/);
  });

  it('mounts what every container has', () => {
    const lines = lab.docker(['mounts']).stdout.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '));
    for (const line of ['overlay /', 'proc /proc', 'tmpfs /dev', 'devpts /dev/pts', 'tmpfs /dev/shm']) expect(lines).toContain(line);
    expect(lines.at(-2)).not.toContain('/var/lib');
    expect(lab.docker(['ls', '/dev']).stdout.split('\n')).toEqual(expect.arrayContaining(['null', 'zero', 'random', 'stdout', 'pts']));
    expect(lab.docker(['mount', '/tmp'])).toMatchObject({ code: 1, stderr: 'mount: /tmp: Operation not permitted\n' });
  });

  it('leaves nothing behind with AutoRemove', () => {
    lab.docker(['true'], { remove: true, config: { Volumes: { '/anon': {} } }, host: { Binds: ['named:/n'] } });
    lab.pass(10);
    expect(lab.run(lab.engine.containerList({ all: true }))).toEqual([]);
    expect(volumes()).toEqual(['named']);
  });

  it('has a terminal with a tty', () => {
    const { stdout } = lab.docker(['tty'], { config: { Tty: true } });
    expect(stdout).toBe('/dev/pts/0\r\n');
  });

  it('reaps and forwards as PID 1 with Init', () => {
    expect(lab.docker(['id'], { host: { Init: true } }).stdout).toMatch(/^0:0 0,10 [2-9]\d* /);
    expect(lab.docker(['exit', '9'], { host: { Init: true } }).code).toBe(9);
    const { id } = lab.docker(['sleep', '100'], { detach: true, host: { Init: true } });
    lab.run(lab.engine.containerStop(id));
    expect(inspect(id).State.ExitCode).toBe(143);
  });
});

describe('volumes', () => {
  it('outlive containers', () => {
    lab.docker(['put', '/data/f', 'kept'], { remove: true, host: { Binds: ['v1:/data'] } });
    expect(lab.docker(['cat', '/x/f'], { host: { Binds: ['v1:/x:ro'] } }).stdout).toBe('kept\n');
    expect(read('/var/lib/docker/volumes/v1/_data/f')).toBe('kept\n');
    expect(lab.docker(['put', '/x/g', 'no'], { host: { Binds: ['v1:/x:ro'] } })).toMatchObject({ code: 1, stderr: 'put: /x/g: Read-only file system\n' });
  });

  it('are filled from the image at create, owner and mode too', () => {
    lab.run(lab.engine.containerCreate({ Config: { Image: 'toy', Cmd: ['true'] }, HostConfig: { Binds: ['app:/app/data:ro', 'own:/owned', 'bare:/app:nocopy'] } }));
    expect(read('/var/lib/docker/volumes/app/_data/README')).toBe('shipped with the image\n');
    expect(lab.sys.stat('/var/lib/docker/volumes/own/_data')).toMatchObject({ uid: 33, gid: 33, mode: 0o40750 });
    expect(lab.sys.readdir('/var/lib/docker/volumes/bare/_data')).toEqual([]);
  });

  it('cannot be removed while anything refers to them', () => {
    const { id } = lab.docker(['true'], { name: 'user', host: { Binds: ['v1:/data'] } });
    expect(refusal(() => lab.run(lab.engine.volumeRemove('v1', { force: true })))).toBe(`remove v1: volume is in use - [${id}]`);
    lab.run(lab.engine.containerRemove('user', { removeVolumes: true }));
    lab.run(lab.engine.volumeRemove('v1'));
    expect(refusal(() => lab.run(lab.engine.volumeRemove('v1')))).toBe('get v1: no such volume');
  });

  it('with options are mounted while in use', () => {
    lab.run(lab.engine.volumeCreate({ Name: 'ram', DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m,uid=1000' } }));
    const { id } = lab.docker(['sleep', '100'], { detach: true, host: { Binds: ['ram:/t'] } });
    expect(lab.exec(id, ['put', '/t/f', 'x']).code).toBe(0);
    expect(lab.docker(['cat', '/r/f'], { host: { Binds: ['ram:/r'] } }).stdout).toBe('x\n');
    expect(lab.exec(id, ['stat', '/t']).stdout).toBe('1777 1000:0\n');
    lab.run(lab.engine.containerKill(id));
    expect(lab.sys.readdir('/var/lib/docker/volumes/ram/_data')).toEqual([]);
    lab.run(lab.engine.volumeCreate({ Name: 'late', DriverOpts: { type: 'none', o: 'bind', device: '/srv/missing' } }));
    expect(refusal(() => lab.docker(['true'], { host: { Binds: ['late:/d'] } }))).toBe(
      "error while mounting volume '/var/lib/docker/volumes/late/_data': failed to mount local volume: mount /srv/missing:/var/lib/docker/volumes/late/_data, flags: 0x1000: no such file or directory");
  });

  it('are pruned when anonymous, or all', () => {
    lab.run(lab.engine.volumeCreate({ Name: 'named' }));
    lab.run(lab.engine.volumeCreate({}));
    expect(lab.run(lab.engine.volumesPrune()).VolumesDeleted).toHaveLength(1);
    expect(lab.run(lab.engine.volumesPrune({ all: ['1'] })).VolumesDeleted).toEqual(['named']);
    expect(lab.run(lab.engine.volumesPrune()).VolumesDeleted).toBeNull();
  });

  it('come along with volumes-from', () => {
    lab.docker(['put', '/data/x', '1'], { name: 'store', host: { Binds: ['v1:/data'] } });
    const { id } = lab.docker(['put', '/data/y', '1'], { host: { VolumesFrom: ['store:ro'] } });
    expect(inspect(id).Mounts).toEqual([{ Type: 'volume', Name: 'v1', Source: '/var/lib/docker/volumes/v1/_data', Destination: '/data', Driver: 'local', Mode: '', RW: false, Propagation: '' }]);
    expect(inspect(id).State.ExitCode).toBe(1);
    expect(refusal(() => lab.docker(['true'], { host: { VolumesFrom: ['store:readonly'] } }))).toBe('invalid mode: readonly');
    expect(refusal(() => lab.docker(['true'], { host: { VolumesFrom: ['nope'] } }))).toBe('No such container: nope');
  });

  it('show a subdirectory', () => {
    lab.docker(['put', '/d/f', 'x'], { host: { Binds: ['v1:/d'] } });
    lab.sys.mkdir('/var/lib/docker/volumes/v1/_data/sub');
    lab.sys.writeFile('/var/lib/docker/volumes/v1/_data/sub/s', 'deep\n');
    const subpath = (Subpath: string) => ({ Mounts: [{ Type: 'volume', Source: 'v1', Target: '/a', VolumeOptions: { Subpath } }] });
    expect(lab.docker(['cat', '/a/s'], { host: subpath('sub') }).stdout).toBe('deep\n');
    expect(lab.docker(['cat', '/a'], { host: subpath('f') }).stdout).toBe('x\n');
    expect(refusal(() => lab.docker(['true'], { host: subpath('gone') }))).toBe(
      'cannot access path /var/lib/docker/volumes/v1/_data/gone: lstat /var/lib/docker/volumes/v1/_data/gone: no such file or directory');
  });
});

describe('mounts', () => {
  it('refuses two on one place', () => {
    const twice = (host: object) => refusal(() => lab.docker(['true'], { host }));
    expect(twice({ Binds: ['one:/data', 'two:/data'] })).toBe('Duplicate mount point: /data');
    expect(twice({ Binds: ['one:/data'], Tmpfs: { '/data': '' } })).toBe('Duplicate mount point: /data');
    expect(twice({ Mounts: [{ Type: 'volume', Source: 'aa', Target: '/d' }, { Type: 'volume', Source: 'bb', Target: '/d' }] })).toBe('Duplicate mount point: /d');
    expect(volumes()).toContain('aa');
  });

  it('makes a missing bind source at start, for -v only', () => {
    lab.run(lab.engine.containerCreate({ name: 'later', Config: { Image: 'toy', Cmd: ['ls', '/data'] }, HostConfig: { Binds: ['/srv/new/deep:/data'] } }));
    expect(lab.sys.can('/srv/new', '')).toBe(false);
    lab.run(lab.engine.containerStart('later'));
    expect(lab.sys.can('/srv/new/deep', '')).toBe(true);
    expect(refusal(() => lab.docker(['true'], { host: { Mounts: [{ Type: 'bind', Source: '/srv/other', Target: '/d' }] } }))).toBe('invalid mount config for type "bind": bind source path does not exist: /srv/other');
  });

  it('binds a file, and keeps it when it is replaced on the host', () => {
    lab.sys.writeFile('/srv/conf', 'v1\n');
    const { id } = lab.docker(['sleep', '100'], { detach: true, host: { Binds: ['/srv/conf:/etc/app.conf'] } });
    lab.sys.writeFile('/srv/conf.new', 'v2\n');
    lab.sys.rename('/srv/conf.new', '/srv/conf');
    expect(lab.exec(id, ['cat', '/etc/app.conf']).stdout).toBe('v1\n');
    expect(lab.exec(id, ['rm', '/etc/app.conf']).stdout).toBe('rm: /etc/app.conf: Device or resource busy\n');
    lab.run(lab.engine.containerRestart(id, { timeout: 0 }));
    expect(lab.exec(id, ['cat', '/etc/app.conf']).stdout).toBe('v2\n');
  });

  it('says when a file meets a directory', () => {
    lab.sys.mkdir('/srv/dir');
    expect(refusal(() => lab.docker(['true'], { name: 'bad', host: { Binds: ['/srv/dir:/etc/passwd'] } }))).toBe(
      `${RUNTIME}error mounting "/srv/dir" to rootfs at "/etc/passwd": mount src=/srv/dir, dst=/etc/passwd, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`);
    expect(inspect('bad').State).toMatchObject({ Status: 'created', ExitCode: 127 });
    expect(refusal(() => lab.docker(['true'], { host: { Binds: ['vol:/etc/passwd'] } }))).toMatch(/^source \/var\/lib\/docker\/overlay2\/[0-9a-f]{64}\/merged\/etc\/passwd is not directory$/);
  });

  it('cannot make a mount point under a read-only bind', () => {
    lab.sys.mkdir('/srv/proj');
    expect(refusal(() => lab.docker(['true'], { host: { Binds: ['/srv/proj:/app:ro', 'out:/app/build'] } }))).toMatch(
      /error mounting "\/var\/lib\/docker\/volumes\/out\/_data" to rootfs at "\/app\/build": create mountpoint for \/app\/build mount: make mountpoint "\/app\/build": mkdirat \/var\/lib\/docker\/overlay2\/[0-9a-f]{64}\/merged\/app\/build: read-only file system$/);
  });

  it('gives tmpfs its options, and the mode of what it covers', () => {
    expect(lab.docker(['stat', '/s'], { host: { Tmpfs: { '/s': '' } } }).stdout).toBe('1777 0:0\n');
    expect(lab.docker(['stat', '/owned'], { host: { Tmpfs: { '/owned': '' } } }).stdout).toBe('750 0:0\n');
    expect(lab.docker(['stat', '/s'], { host: { Tmpfs: { '/s': 'uid=1000,gid=1001,mode=700' } } }).stdout).toBe('700 1000:1001\n');
    expect(lab.docker(['put', '/s/x', 'no'], { host: { Tmpfs: { '/s': 'ro' } } }).stderr).toBe('put: /s/x: Read-only file system\n');
    expect(refusal(() => lab.docker(['true'], { host: { Tmpfs: { '/s': 'color=red' } } }))).toBe('invalid tmpfs option "color"');
    expect(refusal(() => lab.docker(['true'], { host: { Tmpfs: { s: '' } } }))).toBe("invalid mount path: 's' mount path must be absolute");
    expect(refusal(() => lab.docker(['true'], { host: { Tmpfs: { '/s': 'size=big' } } }))).toBe(
      `${RUNTIME}error mounting "tmpfs" to rootfs at "/s": mount src=tmpfs, dst=/s, dstFd=/proc/thread-self/fd/11, flags=MS_NOSUID|MS_NODEV|MS_NOEXEC, data=size=big: invalid argument`);
  });

  it('leaves volumes writable with a read-only root', () => {
    const host = { ReadonlyRootfs: true, Binds: ['v1:/data'], Tmpfs: { '/tmp': '' } };
    expect(lab.docker(['put', '/x', 'no'], { host }).stderr).toBe('put: /x: Read-only file system\n');
    for (const path of ['/data/x', '/tmp/x', '/dev/shm/x']) expect(lab.docker(['put', path, 'yes'], { host }).code).toBe(0);
  });

  it('lists every kind in inspect', () => {
    lab.sys.mkdir('/srv/src');
    lab.run(lab.engine.containerCreate({ name: 'all', Config: { Image: 'toy', Volumes: { '/anon': {} } , Cmd: ['true'] }, HostConfig: { Binds: ['vol:/v', '/srv/src:/b:ro'], Mounts: [{ Type: 'tmpfs', Target: '/t' }], Tmpfs: { '/u': '' } } }));
    const mounts = inspect('all').Mounts;
    expect(mounts.map(({ Type, Destination, Mode, RW, Propagation }) => [Type, Destination, Mode, RW, Propagation])).toEqual([
      ['volume', '/v', 'z', true, ''], ['bind', '/b', 'ro', false, 'rprivate'], ['tmpfs', '/t', '', true, ''], ['volume', '/anon', '', true, ''],
    ]);
    expect(Object.keys(mounts[1]!)).toEqual(['Type', 'Source', 'Destination', 'Mode', 'RW', 'Propagation']);
  });
});

describe('life', () => {
  it('stops with a signal, then with SIGKILL', () => {
    const { id } = lab.docker(['serve'], { detach: true });
    lab.run(lab.engine.containerStop(id));
    expect(inspect(id).State).toMatchObject({ Status: 'exited', ExitCode: 5, Pid: 0 });
    const deaf = lab.docker(['sleep', '1000'], { detach: true });
    const before = lab.clock.now;
    lab.run(lab.engine.containerStop(deaf.id, { timeout: 3 }));
    expect(inspect(deaf.id).State.ExitCode).toBe(137);
    expect(lab.clock.now - before).toBeGreaterThanOrEqual(3000);
    expect(lab.clock.now - before).toBeLessThan(3100);
  });

  it('keeps the writable layer over stop and start, and tells the truth about states', () => {
    const { id } = lab.docker(['sleep', '1000'], { name: 'app', detach: true, host: { Tmpfs: { '/ram': '' } } });
    for (const path of ['/file', '/ram/file']) lab.exec('app', ['put', path, 'kept']);
    lab.run(lab.engine.containerPause('app'));
    expect(inspect('app').State).toMatchObject({ Status: 'paused', Running: true, Paused: true });
    expect(refusal(() => lab.exec('app', ['true']))).toBe('Container app is paused, unpause the container before exec');
    expect(refusal(() => lab.run(lab.engine.containerRemove('app')))).toBe('cannot remove container "app": container is paused and must be unpaused first');
    lab.run(lab.engine.containerUnpause('app'));
    lab.run(lab.engine.containerKill('app'));
    expect(refusal(() => lab.run(lab.engine.containerKill('app')))).toBe(`cannot kill container: app: container ${id} is not running`);
    lab.run(lab.engine.containerStart('app'));
    expect(lab.exec('app', ['cat', '/file']).stdout).toBe('kept\n');
    expect(lab.exec('app', ['cat', '/ram/file']).stdout).toBe('cat: /ram/file: No such file or directory\n');
    expect(refusal(() => lab.run(lab.engine.containerRemove('app')))).toBe('cannot remove container "app": container is running: stop the container before removing or force remove');
    lab.run(lab.engine.containerRemove('app', { force: true }));
    expect(refusal(() => inspect('app'))).toBe('No such container: app');
  });

  it('restarts by policy, with a growing pause', () => {
    const { id } = lab.docker(['exit', '3'], { detach: true, host: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } } });
    lab.pass(50);
    expect(inspect(id).State.Status).toBe('restarting');
    lab.pass(1000);
    expect(inspect(id)).toMatchObject({ RestartCount: 2, State: { Status: 'exited', ExitCode: 3 } });
    const always = lab.docker(['sleep', '100'], { detach: true, host: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } });
    lab.run(lab.engine.containerKill(always.id));
    lab.pass(1000);
    expect(inspect(always.id).State.Status).toBe('exited');
  });

  it('writes logs as json-file does', () => {
    const { id } = lab.docker(['echo', 'a<b>\t"x"']);
    const { LogPath } = inspect(id);
    expect(LogPath).toBe(`/var/lib/docker/containers/${id}/${id}-json.log`);
    expect(read(LogPath)).toMatch(/^\{"log":"a\\u003cb\\u003e\\u0009\\"x\\"\\n","stream":"stdout","time":"2026-11-24T[\d:.]+Z"\}\n$/);
    const logs = (options: object) => lab.run((function* () {
      const stream = yield* lab.engine.containerLogs(id, { stdout: true, stderr: true, ...options });
      let all = '';
      for (let chunk = yield* stream.next(); chunk; chunk = yield* stream.next()) all += decode(chunk.data);
      return all;
    })());
    expect(logs({})).toBe('a<b>\t"x"\n');
    expect(logs({ tail: '0' })).toBe('');
    expect(logs({ timestamps: true })).toMatch(/^2026-11-24T\d\d:\d\d:\d\d\.\d{9}Z a</);
    expect(logs({ follow: true })).toBe('a<b>\t"x"\n');
  });

  it('runs more processes with exec', () => {
    lab.docker(['sleep', '1000'], { name: 'box', detach: true, config: { Env: ['COLOR=blue'], WorkingDir: '/tmp' } });
    expect(lab.exec('box', ['id'], { user: 'www-data' }).stdout).toMatch(/^33:33 33 \d+ \/tmp /);
    expect(lab.exec('box', ['env'], { env: ['COLOR=red'] }).stdout).toContain('COLOR=red\n');
    expect(lab.exec('box', ['exit', '9']).code).toBe(9);
    expect(lab.exec('box', ['cat'], { input: 'piped' }).stdout).toBe('piped');
    expect(lab.exec('box', ['tty'], { tty: true }).stdout).toBe('/dev/pts/0\r\n');
    expect(lab.exec('box', ['nosuch'])).toEqual({ code: 127, stdout: 'OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH\r\n' });
    expect(lab.exec('box', ['true'], { cwd: '/nodir' })).toEqual({ code: 127, stdout: 'OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("/nodir") set in config.json failed: no such file or directory\r\n' });
    expect(refusal(() => lab.exec('box', ['true'], { user: 'nope' }))).toBe('unable to find user nope: no matching entries in passwd file');
    expect(lab.run(lab.engine.containerTop('box', [])).Processes.map((row) => row[7])).toEqual(['sleep 1000']);
  });

  it('checks health', () => {
    const { id } = lab.docker(['sleep', '1000'], { detach: true, config: { Healthcheck: { Test: ['CMD', 'cat', '/ok'], Interval: 1e9, Retries: 2 } } });
    expect(inspect(id).State.Health).toEqual({ Status: 'starting', FailingStreak: 0, Log: [] });
    lab.pass(2500);
    expect(inspect(id).State.Health).toMatchObject({ Status: 'unhealthy', FailingStreak: 2 });
    lab.exec(id, ['put', '/ok', 'fine']);
    lab.pass(1000);
    expect(inspect(id).State.Health).toMatchObject({ Status: 'healthy', FailingStreak: 0 });
    expect(lab.run(lab.engine.containerList())[0]!.Status).toBe('Up 3 seconds (healthy)');
  });

  it('tells events in the daemon\'s order', () => {
    lab.run(lab.engine.volumeCreate({ Name: 'ev' }));
    lab.docker(['true'], { name: 'box', remove: true, host: { Binds: ['ev:/data'] } });
    lab.pass(10);
    const events = lab.events().filter(({ Type }) => Type !== 'image');
    expect(events.map(({ Type, Action }) => `${Type} ${Action}`)).toEqual([
      'volume create', 'container create', 'container attach', 'volume mount', 'network connect', 'container start', 'network disconnect', 'volume unmount',
      'container die', 'container destroy',
    ]);
    expect(events[3]!.Actor.Attributes).toMatchObject({ destination: '/data', driver: 'local', propagation: '', 'read/write': 'true' });
    expect(events[8]).toMatchObject({ status: 'die', from: 'toy', Actor: { Attributes: { execDuration: '0', exitCode: '0', image: 'toy', name: 'box' } } });
  });
});

describe('names and lists', () => {
  it('generates and guards names', () => {
    const { id } = lab.docker(['true']);
    expect(inspect(id).Name).toMatch(/^\/[a-z]+_[a-z]+$/);
    lab.docker(['true'], { name: 'web' });
    expect(refusal(() => lab.docker(['true'], { name: 'web' }))).toMatch(/^Conflict\. The container name "\/web" is already in use by container "[0-9a-f]{64}"\. You have to remove \(or rename\) that container to be able to reuse that name\.$/);
    expect(refusal(() => lab.docker(['true'], { name: 'w' }))).toBe('Invalid container name (w), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed');
    lab.run(lab.engine.containerRename('web', 'web9'));
    expect(refusal(() => lab.run(lab.engine.containerRename('web9', 'web9')))).toBe('Renaming a container with the same name as its current name');
  });

  it('filters ps', () => {
    lab.docker(['sleep', '1000'], { name: 'web1', detach: true, config: { Labels: { app: 'shop' } }, host: { Binds: ['shopdata:/data'] } });
    lab.docker(['sleep', '1000'], { name: 'web2', detach: true });
    lab.docker(['exit', '7'], { name: 'fail' });
    const ps = (filters: Record<string, string[]>, all = true) => lab.run(lab.engine.containerList({ all, filters })).map(({ Names }) => Names[0]!.slice(1));
    expect(ps({})).toEqual(['fail', 'web2', 'web1']);
    expect(ps({}, false)).toEqual(['web2', 'web1']);
    expect(ps({ exited: ['7'] })).toEqual(['fail']);
    expect(ps({ name: ['^/web1$'] })).toEqual(['web1']);
    expect(ps({ volume: ['shopdata'], label: ['app'] })).toEqual(['web1']);
    expect(ps({ before: ['web2'] })).toEqual(['web1']);
    expect(ps({ since: ['web2'] })).toEqual(['fail']);
    expect(refusal(() => ps({ status: ['bogus'] }))).toBe("invalid filter 'status=bogus': invalid value for state (bogus): must be one of created, running, paused, restarting, removing, exited, dead");
    expect(lab.run(lab.engine.containerList({ all: true })).map(({ Status, Command }) => [Status, Command])).toEqual([
      ['Exited (7) Less than a second ago', 'exit 7'], ['Up Less than a second', 'sleep 1000'], ['Up Less than a second', 'sleep 1000'],
    ]);
  });
});

describe('networks', () => {
  it('hands out addresses and publishes ports', () => {
    const { id } = lab.docker(['listen', '80'], { name: 'web', detach: true, host: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } } });
    expect(inspect(id).NetworkSettings).toMatchObject({ IPAddress: '172.17.0.2', Gateway: '172.17.0.1', Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }, { HostIp: '::', HostPort: '8080' }] } });
    const request = (address: string, port: number) => lab.run((function* () {
      const fd = yield* lab.sys.connect(address, port);
      const data = yield* lab.sys.read(fd, 100);
      lab.sys.close(fd);
      return decode(data);
    })());
    expect(request('127.0.0.1', 8080)).toBe('hello\n');
    expect(request('172.17.0.2', 80)).toBe('hello\n');
    expect(refusal(() => lab.docker(['true'], { host: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } } }))).toMatch(/Bind for 0\.0\.0\.0:8080 failed: port is already allocated$/);
    lab.run(lab.engine.containerRemove(id, { force: true }));
    expect(refusal(() => request('127.0.0.1', 8080))).toBe('Connection refused');
  });

  it('makes and removes them', () => {
    lab.run(lab.engine.networkCreate({ Name: 'net' }));
    const { id } = lab.docker(['sleep', '100'], { name: 'aa', detach: true, host: { NetworkMode: 'net' } });
    expect((inspect(id).NetworkSettings['Networks'] as Record<string, object>)['net']).toMatchObject({ IPAddress: '172.18.0.2', DNSNames: ['aa', id.slice(0, 12)] });
    expect(lab.docker(['cat', '/etc/hosts'], { host: { NetworkMode: 'net' } }).stdout).toMatch(/172\.18\.0\.2\taa /);
    expect(refusal(() => lab.run(lab.engine.networkRemove('net')))).toMatch(/^error while removing network: network net has active endpoints \(name:"aa" id:"[0-9a-f]{12}"\)$/);
    expect(refusal(() => lab.run(lab.engine.networkRemove('bridge')))).toBe('bridge is a pre-defined network and cannot be removed');
  });
});

it('is a function of its seed', () => {
  const first = lab.docker(['true']).id;
  lab = bootLab();
  expect(lab.docker(['true']).id).toBe(first);
});
