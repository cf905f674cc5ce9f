// Image references: the grammar of distribution/reference, its normal form and its errors.
import { expect, it } from 'vitest';
import { familiarName, familiarReference, parseReference, withDefaultTag } from '../../src/api/reference.ts';

it.each([
  ['busybox', 'docker.io', 'library/busybox', 'busybox', 'busybox:latest'],
  ['docker.io/busybox', 'docker.io', 'library/busybox', 'busybox', 'busybox:latest'],
  ['index.docker.io/x', 'docker.io', 'library/x', 'x', 'x:latest'],
  ['a/b/c:1.2', 'docker.io', 'a/b/c', 'a/b/c', 'a/b/c:1.2'],
  ['localhost:5000/x', 'localhost:5000', 'x', 'localhost:5000/x', 'localhost:5000/x:latest'],
  ['Foo/bar', 'Foo', 'bar', 'Foo/bar', 'Foo/bar:latest'],
  ['a__b', 'docker.io', 'library/a__b', 'a__b', 'a__b:latest'],
  [`x@sha256:${'1'.repeat(64)}`, 'docker.io', 'library/x', 'x', `x@sha256:${'1'.repeat(64)}`],
])('reads %s', (text, domain, path, name, full) => {
  const reference = parseReference(text);
  if (typeof reference === 'string') throw new Error(reference);
  expect(reference).toMatchObject({ domain, path });
  expect([familiarName(reference), familiarReference(withDefaultTag(reference))]).toEqual([name, full]);
});

it.each([
  ['UPPER', 'invalid reference format: repository name (library/UPPER) must be lowercase'],
  ['a/B', 'invalid reference format: repository name (a/B) must be lowercase'],
  ['Bad Name', 'invalid reference format: repository name (library/Bad Name) must be lowercase'],
  ...['a b', '', ':x', 'a:', 'a@b', '-x', 'a..b', 'a___b', `x:${'0'.repeat(130)}`, 'a@sha256:abc'].map((text) => [text, 'invalid reference format']),
  ['0'.repeat(64), `invalid repository name (${'0'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  ['a'.repeat(260), 'repository name must not be more than 255 characters'],
])('refuses %j', (text, error) => {
  expect(parseReference(text)).toBe(error);
});
