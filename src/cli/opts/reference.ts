// Image references as the client checks and shows them.

import { familiarName, familiarReference, parseReference as parse, type Reference, withDefaultTag } from '../../api/reference.ts';
import { CliError } from '../errors.ts';

/** @throws CliError with distribution/reference's words */
export function parseReference(text: string): Reference {
  const reference = parse(text);
  if (typeof reference === 'string') throw new CliError(reference);
  return reference;
}

/** With the tag `latest` when neither tag nor digest is given, as people write it. */
export const familiarTagged = (reference: Reference): string => familiarReference(withDefaultTag(reference));

/** A reference in its short form without digest; the text itself when it is none. */
export function familiar(text: string): string {
  const reference = parse(text);
  return typeof reference === 'string' ? text : familiarName(reference) + (reference.tag ? `:${reference.tag}` : '');
}

/** `[repository, tag]` of an entry of RepoTags. */
export function splitTag(text: string): [string, string] {
  const reference = parse(text);
  return typeof reference === 'string' ? ['<none>', '<none>'] : [familiarName(reference), reference.tag ?? '<none>'];
}
