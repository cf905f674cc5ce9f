// `npm run record -- FILE…`: play transcripts on a real Docker host and write back what it printed.
//
//   npm run record -- [--via 'COMMAND'] [--reset 'COMMANDS'] [--check] FILE.transcript…
//
// A transcript to be recorded needs no more than comments and commands; what was printed before is replaced:
//
//   # what the file is about
//
//   $ docker volume create mine
//   $ docker run --rm -v mine:/data busybox \
//   > ls -la /data
//
// --via     a command that starts a shell reading a script from standard input, as root on the host of a real engine:
//           'bash' (the default), 'ssh root@HOST bash', … Also $STOWAGE_REAL. That host needs bash and GNU coreutils.
// --reset   bash commands, run there before each file, that bring engine and home back to a clean beginning, for
//           example 'docker ps -aq | xargs -r docker rm -fv; docker volume prune -af; rm -rf ~/*'. Also $STOWAGE_RESET.
// --check   write nothing, and print what a recording of now would change: record, then check, and a race shows itself.
//
// Each file is played in one bash, from the home directory, with nothing on standard input. Ids, times and the like
// come out masked (`transcript.ts`). Keep the rest the same from run to run: name containers, sort what the engine
// leaves unordered (`docker diff`, `.Mounts`, prune lists, `tar t`, `find`), show no addresses and no process ids,
// and never race.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mask, parseTranscript, type Step } from './transcript.ts';

const { values: { via, reset, check }, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    via: { type: 'string', default: process.env['STOWAGE_REAL'] ?? 'bash' },
    reset: { type: 'string', default: process.env['STOWAGE_RESET'] ?? '' },
    check: { type: 'boolean', default: false },
  },
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const text = (field: string): string => Buffer.from(field, 'base64').toString('utf8');

/** What the real host prints for a script. */
function bash(script: string): string {
  const { stdout, error } = spawnSync(via, { shell: true, input: script, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  if (error) throw error;
  return stdout;
}

/** The commands' own bash: its errors say `bash: line 3: …`, which the mask takes for an interactive shell's `bash: …`. */
const PLAYER = `echo $$ >$1/group; cd; for ((_step = 0; _step < $2; _step++)); do
  eval "$(cat $1/cmd.$_step)" >$1/out.$_step 2>$1/err.$_step </dev/null; echo $? >$1/exit.$_step
done`;

/** Ends what the commands left running. Prints a line `exit out err` for each command that came to its end, the streams as base64. */
function player(steps: readonly Step[]): string {
  return `_box=$(mktemp -d /var/tmp/transcript.XXXXXX)
${steps.map(({ cmd }, index) => `base64 -d >$_box/cmd.${index} <<<${base64(cmd)}`).join('\n')}
timeout 400 setsid -w bash -c "$(base64 -d <<<${base64(PLAYER)})" bash $_box ${steps.length} >/dev/null 2>&1
kill -KILL -- -$(cat $_box/group) 2>/dev/null
for ((_step = 0; _step < ${steps.length}; _step++)); do
  [ -s $_box/exit.$_step ] && echo "$(cat $_box/exit.$_step) $(base64 -w0 $_box/out.$_step) $(base64 -w0 $_box/err.$_step)"
done
rm -rf $_box
`;
}

const versions = (): string => bash(`
echo "Docker $(docker version -f '{{.Server.Version}}' | sed 's/+.*//'), bash \${BASH_VERSION%%(*}, BusyBox $(docker run --rm busybox busybox | sed -n '1s/^BusyBox v\\([^ ]*\\).*/\\1/p')"
`).trim();

/** A stream as lines of a transcript; `\` after text that does not end in a newline. */
function stream(mark: string, printed: string): string[] {
  if (!printed) return [];
  const open = !printed.endsWith('\n');
  return [...(open ? printed : printed.slice(0, -1)).split('\n').map((line) => (line ? `${mark} ${line}` : mark)), ...(open ? ['\\'] : [])];
}

const HEADER = '# recorded on ';

/** The transcript with other results under its commands, and the versions below its title. */
function rewrite(transcript: string, steps: readonly Step[], recordedOn: string): string {
  const lines: string[] = [], kept = transcript.split('\n').filter((line) => !/^(?:[|!]|\\$|\? )/.test(line) && !line.startsWith(HEADER));
  let next = 0;
  for (const [index, line] of kept.entries()) {
    if (line !== '' || lines.at(-1) !== '') lines.push(line);
    if (index === 0) lines.push(HEADER + recordedOn);
    if (!/^[$>]/.test(line) || kept[index + 1]?.startsWith('>')) continue;
    const { stdout, stderr, exit } = steps[next++]!;
    lines.push(...stream('|', stdout), ...stream('!', stderr), ...(exit ? [`? ${exit}`] : []));
    if (kept[index + 1]) lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

let failed = files.length === 0;
if (failed) console.error("usage: npm run record -- [--via 'COMMAND'] [--reset 'COMMANDS'] [--check] FILE.transcript…");
const recordedOn = failed ? '' : versions();
for (const file of files) {
  const before = readFileSync(file, 'utf8');
  const wanted = parseTranscript(before);
  if (reset) bash(`{ ${reset}\n} >/dev/null 2>&1`);
  const played = bash(player(wanted)).split('\n').slice(0, -1);
  if (played.length < wanted.length) {
    console.error(`${file}: stopped at command ${played.length + 1}: ${wanted[played.length]!.cmd}`);
    failed = true;
    continue;
  }
  const steps = mask(played.map((line, index): Step => {
    const [exit, out, err] = line.split(' ') as [string, string, string];
    return { cmd: wanted[index]!.cmd, stdout: text(out), stderr: text(err), exit: Number(exit) };
  }));
  if (!check) {
    writeFileSync(file, rewrite(before, steps, recordedOn));
    console.log(`${file}: ${steps.length} commands`);
    continue;
  }
  for (const [index, real] of mask(wanted).entries()) {
    const now = steps[index]!;
    if (real.stdout === now.stdout && real.stderr === now.stderr && real.exit === now.exit) continue;
    console.log(`${file}: $ ${now.cmd}\n${[...stream('|', now.stdout), ...stream('!', now.stderr), `? ${now.exit}`].join('\n')}\n`);
    failed = true;
  }
}
process.exitCode = failed ? 1 : 0;
