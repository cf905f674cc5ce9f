// SHA-256 against the platform's own.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Sha256, sha256Digest } from '../../src/base/sha256.ts';

it('digests anything, in any pieces', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (parts) => {
    const sha = new Sha256();
    for (const part of parts) sha.update(part);
    expect(sha.hex()).toBe(createHash('sha256').update(Buffer.concat(parts)).digest('hex'));
  }));
});

it('knows the digest of nothing', () => {
  expect(sha256Digest(new Uint8Array(0))).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
