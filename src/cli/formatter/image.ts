// The columns of images and of an image's history.

import type { ImageHistoryItem, ImageSummary } from '../../api/image.ts';
import { dateTime } from '../go.ts';
import { splitTag } from '../opts/reference.ts';
import { Struct } from '../template/value.ts';
import { ellipsis, type Headers, shortId } from './table.ts';
import { humanDuration, humanSize } from './units.ts';

export const imageTable = (digests: boolean): string =>
  `table {{.Repository}}\t{{.Tag}}\t${digests ? '{{.Digest}}\t' : ''}{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.Size}}`;

export const IMAGE_HEADERS: Headers = {
  ID: 'IMAGE ID', Repository: 'REPOSITORY', Tag: 'TAG', Digest: 'DIGEST', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', Size: 'SIZE',
  Containers: 'CONTAINERS', VirtualSize: 'SIZE', SharedSize: 'SHARED SIZE', UniqueSize: 'UNIQUE SIZE',
};

export interface ImageName {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

/** A row for each name of an image. */
export function imageNames(image: ImageSummary, digests: boolean): ImageName[] {
  const tags = (image.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>').map(splitTag);
  const byRepository = new Map<string, string[]>();
  for (const text of (image.RepoDigests ?? []).filter((each) => each !== '<none>@<none>')) {
    const [name] = splitTag(text.split('@')[0]!);
    byRepository.set(name, [...(byRepository.get(name) ?? []), text.split('@')[1]!]);
  }
  if (!tags.length && !byRepository.size) return [{ repository: '<none>', tag: '<none>', digest: '<none>' }];
  const rows: ImageName[] = [];
  for (const [repository, tag] of tags) {
    const own = digests ? byRepository.get(repository) ?? [] : [];
    for (const digest of own.length ? own : ['<none>']) rows.push({ repository, tag, digest });
  }
  for (const [repository, own] of byRepository) {
    if (tags.some(([name]) => name === repository)) continue;
    for (const digest of digests ? own : ['']) rows.push({ repository, tag: '<none>', digest });
  }
  return rows;
}

export function imageRow(image: ImageSummary, name: ImageName, now: number, truncate: boolean): Struct {
  const shared = image.SharedSize;
  return new Struct('*formatter.imageContext', {
    ID: truncate ? shortId(image.Id) : image.Id,
    Repository: name.repository, Tag: name.tag, Digest: name.digest,
    CreatedSince: `${humanDuration(now - image.Created * 1000)} ago`,
    CreatedAt: `${dateTime(image.Created * 1000, ' ')} +0000 UTC`,
    Size: humanSize(image.Size, 3),
    Containers: image.Containers === -1 ? 'N/A' : String(image.Containers),
    VirtualSize: humanSize(image.Size),
    SharedSize: shared === -1 ? 'N/A' : humanSize(shared),
    UniqueSize: shared === -1 ? 'N/A' : humanSize(image.Size - shared),
  });
}

export const historyTable = (human: boolean): string => `table {{.ID}}\t{{.${human ? 'CreatedSince' : 'CreatedAt'}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`;

export const HISTORY_HEADERS: Headers = { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' };

export function historyRow(item: ImageHistoryItem, now: number, truncate: boolean, human: boolean): Struct {
  const created = item.Created * 1000;
  const by = item.CreatedBy.replaceAll('\t', ' ');
  return new Struct('*image.historyContext', {
    ID: truncate ? shortId(item.Id) : item.Id,
    CreatedAt: created > -62_135_596_800_000 && item.Created ? `${dateTime(created)}Z` : '',
    CreatedSince: human ? `${humanDuration(now - created)} ago` : `${dateTime(created)}Z`,
    CreatedBy: truncate ? ellipsis(by, 45) : by,
    Size: human ? humanSize(item.Size, 3) : String(item.Size),
    Comment: item.Comment,
  });
}
