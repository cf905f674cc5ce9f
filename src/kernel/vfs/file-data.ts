// The bytes of a regular file: shared copy-on-write, sparse, cheap to append to.

import { type Bytes } from '../../base/bytes.ts';
export type FileData = Bytes | undefined;
