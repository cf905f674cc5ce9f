// The picture of the host: a drawing of every place that holds bytes, which moves with each change, and the same as a table.

import { LitElement, html, nothing, type PropertyValues } from 'lit';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import { offer } from '../app/page-command.ts';
import { drawScene } from './draw-scene.ts';
import { layOut } from './layout.ts';
import { afterChange, beforeChange, stillWanted, type Leaving } from './motion.ts';
import { type Change, diffModels, tellChanges } from './picture-diff.ts';
import { filterModel } from './picture-filter.ts';
import { EMPTY_MODEL, pictureModel, type PictureModel } from './picture-model.ts';
import { pictureStyles } from './picture-styles.ts';
import { pictureTable } from './picture-table.ts';
import { pictureTools } from './picture-tools.ts';
import { markFresh, namesOf, pointAt, showSpot } from './pointing.ts';
import { holdStop, keyOf, stopAfter } from './roving.ts';
import { pngFile, saveBlob, svgFile } from './save-picture.ts';
import type { Detail, Scene } from './scene.ts';

const ZOOMS = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.75, 2];
/** From here on finding and folding are offered. */
const MANY = 5;
/** The page's type sizes. */
const SIZES: Readonly<Record<string, number>> = { large: 1.15, projector: 1.5 };
/** Larger where fingers point. */
const FINGER = 1.15;
/** ms for which the picture stays where the person has moved it. */
const LEFT_ALONE = 3_000;

/** Fires `ask-path` with `{ reference }` when a file, mount or store is activated, and `fetch-file` with `{ path }` for a file of the host. */
export class StoragePicture extends LitElement {
  static override properties = {
    snapshot: { attribute: false }, spotlight: { attribute: false }, zoom: { state: true }, word: { state: true }, asTable: { state: true },
    detail: { state: true }, details: { state: true }, idleImages: { state: true }, size: { state: true }, saving: { state: true },
  };
  static override styles = pictureStyles;

  declare snapshot: HostSnapshot | undefined;
  /**
   * What a lesson speaks of: it gets a halo and a caption, its mount lines stay, and everything else steps back.
   * Keys are those of the model, a container by its name: `container:web`, `volume:data`, `bind:/srv`, `tmpfs:<id>:/mem`, `layer:<id>`,
   * `file:<one of these>:<path>`. What is not there (yet) is passed over, and lights up when it comes; undefined or empty puts all lights out.
   * A press on the caption fires `light` with `{ keys: [] }`: whoever set the light puts it out.
   */
  declare spotlight: readonly string[] | undefined;
  declare zoom: number;
  declare word: string;
  declare asTable: boolean;
  declare detail: Detail | undefined;
  declare details: ReadonlyMap<string, Detail>;
  declare idleImages: boolean | undefined;
  declare size: { readonly width: number; readonly height: number };
  declare saving: boolean;

  #model: PictureModel = EMPTY_MODEL;
  #scene: Scene | undefined;
  #changes: readonly Change[] = [];
  #leaving: Leaving | undefined;
  #held: string | undefined;
  #movedAt = -LEFT_ALONE;
  readonly #coarse = matchMedia('(pointer: coarse)');
  readonly #resized = new ResizeObserver(() => this.#measure());
  readonly #resettled = new MutationObserver(() => this.requestUpdate());

