// One member of a tar archive, as plain data: what the codec reads and writes (USTAR, GNU long names, pax records).

export type TarEntryType = 'file' | 'link' | 'symlink' | 'char' | 'block' | 'directory' | 'fifo';

export interface TarHeader {
  /** As stored; directories end in `/`. */
  readonly name: string;
  readonly type: TarEntryType;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly uname: string;
  readonly gname: string;
  /** Bytes of content that follow; 0 for all but files. */
  readonly size: number;
  /** Seconds since the epoch; fractions only in pax records. */
  readonly mtime: number;
  /** Target of a link or symlink; '' otherwise. */
  readonly linkname: string;
  readonly major: number;
  readonly minor: number;
  /** Extended attributes (SCHILY.xattr). */
  readonly xattrs?: Readonly<Record<string, Uint8Array>>;
}
