// tar: archives of files.

import { decode } from '../../base/bytes.ts';
import type { TarFormat } from '../../base/archive/tar-header.ts';
import { parseMode } from '../../base/mode-change.ts';
import type { Task } from '../../base/task.ts';
import { KernelError, strerror } from '../../kernel/errno.ts';
import { O_CREAT, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY } from '../../kernel/syscalls.ts';
import { parseDate } from '../lib/date-parse.ts';
import { which } from '../lib/execute.ts';
import { reason, type Io } from '../lib/messages.ts';
import { parseOptions, type Options } from '../lib/options.ts';
import { quote } from '../lib/quote.ts';
import { sedSubstitution } from '../lib/sed-substitution.ts';
import { ArchiveReader, ArchiveWriter } from '../lib/tar-archive.ts';
import { compareArchive } from '../lib/tar-compare.ts';
import { deleteMembers } from '../lib/tar-delete.ts';
import { TarCreator, type CreateOptions } from '../lib/tar-create.ts';
import { TarExtractor } from '../lib/tar-extract.ts';
import { WantedMembers } from '../lib/tar-names.ts';
import type { Tool } from '../lib/tool.ts';
import { Users } from '../lib/users.ts';

const GNU = `-c,create x,extract,get t,list r,append u,update d,diff,compare A,catenate,concatenate delete test-label f:,file: z,gzip,gunzip,ungzip j,bzip2 J,xz Z,compress zstd
  lzip lzma lzop a,auto-compress I:,use-compress-program: v,verbose C:,directory: p,preserve-permissions,same-permissions P,absolute-names O,to-stdout
  k,keep-old-files skip-old-files keep-newer-files overwrite U,unlink-first recursive-unlink m,touch strip-components: exclude: X:,exclude-from: exclude-vcs h,dereference
  hard-dereference T:,files-from: null same-owner no-same-owner no-same-permissions o numeric-owner owner: group: mode: mtime: no-recursion recursion one-file-system
  S,sparse W,verify w,interactive,confirmation b:,blocking-factor: H:,format: posix sort: transform:,xform: wildcards no-wildcards totals xattrs no-xattrs acls no-acls
  selinux no-selinux remove-files n,seek B,read-full-records i,ignore-zeros ignore-failed-read R,block-number g:,listed-incremental: G,incremental M,multi-volume
  checkpoint:: to-command: warning: utc full-time no-overwrite-dir keep-directory-symlink anchored no-anchored s,preserve-order,same-order show-transformed-names backup::
  N:,newer:,after-date: newer-mtime: V:,label: no-auto-compress no-null l,check-links atime-preserve::`;
const BUSYBOX = '-t,list x,extract c,create C:,directory: f:,file: O,to-stdout j,bzip2 J,xz a,auto-compress z,gzip Z,compress m,touch h,dereference v,verbose p,same-permissions k,keep-old-files o,no-same-owner lzma overwrite strip-components: no-recursion numeric-owner no-same-permissions to-command:';
const OPERATIONS = ['c', 'x', 't', 'r', 'u', 'd', 'A', 'delete', 'test-label'];
/** Options for other compressors, and the program that GNU tar runs for each. */
const COMPRESSORS = [['j', 'bzip2'], ['J', 'xz'], ['Z', 'compress'], ['zstd', 'zstd'], ['lzip', 'lzip'], ['lzma', 'lzma'], ['lzop', 'lzop']] as const;
/** Options that only affect the members named after them. */
const POSITIONAL: Readonly<Record<string, string>> = { exclude: '--exclude', X: '--exclude-from', C: '-C', 'no-recursion': '--no-recursion', null: '--null' };
const VERSION_CONTROL = ['.git', '.svn', '.hg', 'CVS', '.gitignore'];
const NEEDS_VALUE = 'fCbTXIHgNVK';

