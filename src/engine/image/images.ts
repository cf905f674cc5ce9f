// What containers need of the image store.

import type { ContainerConfig } from '../../api/container.ts';

export interface StoredImage {
  /** `sha256:` and 64 hex digits. */
  readonly Id: string;
  readonly Config: Partial<ContainerConfig>;
  /** The graph driver's id of the top layer; '' for an image without layers. */
  readonly topLayer: string;
  /** `sha256:…` of all its layers; '' for an image without. */
  readonly chainId: string;
  /** Bytes of all layers. */
  readonly size: number;
  /** The image it was built or committed from; '' or absent without one. */
  readonly parent?: string;
}

export interface Images {
  /** By name, name:tag, name@digest, id or unique id prefix. @throws notFound `No such image: nope:latest` */
  resolve(reference: string): StoredImage;
  has(reference: string): boolean;
  /** The reference as `docker ps` shows it for an image id: kept by the caller; undefined when the image is gone. */
  byId(id: string): StoredImage | undefined;
  /** Make an image of a layer: the files under `diffPath` become a new top layer over `parent` (an image id or ''). Used by commit and build. */
  createFromDiff(options: {
    parent: string;
    diffPath: string;
    config: Partial<ContainerConfig>;
    comment: string;
    author: string;
    createdBy: string;
    reference: string | undefined;
  }): string;
}
