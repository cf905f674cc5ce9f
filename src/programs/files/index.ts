// The tools that work on files, by name.

import type { ToolTable } from '../lib/tool.ts';
import { basename, dirname } from './basename.ts';
import { cat } from './cat.ts';
import { b2sum, md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha3sum, sha512sum } from './checksum.ts';
import { chmod } from './chmod.ts';
import { chgrp, chown } from './chown.ts';
import { cksum, crc32, sum } from './cksum.ts';
import { cmp } from './cmp.ts';
import { cp } from './cp.ts';
import { csplit } from './csplit.ts';
import { dd } from './dd.ts';
import { df } from './df.ts';
import { diff } from './diff.ts';
import { du } from './du.ts';
import { fallocate } from './truncate.ts';
import { find } from './find.ts';
import { getfattr } from './getfattr.ts';
import { gunzip, gzip, zcat } from './gzip.ts';
import { install } from './install.ts';
import { link, unlink } from './link.ts';
import { ln } from './ln.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { mkfifo, mknod } from './mknod.ts';
import { mktemp } from './mktemp.ts';
import { mountpoint } from './mountpoint.ts';
import { mv } from './mv.ts';
import { pathchk } from './pathchk.ts';
import { pwd } from './pwd.ts';
import { readlink, realpath } from './readlink.ts';
import { rm } from './rm.ts';
import { rmdir } from './rmdir.ts';
import { shred } from './shred.ts';
import { split } from './split.ts';
import { stat } from './stat.ts';
import { sync } from './sync.ts';
import { tar } from './tar.ts';
import { tee } from './tee.ts';
import { touch } from './touch.ts';
import { tree } from './tree.ts';
import { truncate } from './truncate.ts';

export const fileTools: ToolTable = {
  b2sum, basename, cat, chgrp, chmod, chown, cksum, cmp, cp, crc32, csplit, dd, df, diff, dirname, du, fallocate, find, getfattr, gunzip, gzip, install, link, ln, ls, md5sum, mkdir,
  mkfifo, mknod, mktemp, mountpoint, mv, pathchk, pwd, readlink, realpath, rm, rmdir, sha1sum, sha224sum, sha256sum, sha384sum, sha3sum, sha512sum, shred, split, stat, sum, sync,
  tar, tee, touch, tree, truncate, unlink, zcat,
};
