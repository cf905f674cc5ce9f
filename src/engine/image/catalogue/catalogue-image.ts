// How an image of the catalogue is described: the steps that made it, each with its history entry and perhaps a layer.

import type { ContainerConfig } from '../../../api/container.ts';
import type { TreeWriter } from './tree-writer.ts';

export interface CatalogueStep {
  readonly createdBy?: string;
  readonly comment?: string;
  /** What the step changes of the config. */
  readonly config?: Partial<ContainerConfig>;
  /** Its files; none for a step that only changes the config. */
  readonly write?: (tree: TreeWriter) => void;
  /** Bytes of its layer as the registry has it, where that is known. */
  readonly transfer?: number;
}

export interface CatalogueImage {
  /** Familiar: `alpine`. */
  readonly name: string;
  readonly tags: readonly string[];
  /** RFC 3339; the files' times too. */
  readonly created: string;
  readonly base?: CatalogueImage;
  readonly steps: readonly CatalogueStep[];
  /** The digests of its own layers, where they are not in the table of all. */
  readonly diffIds?: readonly string[];
  /** Each step is an image with the one before as its parent, as the legacy builder leaves them. */
  readonly legacy?: boolean;
  /** BuildKit's, which name no docker_version. */
  readonly buildkit?: boolean;
}

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
