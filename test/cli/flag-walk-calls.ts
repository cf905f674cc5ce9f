// What the walk over all flags gives them, and what comes of the flags that do not change what is printed.

export interface Call {
  /** Played first, on a host of its own. */
  readonly before?: readonly string[];
  /** In place of the command's own words. */
  readonly command?: string;
  readonly args: string;
  /** Played afterwards: its output counts as the command's. */
  readonly after?: string;
  /** The flag as it is to be given, where its name and a value of its kind will not do. */
  readonly given?: string;
  /** Where a flag shows itself in another call only. */
  readonly flags?: Readonly<Record<string, Partial<Call>>>;
}

const VALUES: Readonly<Record<string, string>> = {
  'add-host': 'db:10.1.2.3', annotation: 'a=b', attach: 'stderr', 'blkio-weight': '300', 'build-arg': 'WHO=ada', 'cap-add': 'SYS_ADMIN', 'cap-drop': 'CHOWN',
  cgroupns: 'host', change: "'CMD [\"ls\"]'", cidfile: 'cid', 'cpu-period': '50000', 'cpu-quota': '20000', 'cpu-shares': '512', cpus: '1.5', 'cpuset-cpus': '0',
  'cpuset-mems': '0', 'detach-keys': 'ctrl-x', device: '/dev/null:/dev/xnull', 'device-cgroup-rule': "'c 1:3 r'", dns: '10.9.9.9', 'dns-option': 'ndots:2',
  'dns-search': 'example.org', domainname: 'example.org', driver: 'bridge', entrypoint: 'ls', env: 'GIVEN=1', 'env-file': 'vars', expose: '81', file: 'Other',
  filter: 'label=a', format: "'<{{json .}}>'", gpus: 'all', 'group-add': '100', hash: "'*'", 'health-cmd': 'true', 'health-interval': '5s', 'health-retries': '2',
  'health-start-interval': '2s', 'health-start-period': '3s', 'health-timeout': '4s', hostname: 'given', iidfile: 'iid', index: '1', input: 'b.tar', ip: '172.17.0.9',
  ip6: '2001:db8::33', ipc: 'host', 'kernel-memory': '32m', label: 'a=b', 'label-file': 'labels', last: '1', link: 'there:db', 'link-local-ip': '169.254.1.2',
  'log-driver': 'local', 'log-opt': 'max-size=1m', 'mac-address': '92:d0:c6:0a:29:33', 'max-used-space': '1g', memory: '64m', 'memory-reservation': '32m',
  'memory-swap': '128m', 'memory-swappiness': '10', message: 'said', 'min-free-space': '1g', mount: 'type=volume,src=vol,dst=/mounted', name: 'named', network: 'none',
  'network-alias': 'alias', 'no-attach': 'db', 'oom-score-adj': '100', output: 'out', opt: 'type=tmpfs', pid: 'host', 'pids-limit': '50', platform: 'linux/amd64',
  policy: 'missing', progress: 'plain', publish: '8080:80', pull: 'never', 'reserved-space': '1g', restart: 'always', runtime: 'runc', scale: 'web=2',
  secret: 'id=s,src=vars', 'security-opt': 'no-new-privileges', 'shm-size': '8m', signal: 'KILL', since: '1h', sysctl: 'net.ipv4.ip_forward=1', status: 'exited',
  'stop-signal': 'KILL', 'stop-timeout': '3', 'storage-opt': 'size=10G', tag: 'given:1', tail: '1', target: 'one', timeout: '0', tmpfs: '/memory:size=1m', type: 'volume',
  ulimit: 'nofile=64:64', until: '1h', user: '1000', userns: 'host', uts: 'host', volume: 'vol:/mounted', 'volume-driver': 'local', 'volumes-from': 'there', workdir: '/var',
  author: "'Ada'", 'io-maxbandwidth': '1m', 'exit-code-from': 'web', 'wait-timeout': '5', hashes: 'web', rmi: 'all', protocol: 'udp', 'driver-opt': 'a=b', alias: 'other',
};

export function valueOf(name: string): string {
  return VALUES[name] ?? '1';
}