/** `czf a.tgz -C d x` as `-c -z -f a.tgz -C d x`. */
function oldStyle(io: Io, args: readonly string[]): string[] {
  const [first, ...rest] = args;
  if (first === undefined || first.startsWith('-') || !/^[a-zA-Z]+$/.test(first)) return [...args];
  const words: string[] = [];
  for (const letter of first) {
    words.push(`-${letter}`);
    if (!(io.gnu ? NEEDS_VALUE : 'fC').includes(letter)) continue;
    const value = rest.shift();
    if (value === undefined && io.gnu) io.usage(`Old option '${letter}' requires an argument.`);
    if (value !== undefined) words.push(value);
  }
  return [...words, ...rest];
}

function fatal(io: Io, text: string): never {
  io.warn(text);
  return io.die('Error is not recoverable: exiting now', 2);
}

function openArchive(io: Io, name: string, flags: number): number {
  if (name === '-') return flags === O_RDONLY ? 0 : 1;
  try {
    return io.sys.open(name, flags, 0o666);
  } catch (error) {
    const why = reason(error);
    if (io.gnu) return fatal(io, `${name}: Cannot open: ${why}`);
    return io.die(`can't open '${name}': ${why}`);
  }
}

function changeDirectory(io: Io, directory: string): void {
  try {
    io.sys.chdir(directory);
  } catch (error) {
    if (io.gnu) fatal(io, `${directory}: Cannot open: ${reason(error)}`);
    io.die(`can't change directory to '${directory}': ${reason(error)}`);
  }
}

/** The names that `-T` lists, or the patterns of `-X`. */
function* listed(io: Io, file: string, nul: boolean): Task<string[]> {
  let text = '';
  if (file === '-') {
    for (;;) {
      const bytes = yield* io.sys.read(0, 65_536);
      if (!bytes.length) break;
      text += decode(bytes);
    }
  } else {
    try {
      text = decode(io.sys.readFile(file));
    } catch (error) {
      fatal(io, `${file}: Cannot ${error instanceof KernelError && error.errno === 'ENOENT' ? 'stat' : 'open'}: ${reason(error)}`);
    }
  }
  return text.split(nul ? '\0' : '\n').filter(Boolean);
}

