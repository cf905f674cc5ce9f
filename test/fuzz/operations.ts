// Small file commands, as likely to succeed as to fail, for a shell with BusyBox's or GNU's programs.

import type { Random } from '../../src/base/random.ts';

export const pick = <T>(random: Random, items: readonly T[]): T => items[random.below(items.length)]!;

/** One of the items, each as often as its weight says. */
export function pickWeighted<T>(random: Random, items: readonly (readonly [weight: number, item: T])[]): T {
  let left = random.below(items.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, item] of items) if ((left -= weight) < 0) return item;
  throw new Error('no weights');
}

/** Names that are often there, by the last part of the root; and what may be made. */
const THERE: Readonly<Record<string, readonly string[]>> = {
  base: ['a', 'b', 'c', 'hl', 'sl', 'dl', 'dang', 'suid', 'd1', 'd1/x', 'd1/sub', 'd1/sub/y', 'd2', 'd2/z', 'd3', 'd3/gone', 'd3/gone/n'],
  data: ['v', 'l', 'in', 'in/w', 'a', 'd1'],
  app: ['f', 'n1'],
  _data: ['a', 'v', 'in', 'd1', 'd1/x', 'n1'],
  h1: ['a', 'b', 'sl', 'dl', 'dang', 'd1', 'd1/x', 'd1/sub', 'd1/sub/y'],
};
const NEW = ['n1', 'n2', 'n1/k', 'n1/n2', 'd1/n3', 'd2/n4', 'a', 'old', 'd2/q', 'd1/sub'];
const MODES = ['700', '644', '4755', '1777', '000', '2770', 'u+x', 'go-rwx', 'a+w'];
const OWNERS = ['1234', '1234:50', ':50', '0:0', '65534'];

export interface OperationOptions {
  /** Directories under which the names are. */
  readonly roots: readonly string[];
  readonly gnu?: boolean;
  /** Hard links and moved directories look different in an overlay than in a plain tree: leave out the one or the other. */
  readonly without?: readonly ('links' | 'moved directories')[];
  /** Only what shows no block counts, link counts of directories or types of file system. */
  readonly portable?: boolean;
}

function nameIn(random: Random, root: string): string {
  const there = THERE[root.slice(root.lastIndexOf('/') + 1)];
  return pick(random, there && random.below(10) < 7 ? there : NEW);
}

/** A path below one of the roots. */
export function pathIn(random: Random, roots: readonly string[]): string {
  const root = pick(random, roots);
  return `${root}/${nameIn(random, root)}`;
}