  constructor() {
    super();
    this.zoom = 1;
    this.word = '';
    this.asTable = false;
    this.saving = false;
    this.details = new Map();
    this.size = { width: 0, height: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    this.#resettled.observe(document.documentElement, { attributeFilter: ['data-size'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#resettled.disconnect();
  }

  get #drawing(): SVGSVGElement | null {
    return this.renderRoot.querySelector('svg.drawing');
  }
  get #view(): HTMLElement | null {
    return this.renderRoot.querySelector('.view');
  }

  /** px on the screen for one of the scene's. */
  get #scale(): number {
    return this.zoom * (SIZES[document.documentElement.dataset.size ?? ''] ?? 1) * (this.#coarse.matches ? FINGER : 1);
  }

  override firstUpdated(): void {
    offer(
      { name: 'Save the picture as SVG', group: 'Picture', also: 'export drawing diagram', run: () => this.save('svg') },
      { name: 'Save the picture as PNG', group: 'Picture', also: 'export image diagram', run: () => this.save('png') },
      { name: 'The picture as a table', group: 'Picture', also: 'screen reader rows', when: () => !this.asTable, run: () => (this.asTable = true) },
      { name: 'The picture as a drawing', group: 'Picture', when: () => this.asTable, run: () => (this.asTable = false) },
      { name: 'All of the picture at once', group: 'Picture', also: 'fit zoom', run: () => this.fit() },
    );
  }

  override willUpdate(changed: PropertyValues): void {
    if (!this.snapshot) return;
    this.#changes = [];
    if (changed.has('snapshot')) {
      const before = this.#model;
      this.#model = pictureModel(this.snapshot);
      if (changed.get('snapshot')) this.#changes = diffModels(before, this.#model);
    }
    const drawing = this.#drawing;
    if (drawing && this.#scene && this.hasUpdated && !stillWanted()) this.#leaving = beforeChange(drawing, this.#scene, this.#changes);
    this.#scene = this.#layOut(this.zoom);
  }

  #layOut(zoom: number): Scene {
    // Smaller than 100 % more fits beside each other; larger, the same is seen from nearer.
    const scale = Math.min(zoom, 1) * this.#scale / this.zoom;
    return layOut(filterModel(this.#model, this.word), {
      width: Math.max(280, this.size.width / scale), height: this.size.height / scale, details: this.details, detail: this.detail, idleImages: this.idleImages,
    });
  }

  override render() {
    if (!this.snapshot) return html`<p class="waiting">The host is starting…</p>`;
    const scene = this.#scene!;
    return html`
      ${pictureTools({
        hostname: this.snapshot.hostname, many: this.#model.containers.length >= MANY || this.#model.places.length > 2 * MANY, word: this.word, detail: this.detail, zoom: this.zoom, asTable: this.asTable, saving: this.saving,
        search: (word) => (this.word = word), leaveSearch: () => this.focus(), choose: (detail) => { this.details = new Map(); this.detail = detail; },
        zoomBy: (steps) => this.zoomBy(steps), fit: () => this.fit(), turn: () => (this.asTable = !this.asTable),
        openSaving: (open) => (this.saving = open), save: (format) => void this.save(format),
      })}
      <div class="view" @click=${this.#clicked} @wheel=${this.#wheeled} @pointerdown=${this.#pressed}>
        ${this.asTable ? pictureTable(filterModel(this.#model, this.word)) : html`
          <svg class="drawing ${scene.detail}" role="group" aria-label="Storage on ${this.snapshot.hostname}. Arrow keys go from thing to thing, Enter asks about one." viewBox="0 0 ${scene.width} ${scene.height}" width=${scene.width * this.#scale} height=${scene.height * this.#scale}
            @keydown=${this.#key} @focusin=${this.#pointed} @focusout=${this.#left} @pointerover=${this.#pointed} @pointerleave=${this.#left}>
            ${drawScene(scene)}<g class="ghosts" aria-hidden="true"></g>
          </svg>`}
      </div>
      ${this.spotlight?.length ? this.#caption() : nothing}
      <p class="told" role="status">${tellChanges(this.#changes)}</p>
    `;
  }

  override updated(changed: PropertyValues): void {
    const drawing = this.#drawing;
    if (drawing) {
      holdStop(drawing, this.#held);
      if (changed.has('snapshot')) markFresh(drawing, this.#changes);
      if (changed.has('snapshot') || changed.has('spotlight')) showSpot(drawing, this.#spotKeys());
      if (this.#leaving) afterChange(drawing, this.#scene!, this.#changes, this.#leaving);
      if (changed.has('snapshot')) this.#follow();
    }
    this.#leaving = undefined;
    if (!changed.has('snapshot') || !this.size.width) this.#measure();
  }

  #caption() {
    const names = namesOf(this.#model, this.#spotKeys());
    const leave = (): boolean => this.dispatchEvent(new CustomEvent('light', { detail: { keys: [] }, bubbles: true, composed: true }));
    return names.length ? html`<button class="lit" title="Show everything again" @click=${leave}><span>From the lesson: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}</span><b aria-hidden="true">×</b></button>` : nothing;
  }

  /** To what the keyboard last stopped at. */
  override focus(): void {
    const drawing = this.#drawing;
    const stop = drawing && holdStop(drawing, this.#held);
    if (stop) stop.focus();
    else this.renderRoot.querySelector<HTMLElement>('.table button, .tools button')?.focus();
  }

  zoomBy(steps: number): void {
    const at = ZOOMS.findIndex((zoom) => zoom >= this.zoom - 0.001);
    this.zoom = steps === 0 ? 1 : ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, at + steps))]!;
  }

  /** As large as all of it can be seen at once. */
  fit(): void {
    this.zoom = ZOOMS.toReversed().find((zoom) => zoom <= 1 && this.#layOut(zoom).height * zoom * (this.#scale / this.zoom) <= this.size.height) ?? ZOOMS[0]!;
    this.#view?.scrollTo(0, 0);
  }

  /** The picture, as a file for the person. */
  async save(format: 'svg' | 'png'): Promise<void> {
    this.saving = false;
    this.asTable = false;
    await this.updateComplete;
    const text = svgFile(this.#drawing!, this, `Storage on ${this.snapshot!.hostname}`);
    const blob = format === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await pngFile(text, this.#scene!.width, this.#scene!.height);
    saveBlob(blob, `stowage-picture.${format}`);
  }

  #measure(): void {
    const view = this.#view;
    const width = view?.clientWidth ?? 0, height = view?.clientHeight ?? 0;
    if (width && (width !== this.size.width || height !== this.size.height)) this.size = { width, height };
  }

  /** A change that is out of sight is brought into it, unless the person has just looked elsewhere. */
  #follow(): void {
    const view = this.#view;
    const first = this.#changes.find((change) => change.kind === 'emptied') ?? this.#changes.find((change) => !/removed$|swept/.test(change.kind));
    if (!view || !first || performance.now() - this.#movedAt < LEFT_ALONE) return;
    const scene = this.#scene!;
    const owner = 'owner' in first ? first.owner : first.key;
    const box = [...scene.containers, ...scene.places, ...scene.slabs].find((each) => each.key === owner);
    if (!box) return;
    const top = box.y * this.#scale, bottom = top + box.height * this.#scale;
    if (top >= view.scrollTop && bottom <= view.scrollTop + view.clientHeight) return;
    view.scrollTo({ top: top < view.scrollTop ? top - 12 : Math.min(top - 12, bottom - view.clientHeight + 12), behavior: stillWanted() ? 'instant' : 'smooth' });
  }

  #spotKeys(): readonly string[] {
    return (this.spotlight ?? []).map((key) => {
      const box = this.#model.containers.find(({ name }) => `${key}:`.replace(/^file:/, '').startsWith(`container:${name}:`));
      return box ? key.replace(`container:${box.name}`, box.key) : key;
    });
  }

  readonly #wheeled = (event: WheelEvent): void => {
    this.#movedAt = performance.now();
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1 : -1);
  };

  /** Dragging the paper moves it. */
  readonly #pressed = (event: PointerEvent): void => {
    this.#movedAt = performance.now();
    const view = this.#view!;
    if (event.pointerType !== 'mouse' || event.button > 1 || (event.button === 0 && (event.target as Element).closest('.item, .fetch, .table'))) return;
    if (event.target === view && (event.offsetX > view.clientWidth || event.offsetY > view.clientHeight)) return;
    event.preventDefault();
    const from = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    const stop = new AbortController();
    view.classList.add('dragging');
    addEventListener('pointermove', (move: Event) => {
      const { clientX, clientY } = move as PointerEvent;
      view.scrollTo({ left: from.x - clientX, top: from.y - clientY, behavior: 'instant' });
    }, { signal: stop.signal });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      addEventListener(end, () => {
        stop.abort();
        view.classList.remove('dragging');
      }, { signal: stop.signal });
    }
  };

  readonly #pointed = (event: Event): void => {
    const stop = (event.target as Element).closest('[data-item], .fetch');
    if (event.type === 'focusin' && stop) this.#held = keyOf(stop);
    pointAt(this.#drawing!, stop);
  };

  readonly #left = (): void => pointAt(this.#drawing!, null);

  readonly #clicked = (event: Event): void => {
    const stop = (event.target as Element).closest('.fetch, [data-item], [data-ask]');
    if (!stop) return;
    if (stop.hasAttribute('data-item')) {
      this.#held = keyOf(stop);
      holdStop(this.#drawing!, this.#held);
    }
    this.#activate(stop);
  };

  #activate(stop: Element): void {
    const send = (name: string, detail: unknown): boolean => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    const { ask, fold, fetch } = (stop as SVGGElement).dataset;
    if (stop.classList.contains('fetch')) send('fetch-file', { path: fetch });
    else if (fold === 'idle') this.idleImages = !(this.#scene!.idle?.open ?? false);
    else if (fold !== undefined) this.details = new Map(this.details).set(fold, this.#scene!.containers.find((card) => card.key === fold)?.detail === 'full' ? 'tile' : 'full');
    else if (ask !== undefined) send('ask-path', { reference: ask });
  }

  readonly #key = (event: KeyboardEvent): void => {
    const stop = (event.target as Element).closest('[data-item], .fetch');
    if (!stop || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    const fetch = stop.getAttribute('data-fetch');
    if (key === 'Enter' || key === ' ') this.#activate(stop);
    else if (key === 'd' && fetch !== null) this.dispatchEvent(new CustomEvent('fetch-file', { detail: { path: fetch }, bubbles: true, composed: true }));
    else if (key === '+' || key === '-' || key === '0') this.zoomBy({ '+': 1, '-': -1, 0: 0 }[key]);
    else if (key === '/' && this.renderRoot.querySelector('.tools input')) this.renderRoot.querySelector<HTMLElement>('.tools input')!.focus();
    else {
      const next = stopAfter(this.#drawing!, stop, key);
      if (!next) return;
      this.#held = keyOf(next);
      holdStop(this.#drawing!, this.#held);
      next.focus();
      next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
    event.preventDefault();
    event.stopPropagation();
  };
}

customElements.define('storage-picture', StoragePicture);