const FILES = ["printf 'FROM_FILE=1\\n' >vars; printf 'from=file\\n' >labels"];
const THERE = [...FILES, 'docker run -d --name there --label a=b -v here:/data busybox sh -c "trap \\"echo ending; exit 7\\" TERM; echo started; echo wrong >&2; while :; do sleep 1; done"'];
/** Prints what the flags of create and run are about. */
const ASK = `sh -c 'id; pwd; env | sort; hostname; cat /etc/hosts /etc/resolv.conf /proc/mounts; grep -e Cap -e NoNewPrivs /proc/self/status; ulimit -a; ls / /dev; ls -lR /sys/fs/cgroup 2>/dev/null | wc -l; touch /new; chown 1 /new; cat /proc/1/comm; tty; wc -l' <vars`;
const BUILD = [...FILES, "printf 'FROM busybox AS one\\nARG WHO=nobody\\nRUN echo $WHO >/who\\nFROM one\\nRUN echo last >/last\\n' >Dockerfile; printf 'FROM busybox\\nRUN echo other >/other\\n' >Other"];
const PROJECT = [
  'mkdir site && cd site', ...FILES, "printf 'FROM busybox\\nARG WHO=nobody\\nRUN echo $WHO >/who\\n' >Dockerfile",
  "printf 'name: site\\nservices:\\n  web:\\n    build: .\\n    image: site-web\\n    command: sh -c \"echo web; exec sleep 1000\"\\n    volumes: [data:/data, /anon]\\n    ports: [\"8080:80\"]\\n    depends_on: [db]\\n    environment: {A: \"${A:-none}\"}\\n  db:\\n    image: busybox\\n    command: sh -c \"echo db; exec sleep 1000\"\\n  extra:\\n    image: busybox\\n    profiles: [more]\\nvolumes:\\n  data:\\n' >compose.yaml",
];
const UP = [...PROJECT, 'docker compose up -d'];
const ENDED = [...THERE, 'docker stop -t 0 there'];