export function operation(random: Random, { roots, gnu = false, without = [], portable = false }: OperationOptions): string {
  const root = pick(random, roots);
  const at = (): string => (random.below(12) ? `${root}/${nameIn(random, root)}` : pathIn(random, roots));
  const text = (): string => `t${random.below(1000)}`;
  const sorted = (command: string): string => `${command} 2>&1 | sort`;
  const moved = (): string => (without.includes('moved directories') ? `${root}/${pick(random, ['a', 'b', 'c', 'sl', 'n2', 'd1/x'])}` : at());
  return pickWeighted<() => string>(random, [
    [8, () => `echo ${text()} >${at()}`],
    [6, () => `echo ${text()} >>${at()}`],
    [4, () => `mkdir ${at()}`],
    [2, () => `mkdir -p ${at()}/${pick(random, ['n1', 'k', 'd1/x'])}`],
    [1, () => `mkdir -m ${pick(random, ['700', '1777', '000'])} ${at()}`],
    [5, () => `rm ${at()}`],
    [2, () => `rm -f ${at()}`],
    [4, () => sorted(`rm -r ${at()}`)],
    [2, () => sorted(`rm -rf ${at()}`)],
    [2, () => `rmdir ${at()}`],
    [8, () => `mv ${moved()} ${at()}`],
    [1, () => `mv -f ${moved()} ${moved()} ${at()}`],
    [without.includes('links') ? 0 : 4, () => `ln ${at()} ${at()}`],
    [4, () => `ln -s ${pick(random, ['a', 'd1', '../d2', 'nowhere', `${root}/b`, 'n1'])} ${at()}`],
    [1, () => `ln -sf a ${at()}`],
    [1, () => `ln -sfn d1 ${at()}`],
    [5, () => `chmod ${pick(random, MODES)} ${at()}`],
    [1, () => sorted(`chmod -R ${pick(random, MODES)} ${at()}`)],
    [4, () => `chown ${pick(random, OWNERS)} ${at()}`],
    [1, () => `chown -h ${pick(random, OWNERS)} ${at()}`],
    [1, () => sorted(`chown -R ${pick(random, OWNERS)} ${at()}`)],
    [4, () => `touch -d "${pick(random, ['2001-02-03 04:05:06', '2003-04-05 06:07:08', '2001-02-03 04:05:06'])}" ${at()}`],
    [2, () => `touch ${at()}`],
    [1, () => `touch -c ${at()}`],
    [3, () => `truncate -s ${pick(random, ['0', '3', '5000', '10'])} ${at()}`],
    [3, () => `dd if=/dev/zero of=${at()} bs=${pick(random, ['1k', '7', '4096'])} count=${1 + random.below(4)}${pick(random, ['', ' conv=notrunc', ' seek=2', ' seek=1 conv=notrunc'])} 2>/dev/null`],
    [5, () => `cp ${at()} ${at()}`],
    [2, () => `cp -a ${at()} ${at()}/n1`],
    [2, () => `cp -p ${at()} ${at()}`],
    [2, () => sorted(`cp -r ${root}/${pick(random, ['d1', 'd2', 'd3', 'in'])} ${root}/${pick(random, ['n1', 'n2', 'd2'])}`)],
    [1, () => `cp -P ${at()} ${at()}`],
    [gnu ? 0 : 1, () => `mknod ${at()} c ${pick(random, ['1 3', '1 3', portable ? '1 5' : '0 0'])}`],
    [4, () => `cat ${at()}`],
    [portable ? 0 : 4, () => `ls -l ${at()}`],
    [portable ? 0 : 2, () => `ls -la ${root}`],
    [2, () => `ls -A ${at()}`],
    [portable ? 0 : 4, () => `stat -c "%n %F %a %u:%g %h %s" ${at()}`],
    [2, () => `stat -L -c "%F %a %u:%g %s" ${at()}`],
    [2, () => sorted(`find ${root}`)],
    [1, () => sorted(`find ${root} -type ${pick(random, ['f', 'd', 'l'])}`)],
    [1, () => `readlink ${at()}`],
    [1, () => `readlink -f ${at()}`],
    [portable ? 0 : 1, () => sorted(`du -a ${at()}`)],
    [1, () => `test -${pick(random, ['e', 'f', 'd', 'L', 's', 'w', 'r', 'x'])} ${at()} && echo yes || echo no`],
    [1, () => `wc -c <${at()}`],
    [1, () => `cmp ${at()} ${at()}`],
    [1, () => `sed -i s/t/T/ ${at()} 2>/dev/null`],
    [portable ? 0 : 1, () => `tar cf ${root}/b.tar -C ${root} ${pick(random, ['d1', 'a', 'in'])}`],
    [portable ? 0 : 1, () => `mkdir -p ${root}/n1; tar xf ${root}/b.tar -C ${root}/n1`],
    [without.includes('links') ? 0 : 1, () => sorted(`cp -rl ${at()} ${at()}`)],
    [without.includes('links') ? 0 : 1, () => `ln -f ${at()} ${at()}`],
    [1, () => `mv -n ${moved()} ${at()}`],
    [1, () => `touch -r ${at()} ${at()}`],
    [1, () => sorted(`find ${root} ${pick(random, ['-name "n*"', '-user 1234', '-empty', '-perm -4000', '-name "n*" -delete', '-type f -size -2', '-newer /etc/passwd -type l'])}`)],
    [portable ? 0 : 1, () => sorted(`find ${root} -type f -links +1`)],
    [1, () => `md5sum ${at()} ${at()}`],
    [1, () => `head -c 3 ${at()}`],
    [1, () => `: >${at()}`],
    [1, () => `test ${at()} -${pick(random, ['ef', 'ef', 'nt', 'ot'])} ${at()} && echo yes || echo no`],
    [portable ? 0 : 1, () => `ls ${pick(random, ['-ld', '-lL', '-1R', '-F', '-ln'])} ${at()}`],
    [1, () => `rmdir -p ${at()}`],
    [gnu ? 2 : 0, () => pick(random, [`install -m 640 ${at()} ${at()}`, `cp -v ${at()} ${at()}`, sorted(`rm -rv ${at()}`), `mv -v ${at()} ${at()}`, `mkdir -pv ${at()}`, `chmod -c 751 ${at()}`, `ln -sr ${at()} ${at()}`, `cp -t ${root}/d1 ${at()} ${at()}`])],
  ])();
}

/** Whether GNU's cp then meets its own copy depends on inode numbers. */
const intoItself = (command: string): boolean => /^cp -\w*[arR]\w* (\S+) \1(?:\/| |$)/.test(command.replaceAll('/dl', '/d1'));

export const operations = (random: Random, most: number, options: OperationOptions): string[] =>
  Array.from({ length: 1 + random.below(most) }, () => operation(random, options)).map((command) => (options.gnu && intoItself(command) ? 'pwd' : command));
