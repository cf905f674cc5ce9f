// Image references: `busybox`, `user/app:1.0`, `host:5000/app@sha256:…`; the grammar and normal form of distribution/reference.

export interface Reference {
  /** `docker.io`. */
  readonly domain: string;
  /** `library/busybox`. */
  readonly path: string;
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const REFERENCE = new RegExp(
  `^((?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?)/(${COMPONENT}(?:/${COMPONENT})*)` +
    '(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?$',
);

export const INVALID_FORMAT = 'invalid reference format';

/** As `reference.ParseNormalizedNamed`: the reference, or the text of the error. */
export function parseReference(text: string): Reference | string {
  if (/^[a-f0-9]{64}$/.test(text)) return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  let domain = 'docker.io';
  let rest = text;
  const slash = text.indexOf('/');
  if (slash >= 0) {
    const first = text.slice(0, slash);
    if (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first) {
      domain = first === 'index.docker.io' ? 'docker.io' : first;
      rest = text.slice(slash + 1);
    }
  }
  if (domain === 'docker.io' && !rest.includes('/')) rest = `library/${rest}`;
  const name = rest.split(':', 1)[0]!;
  if (name.toLowerCase() !== name) return `${INVALID_FORMAT}: repository name (${name}) must be lowercase`;
  const match = REFERENCE.exec(`${domain}/${rest}`);
  if (!match) return INVALID_FORMAT;
  const [, , path, tag, digest] = match;
  if (path!.length > 255) return 'repository name must not be more than 255 characters';
  if (digest && !/^sha256:[0-9a-f]{64}$/.test(digest)) return digest.startsWith('sha256:') ? 'invalid checksum digest length' : 'unsupported digest algorithm';
  return { domain: match[1]!, path: path!, ...(tag ? { tag } : {}), ...(digest ? { digest } : {}) };
}

/** With `latest` where there is neither tag nor digest. */
export const withDefaultTag = (reference: Reference): Reference => (reference.tag || reference.digest ? reference : { ...reference, tag: 'latest' });

/** `busybox` for `docker.io/library/busybox`. */
export function familiarName({ domain, path }: Reference): string {
  if (domain !== 'docker.io') return `${domain}/${path}`;
  return /^library\/[^/]+$/.test(path) ? path.slice(8) : path;
}

/** `busybox:latest`, `app@sha256:…`: the name with what tag and digest there are. */
export function familiarReference(reference: Reference): string {
  return familiarName(reference) + (reference.tag ? `:${reference.tag}` : '') + (reference.digest ? `@${reference.digest}` : '');
}
