// pathchk: whether names are good everywhere.

import { KernelError } from '../../kernel/errno.ts';
import { encode } from '../../base/bytes.ts';
import { reason } from '../lib/messages.ts';
import { quote, quoteAlways, quoteFile } from '../lib/quote.ts';
import type { Tool } from '../lib/tool.ts';

export const pathchk: Tool = {
  gnu: 'p P portability',
  *run(io, o) {
    if (!o.operands.length) io.usage('missing operand');
    const basic = o.has('p', 'portability');
    for (const path of o.operands) {
      const parts = path.split('/');
      const odd = basic ? /[^A-Za-z0-9._/-]/.exec(path)?.[0] : undefined;
      const longest = basic ? 14 : 255;
      const limit = basic ? 256 : 4096;
      const long = parts.find((part) => encode(part).length > longest);
      if (o.has('P', 'portability') && parts.some((part) => part.startsWith('-'))) io.fail(`leading '-' in a component of file name ${quoteAlways(path)}`);
      else if (path === '' && (basic || o.has('P'))) io.fail('empty file name');
      else if (odd !== undefined) io.fail(`non-portable character ${quote(odd)} in file name ${quoteAlways(path)}`);
      else if (encode(path).length >= limit) io.fail(`limit ${limit - 1} exceeded by length ${encode(path).length} of file name ${quoteAlways(path)}`);
      else if (long !== undefined) io.fail(`limit ${longest} exceeded by length ${encode(long).length} of file name component ${quoteAlways(long)}`);
      else if (!basic) {
        try {
          io.sys.lstat(path);
        } catch (error) {
          if (path === '' || (error instanceof KernelError && error.errno !== 'ENOENT')) io.fail(`${quoteFile(path)}: ${reason(error)}`);
        }
      }
    }
  },
};
