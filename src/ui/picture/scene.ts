// A laid-out picture: boxes, rows and lines with their places, in CSS pixels at zoom 1.

import type { ContainerBox, FileItem, LayerSlab, MountItem, Place } from './picture-model.ts';

/** How much of each card is drawn. */
export type Detail = 'full' | 'compact' | 'tile';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of a card; `y` is that of the card. Texts are cut to what fits. */
export type Row = { readonly y: number; readonly height: number } & (
  | { readonly type: 'mount'; readonly mount: MountItem; readonly label: string; readonly tag: string; /** It hides something, which has no row of its own. */ readonly veiled: boolean }
  | { readonly type: 'hidden'; readonly mount: MountItem; readonly label: string }
  | { readonly type: 'file'; readonly file: FileItem; readonly label: string; readonly detail: string }
  | { readonly type: 'text'; readonly label: string; readonly key: string }
);

export interface ContainerCard extends Rect {
  readonly key: string;
  readonly box: ContainerBox;
  readonly detail: Detail;
  readonly title: string;
  readonly status: string;
  readonly header: number;
  readonly rows: readonly Row[];
  /** The writable layer's sheet; `label` is its heading. */
  readonly sheet: { readonly y: number; readonly height: number; readonly label: string } | undefined;
  /** Where each mount leaves the card. */
  readonly ports: ReadonlyMap<string, number>;
}

export interface PlaceCard extends Rect {
  readonly key: string;
  readonly place: Place;
  readonly detail: Detail;
  /** Half the height of a drum's lid. */
  readonly lid: number;
  readonly title: string;
  readonly note: string;
  /** The middle of the title's line: where lines end. */
  readonly entry: number;
  readonly rows: readonly Row[];
  readonly foot: string;
}

export interface SlabCard extends Rect {
  readonly key: string;
  readonly slab: LayerSlab;
  readonly label: string;
  readonly detail: string;
}

/** What stands on one image layer (or several in a row). */
export interface Tray extends Rect {
  readonly key: string;
  readonly depth: number;
}

export interface MountLine {
  readonly key: string;
  readonly container: string;
  readonly place: string;
  readonly kind: Place['kind'];
  readonly readonly: boolean;
  /** The container runs. */
  readonly live: boolean;
  readonly path: string;
  readonly from: { readonly x: number; readonly y: number };
  /** Where a lock is drawn on a read-only one. */
  readonly lock: { readonly x: number; readonly y: number };
}

export interface Heading {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Said below it while there is nothing. */
  readonly notes: readonly string[];
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly detail: Detail;
  readonly columns: number;
  readonly narrow: boolean;
  readonly headings: readonly Heading[];
  readonly trays: readonly Tray[];
  readonly slabs: readonly SlabCard[];
  readonly containers: readonly ContainerCard[];
  readonly places: readonly PlaceCard[];
  readonly lines: readonly MountLine[];
  /** Images on which no container stands; the line that tells of them, unless their layers are drawn. */
  readonly idle: (Rect & { readonly label: string; readonly open: boolean }) | undefined;
}
