// base64 and base32: bytes as letters and back.

import { decodeBase32, decodeBase64, encodeBase32, encodeBase64 } from '../lib/base64.ts';
import { readWhole } from '../lib/lines.ts';
import { quote } from '../lib/quote.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const tool = (encode: typeof encodeBase64, decode: typeof decodeBase64, group: number): Tool => ({
  gnu: 'd,decode i,ignore-garbage w:,wrap:', busybox: 'd w:',
  *run(io, options) {
    if (options.operands.length > 1) io.usage(io.gnu ? `extra operand ${quote(options.operands[1]!)}` : undefined);
    const width = Number(options.value('w') ?? 76);
    if (!/^\d*$/.test(options.value('w') ?? '')) io.die(io.gnu ? `invalid wrap size: ${quote(options.value('w')!)}` : `invalid number '${options.value('w')}'`);
    const bytes = yield* readWhole(io, options.operands[0] ?? '-');
    if (!options.has('d')) {
      const text = encode(bytes);
      if (width) for (let at = 0; at < text.length; at += width) io.out(`${text.slice(at, at + width)}\n`);
      else io.out(text);
      return 0;
    }
    let text = toText(bytes).replace(/\n/g, '');
    if (options.has('i') || !io.gnu) text = text.replace(/[^A-Za-z0-9+/=]/g, '');
    const bad = text.search(group === 4 ? /[^A-Za-z0-9+/=]/ : /[^A-Z2-7=]/);
    const good = bad >= 0 ? text.slice(0, bad - bad % group) : io.gnu ? text : text.slice(0, text.length - text.length % group);
    io.out(decode(good) ?? new Uint8Array(0));
    if (bad >= 0 || good.length % group) io.die(io.gnu ? 'invalid input' : 'truncated input');
    return 0;
  },
});

export const base64 = tool(encodeBase64, decodeBase64, 4);
export const base32 = tool(encodeBase32, decodeBase32, 8);
