// The images that can be pulled, and those that a fresh host has.

import { parseReference } from '../../../api/reference.ts';
import type { Syscalls } from '../../../kernel/syscalls.ts';
import type { ImageStore } from '../image-store.ts';
import { alpine } from './alpine.ts';
import { busybox } from './busybox.ts';
import type { CatalogueImage } from './catalogue-image.ts';
import { debian, ubuntu } from './debian.ts';
import { installImage } from './install.ts';
import { myapp } from './myapp.ts';
import { nginx } from './nginx.ts';
import { notes } from './notes.ts';

/** What the registry of the simulation holds, by familiar name. */
export const CATALOGUE: ReadonlyMap<string, CatalogueImage> = new Map([alpine, busybox, debian, nginx, notes, ubuntu].map((image) => [image.name, image]));

/** Put the images of a fresh host in place: busybox and myapp. */
export function installFreshImages(sys: Syscalls, store: ImageStore): void {
  for (const image of [busybox, myapp]) installFromCatalogue(sys, store, image);
}

/** Install one and tag it `latest`. */
export function installFromCatalogue(sys: Syscalls, store: ImageStore, image: CatalogueImage): void {
  const reference = parseReference(image.name);
  if (typeof reference !== 'string') store.tag(reference, installImage(sys, store, image).Id);
}