export const CALLS: Readonly<Record<string, Call>> = {
  attach: { before: THERE, args: 'there', command: 'timeout 1 docker attach' },
  commit: { before: THERE, args: 'there img', after: 'docker image inspect img; docker events --since 1h --until 0s' },
  cp: { before: [...THERE, "docker exec there sh -c 'ln -s /etc/group /link; chown 5 /etc/group'"], args: 'there:/link .', flags: { archive: { before: [...THERE, 'touch f; chown 1000 f'], args: 'f there:/', after: 'docker exec there ls -ln /f' } } },
  create: { before: THERE, args: 'busybox sh -c true', flags: { cgroupns: { given: '--cgroupns private' }, platform: { given: '--platform linux/arm64' }, pull: { args: 'nosuch' }, 'memory-swap': { given: '--memory 64m --memory-swap 128m' } } },
  exec: { before: THERE, args: `there ${ASK}`, flags: { tty: { args: 'there tty' }, privileged: { before: [...FILES, 'docker run -d --name there --cap-drop CHOWN busybox sleep 1000'] } } },
  export: { before: THERE, args: 'there | wc -c' },
  kill: { before: THERE, args: 'there; docker wait there', flags: { signal: { given: '--signal TERM' } } },
  logs: { before: [...THERE, 'sleep 3'], args: 'there', flags: { follow: { command: 'timeout 1 docker logs' }, since: { given: '--since 1s' }, until: { given: '--until 2h' }, details: { before: ['docker run --name there --label a=b --log-opt labels=a busybox echo hi'] } } },
  restart: { before: THERE, args: 'there; docker logs there; echo $SECONDS', flags: { timeout: { before: ['docker run -d --name there busybox sleep 1000'] } } },
  rm: { before: ENDED, args: 'there', flags: { force: { before: THERE }, volumes: { before: ['docker create --name there -v /anon busybox'] }, link: { args: 'there/db' } } },
  run: {
    before: THERE, args: `--name box busybox ${ASK}`, flags: {
      cgroupns: { given: '--cgroupns private' }, cidfile: { after: 'wc -c cid' }, entrypoint: { args: 'busybox -l /var' }, label: { after: 'docker ps -a --filter label=a=b --format {{.Names}}' },
      'label-file': { after: 'docker ps -a --filter label=from=file --format {{.Names}}' }, 'memory-swap': { given: '--memory 64m --memory-swap 128m' }, name: { args: 'busybox true', after: 'docker start named' },
      'log-opt': { given: '--log-opt max-size=1k', after: 'docker logs box' }, platform: { given: '--platform linux/arm64' }, publish: { given: '-d --publish 8080:80', after: 'docker port box' },
      'publish-all': { given: '-d --publish-all', args: '--name box --expose 80 busybox sleep 1000', after: 'docker port box' }, pull: { args: 'nosuch' }, quiet: { args: 'alpine true' }, rm: { after: 'docker ps -a' },
      restart: { given: '-d --restart always', args: '--name box busybox true', after: 'sleep 1; docker ps' }, 'security-opt': { before: [...THERE, 'cp /usr/bin/id . 2>/dev/null; docker create --name su busybox; docker cp su:/bin/busybox su; chmod 4755 su'], args: '-u 1000 -v $PWD/su:/su busybox /su id' },
      'stop-signal': { args: '-d --name box busybox sh -c "trap \\"echo ended; exit\\" TERM; while :; do sleep 0.1; done"', after: 'docker stop box; docker logs box' },
      'stop-timeout': { args: '-d --name box busybox sleep 1000', after: 'S=$SECONDS; docker stop box; echo $((SECONDS-S))' }, tty: { args: 'busybox tty' }, 'volume-driver': { given: '--volume-driver nosuch', args: '-v data:/data busybox true' },
      'health-cmd': { args: '-d --name box busybox sleep 1000', after: 'sleep 40; docker ps' }, 'no-healthcheck': { before: ["printf 'FROM busybox\\nHEALTHCHECK CMD true\\n' | docker build -qt checked -"], args: '-d checked sleep 1000', after: 'docker ps' },
      ...Object.fromEntries(['interval', 'retries', 'start-interval', 'start-period', 'timeout'].map((name) => [`health-${name}`, { args: '-d --name box --health-cmd "sleep 3; false" busybox sleep 1000', after: 'for i in 1 2 3 4 5 6 7 8 9; do sleep 4; docker ps --format {{.Status}}; done' }])),
      'health-start-interval': { args: '-d --name box --health-cmd "[ -e /ok ]" --health-start-period 60s busybox sh -c "sleep 3; touch /ok; sleep 1000"', after: 'for i in 1 2 3 4 5 6 7 8 9; do sleep 4; docker ps --format {{.Status}}; done' },
    },
  },
  start: { before: ['docker create -i --name there busybox sh -c "echo started; wc -c"'], args: 'there <<<hello', flags: { attach: { before: ['docker create --name there busybox echo started'], args: 'there' } } },
  stats: { before: [...THERE, 'docker create --name idle busybox'], args: '', command: 'timeout 3 docker stats', flags: { 'no-stream': { args: 'there' } } },
  stop: { before: THERE, args: 'there; docker wait there; echo $SECONDS', flags: { timeout: { before: ['docker run -d --name there busybox sleep 1000'] } } },
  update: { before: THERE, args: 'there' },
  ps: { before: ENDED, args: '', flags: { filter: { before: [...THERE, 'docker run -d busybox sleep 1000'] }, last: { before: [...ENDED, 'docker create busybox'] }, 'no-trunc': { before: THERE }, quiet: { before: THERE }, size: { before: THERE }, format: { before: THERE } } },
  images: { before: BUILD, args: '' },
  rmi: { before: ["printf 'FROM busybox\\nRUN touch /1\\nRUN touch /2\\n' | DOCKER_BUILDKIT=0 docker build -t img -"], args: 'img', flags: { force: { before: ["printf 'FROM busybox\\nRUN touch /1\\n' | docker build -t img -", 'docker create img'] } } },
  history: { before: [], args: 'myapp' },
  import: { before: ['docker create --name cc busybox; docker export cc >b.tar'], args: 'b.tar img', after: 'docker history img; docker image inspect img' },
  load: { before: ['docker save busybox >b.tar; docker rmi -f busybox'], args: '<b.tar', flags: { input: { args: '' } } },
  pull: { args: 'alpine', flags: { platform: { given: '--platform linux/arm64' } } },
  push: { args: 'busybox' },
  save: { args: 'busybox | wc -c' },
  build: { before: BUILD, args: '.', after: 'docker images; cat iid', flags: { label: { args: '-t img .', after: 'docker image inspect img' }, 'no-cache': { before: [...BUILD, 'docker build -q .'] }, progress: { given: '--progress quiet' }, secret: { before: [...FILES, "printf 'FROM busybox\\nRUN --mount=type=secret,id=s cat /run/secrets/s\\n' >Dockerfile"] }, pull: { before: [...BUILD, "printf 'FROM alpine\\n' >Dockerfile; docker build -q ."] } } },
  inspect: { before: THERE, args: 'there', flags: { type: { before: [...THERE, 'docker volume create there'] } } },
  events: { before: ['docker volume create one', 'docker create --label a=b busybox'], args: '', command: 'timeout 1 docker events', flags: { filter: { args: '--since 1h' }, format: { args: '--since 1h' }, until: { args: '--since 1h', given: '--until 0s' } } },
  info: { args: '' },
  version: { args: '' },
  login: { args: '', flags: { 'password-stdin': { args: '<vars', before: FILES } } },
  search: { args: 'nginx' },
  'builder du': { before: [...BUILD, 'docker build -q .'], args: '', flags: { filter: { given: '--filter type=regular' } } },
  'builder ls': { args: '' },
  'builder version': { args: '' },
  'builder prune': { before: [...BUILD, 'docker build -q .'], args: '-f', flags: { force: { args: '' }, filter: { given: '--filter until=24h' }, verbose: { before: [...BUILD, "printf 'FROM busybox\\nRUN touch /1\\n' | docker build -t img -", 'docker rmi img'] }, all: { before: [...BUILD, 'docker build -q -t img .'] } } },
  'container prune': { before: [...ENDED, 'docker create busybox'], args: '', flags: { filter: { args: '-f' } } },
  'container inspect': { before: THERE, args: 'there' },
  'image inspect': { args: 'busybox' },
  'image prune': { before: [...BUILD, 'docker build -q -t img .; docker build -q -t img --no-cache .'], args: '', flags: { filter: { args: '-f' }, all: { args: '-f' } } },
  'network connect': { before: THERE, args: 'bridge there' },
  'network create': { args: 'net', after: 'docker network inspect net', flags: { driver: { given: '--driver nosuch' } } },
  'network disconnect': { before: THERE, args: 'bridge there' },
  'network inspect': { args: 'bridge' },
  'network ls': { before: ['docker network create --label a=b net'], args: '' },
  'network prune': { before: ['docker network create net'], args: '', flags: { filter: { args: '-f' } } },
  'network rm': { args: 'nope' },
  'system df': { before: THERE, args: '' },
  'system prune': { before: [...ENDED, 'docker create busybox'], args: '-f', flags: { force: { args: '' }, volumes: { before: ['docker create --name cc -v /anon busybox; docker rm cc'] } } },
  'volume create': { args: 'vol', after: 'docker volume inspect vol', flags: { name: { args: '', given: '--name vol' }, driver: { given: '--driver nosuch' }, opt: { given: '-o device=tmpfs --opt type=tmpfs' } } },
  'volume inspect': { before: ['docker volume create vol'], args: 'vol' },
  'volume ls': { before: ['docker volume create vol', 'docker volume create --label a=b labelled'], args: '' },
  'volume prune': { before: ['docker volume create vol', 'docker create --name cc -v /anon busybox; docker rm cc'], args: '', flags: { all: { args: '-f' }, filter: { args: '-f' } } },
  'volume rm': { args: 'nope' },
  'volume update': { args: 'nope' },
  'compose build': { before: PROJECT, args: '', after: 'docker images; docker run --rm site-web cat /who' },
  'compose config': { before: PROJECT, args: '' },
  'compose cp': { before: [...UP, 'touch f; chown 1000 f; ln -s f link'], args: 'link web:/tmp', after: 'docker compose exec web ls -ln /tmp' },
  'compose create': { before: PROJECT, args: '' },
  'compose down': { before: UP, args: '' },
  'compose exec': { before: UP, args: `web ${ASK}` },
  'compose export': { before: UP, args: 'web | wc -c' },
  'compose images': { before: UP, args: '' },
  'compose kill': { before: UP, args: '', after: 'docker compose ps -a' },
  'compose logs': { before: UP, args: '' },
  'compose ls': { before: UP, args: '' },
  'compose pause': { before: UP, args: '' },
  'compose port': { before: UP, args: 'web 80' },
  'compose ps': { before: UP, args: '' },
  'compose pull': { before: PROJECT, args: '' },
  'compose restart': { before: UP, args: '' },
  'compose rm': { before: [...UP, 'docker compose stop -t 0'], args: '' },
  'compose run': { before: PROJECT, args: `web ${ASK}` },
  'compose scale': { before: UP, args: 'db=2' },
  'compose start': { before: [...UP, 'docker compose stop -t 0'], args: '' },
  'compose stop': { before: UP, args: '' },
  'compose top': { before: UP, args: '' },
  'compose unpause': { before: [...UP, 'docker compose pause'], args: '' },
  'compose up': { before: PROJECT, args: '-d' },
  'compose version': { args: '' },
  'compose volumes': { before: UP, args: '' },
  'compose wait': { before: UP, args: 'web', command: 'timeout 1 docker compose wait' },
  'compose attach': { before: UP, args: 'web' },
  'compose commit': { before: UP, args: 'web img' },
  'compose events': { before: UP, args: '' },
  'compose publish': { before: UP, args: 'img' },
  'compose push': { before: UP, args: '' },
  'compose stats': { before: UP, args: '' },
  'compose watch': { before: UP, args: '' },
  'compose bridge': { before: UP, args: '' },
};

/** Flags that are refused with what the walk gives them, in the real command's words. */
export const REFUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** Flags after which nothing is different, and why that is so of the real command, too. */
export const NOTHING: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** Flags of create and run that change what `inspect` shows and nothing that runs. */
export const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