export const tar: Tool = {
  gnu: null,
  busybox: null,
  usageStatus: 64,
  hint: "Try 'tar --help' or 'tar --usage' for more information.",
  *run(io, raw) {
    const { gnu } = io;
    const o = parseOptions(io, oldStyle(io, raw.operands), gnu ? GNU : BUSYBOX);
    const operations = OPERATIONS.filter((key) => o.has(key));
    const need = (text: string): never => io.usage(text, 2);
    if (gnu && operations.length > 1) need(`You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option`);
    const [operation] = operations;
    if (!operation || operations.length > 1) {
      if (!gnu) io.usage();
      need("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
    }
    if (/^(A|test-label)$/.test(operation!)) io.notSimulated(`-${operation!}`);
    const compressor = COMPRESSORS.find(([key]) => o.has(key))?.[1];
    if (compressor && gnu && !which(io.sys, compressor)) {
      io.err(`tar (child): ${compressor}: Cannot exec: No such file or directory\ntar (child): Error is not recoverable: exiting now\n`);
      io.warn('Child returned status 2');
      io.die('Error is not recoverable: exiting now', 2);
    }
    for (const key of ['j', 'J', 'Z', 'zstd', 'lzip', 'lzma', 'lzop', 'I', 'to-command', 'w', 'M', 'g', 'G', 'checkpoint', 'totals', 'N', 'newer-mtime', 'V', 'hard-dereference', 'backup']) {
      if (o.has(key)) io.notSimulated(`-${key.length > 1 ? '-' : ''}${key}`);
    }
    const name = o.value('f') ?? '-';
    const writes = operation === 'c' || operation === 'r' || operation === 'u';
    if (operation === 'delete') yield* deleteMembers(io, name, new WantedMembers(o.operands, o.has('wildcards')));
    else if (writes) yield* create(io, o, name, operation!);
    else yield* extract(io, o, name, operation!);
    if (io.status > (operation === 'd' ? 1 : 0)) {
      if (gnu) io.warn('Exiting with failure status due to previous errors');
      else if (operation === 'c') io.warn('error exit delayed from previous errors');
    }
  },
};

const transformOf = (io: Io, o: Options) => {
  const text = o.value('transform');
  if (text === undefined) return undefined;
  return sedSubstitution(text) ?? fatal(io, 'Invalid transform expression');
};

const compression = (o: Options, name: string): boolean => o.has('z') || (o.has('a') && /\.(tgz|taz|gz)$/.test(name));

function* excludes(io: Io, o: Options): Task<string[]> {
  const patterns = o.values('exclude');
  for (const file of o.values('X')) patterns.push(...(yield* listed(io, file, false)));
  if (o.has('exclude-vcs')) patterns.push(...VERSION_CONTROL);
  return patterns;
}

function* create(io: Io, o: Options, name: string, operation: string): Task<void> {
  const { sys, gnu } = io;
  const users = new Users(sys);
  const hasMembers = o.given.some((option) => option.key === '' || option.key === 'T');
  if (!hasMembers && operation === 'c') {
    if (!gnu) io.die('empty archive');
    io.usage('Cowardly refusing to create an empty archive', 2);
  }
  if (name === '-' && sys.isatty(1) && gnu) fatal(io, 'Refusing to write archive contents to terminal (missing -f option?)');
  const identity = (text: string | undefined, lookup: (name: string) => number | undefined, nameOf: (id: number) => string | undefined) => {
    if (text === undefined) return undefined;
    const [label, number] = text.split(':') as [string, string?];
    const id = number === undefined ? lookup(label.replace(/^\+/, '')) : Number(number);
    if (id === undefined) return fatal(io, `‘${text}’: Invalid owner`);
    return { id, name: /^\+?\d+$/.test(label) ? (nameOf(id) ?? '') : label };
  };
  const modeText = o.value('mode');
  const formatText = o.has('posix') ? 'posix' : (o.value('H') ?? 'gnu');
  const format: TarFormat = /^(posix|pax)$/.test(formatText) || (o.has('xattrs') && !o.has('H')) ? 'pax' : 'gnu';
  const mtimeText = o.value('mtime');
  const mtime = mtimeText === undefined ? undefined : /^[./]/.test(mtimeText) ? sys.stat(mtimeText).mtime : parseDate(mtimeText, sys.now());
  let start = 0;
  const times = new Map<string, number>();
  if (operation !== 'c') {
    if (name === '-' || o.has('z')) fatal(io, 'Cannot update compressed archives');
    const fd = openArchive(io, name, O_RDWR | O_CREAT);
    const reader = new ArchiveReader(io, fd, name, 'none');
    if (sys.fstat(fd).size > 0) {
      for (;;) {
        const item = yield* reader.next();
        if (!item) break;
        if (item.header) times.set(item.header.name.replace(/\/$/, ''), item.header.mtime * 1000 + 999);
      }
      start = reader.tar.ended ? reader.tar.position - 512 : reader.tar.position;
    }
    sys.close(fd);
  }
  const fd = openArchive(io, name, operation === 'c' ? O_WRONLY | O_CREAT | O_TRUNC : O_RDWR);
  if (start) sys.seek(fd, start, 'set');
  const writer = new ArchiveWriter(io, fd, name, compression(o, name), start);
  const options: CreateOptions = {
    format, follow: o.has('h'), recursive: gnu || !o.has('no-recursion'), oneFileSystem: o.has('one-file-system'), absoluteNames: o.has('P'),
    exclude: [], verbose: o.count('v'), linesToError: name === '-', numericOwner: o.has('numeric-owner'),
    owner: identity(o.value('owner'), (text) => users.uid(text), (id) => users.userName(id)), group: identity(o.value('group'), (text) => users.gid(text), (id) => users.groupName(id)),
    mode: modeText === undefined ? undefined : (parseMode(modeText, 0) ?? fatal(io, 'Invalid mode given on option')),
    mtime: mtime === undefined ? undefined : Math.floor(mtime / 1000), sortByName: o.value('sort') === 'name', removeFiles: o.has('remove-files'), xattrs: o.has('xattrs'),
    transform: transformOf(io, o), newerThan: operation === 'u' ? (path) => times.get(path.replace(/^\/+/, '')) : undefined,
  };
  const creator = new TarCreator(io, writer, sys.fstat(fd), options);
  if (!gnu && o.has('C')) changeDirectory(io, o.value('C')!);
  for (const { key, value } of o.given) {
    if (key === 'C' && gnu) changeDirectory(io, value!);
    else if (key === 'no-recursion' || key === 'recursion') options.recursive = key === 'recursion';
    else if (key === 'exclude') options.exclude = [...options.exclude, value!];
    else if (key === 'exclude-vcs') options.exclude = [...options.exclude, ...VERSION_CONTROL];
    else if (key === 'X') options.exclude = [...options.exclude, ...(yield* listed(io, value!, false))];
    else if (key === '') yield* creator.add(value!);
    else if (key === 'T') for (const path of yield* listed(io, value!, o.has('null'))) yield* creator.add(path);
  }
  yield* writer.end();
  const late = o.given.slice(o.given.findLastIndex(({ key }) => key === '' || key === 'T') + 1).filter(({ key }) => key in POSITIONAL);
  if (gnu && late.length) {
    io.fail('The following options were used after non-option arguments.  These options are positional and affect only arguments that follow them.  Please, rearrange them properly.', 2);
    for (const { key, value } of late) io.warn(`${POSITIONAL[key]!}${value === undefined ? '' : ` ${quote(value)}`} has no effect`);
  }
  if (fd > 2) sys.close(fd);
}

function* extract(io: Io, o: Options, name: string, operation: string): Task<void> {
  const { sys, gnu } = io;
  if (name === '-' && sys.isatty(0) && gnu) fatal(io, 'Refusing to read archive contents from terminal (missing -f option?)');
  const fd = openArchive(io, name, O_RDONLY);
  const wanted = [...o.operands];
  for (const file of o.values('T')) wanted.push(...(yield* listed(io, file, o.has('null'))));
  const exclude = yield* excludes(io, o);
  if (gnu) for (const directory of o.values('C')) changeDirectory(io, directory);
  else if (o.has('C')) changeDirectory(io, o.value('C')!);
  const strip = Number(o.value('strip-components') ?? 0);
  if (!Number.isInteger(strip)) fatal(io, `${o.value('strip-components')!}: Invalid number of elements`);
  const reader = new ArchiveReader(io, fd, name, o.has('z') ? 'gzip' : gnu || o.has('a') ? 'auto' : 'none');
  const root = sys.credentials().uid === 0;
  const members = new WantedMembers(wanted, o.has('wildcards') || !gnu);
  const extractor = operation === 'd' ? undefined : new TarExtractor(io, reader, {
    list: operation === 't', toStdout: o.has('O'), verbose: o.count('v'), numericOwner: o.has('numeric-owner'), absoluteNames: o.has('P'), strip, exclude,
    sameOwner: (root || o.has('same-owner')) && !o.has('no-same-owner', 'o'), samePermissions: gnu ? (root || o.has('p')) && !o.has('no-same-permissions') : !o.has('no-same-permissions'),
    touch: o.has('m'), xattrs: o.has('xattrs'), transform: transformOf(io, o),
    existing: o.has('k') ? 'keep' : o.has('skip-old-files') ? 'skip' : o.has('keep-newer-files') ? 'newer' : o.has('overwrite') ? 'overwrite' : 'replace',
  }, members);
  try {
    if (extractor) yield* extractor.run();
    else yield* compareArchive(io, reader, { verbose: o.count('v'), numericOwner: o.has('numeric-owner'), absoluteNames: o.has('P'), exclude, follow: o.has('h') }, members);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    fatal(io, strerror(error.errno));
  }
}
