// The picture of the host: each container with its writable layer and mounts, and the places that its mounts lead to.

import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import { fileList } from './file-list.ts';
import { mountLines, type MountLine } from './mount-lines.ts';
import { pictureModel, type ContainerBox, type Place } from './picture-model.ts';
import { pictureStyles } from './picture-styles.ts';
import { storeIcon } from './store-icon.ts';

export class StoragePicture extends LitElement {
  static override properties = { snapshot: { attribute: false }, lines: { state: true } };
  static override styles = pictureStyles;

  declare snapshot: HostSnapshot | undefined;
  declare lines: MountLine[];
  readonly #resized = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.lines = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  override render() {
    if (!this.snapshot) return html`<p class="nothing">The host is starting…</p>`;
    const { containers, places } = pictureModel(this.snapshot);
    return html`
      <div class="board" tabindex="0" role="group" aria-label="Storage on ${this.snapshot.hostname}">
        <svg class="lines" aria-hidden="true">${this.lines.map((line) => lineShape(line))}</svg>
        <div class="column">
          <h2>Containers</h2>
          ${containers.length ? containers.map(containerCard) : html`<p class="nothing">None yet. Each <code>docker run</code> adds one, with a writable layer of its own.</p>`}
        </div>
        <div class="column">
          <h2>Where mounts lead</h2>
          ${places.length ? places.map(placeCard) : html`<p class="nothing">No volumes, and no host directory or memory mounted into a container.</p>`}
        </div>
      </div>
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('snapshot')) this.#measure();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.board')?.focus();
  }

  #measure(): void {
    const board = this.renderRoot.querySelector<HTMLElement>('.board');
    if (!board) return;
    const lines = mountLines(board);
    if (JSON.stringify(lines) !== JSON.stringify(this.lines)) this.lines = lines;
    const svg = board.querySelector<SVGElement>('.lines')!;
    svg.style.height = '0';
    svg.style.height = `${board.scrollHeight}px`;
  }
}

function lineShape(line: MountLine): TemplateResult {
  // An SVG element made through the parser: lit's html renders children of <svg> in the wrong namespace.
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', line.path);
  path.setAttribute('class', `${line.kind}${line.readonly ? ' readonly' : ''}`);
  return html`${path}`;
}

function containerCard(box: ContainerBox): TemplateResult {
  return html`
    <article class="container ${box.state}" aria-label="Container ${box.name}, ${box.stateText}">
      <header><span class="lamp" aria-hidden="true"></span><h3>${box.name}</h3><span class="state">${box.stateText}</span></header>
      ${box.mounts.length ? html`<ul class="mounts">${box.mounts.map((mount) => html`
        <li data-mount=${mount.place} data-kind=${mount.kind} ?data-readonly=${mount.readonly}>
          ${storeIcon(mount.kind)}<code>${mount.destination}</code>${mount.readonly ? html`<span class="tag">read-only</span>` : nothing}
        </li>`)}</ul>` : nothing}
      <section class="layer">
        <h4>${storeIcon('layer')} writable layer${box.readonlyRoot ? html` <span class="tag">root is read-only</span>` : nothing}</h4>
        ${fileList(box.layer, 'nothing written yet')}
      </section>
      <footer>image <code>${box.image}</code>, read-only</footer>
    </article>
  `;
}

function placeCard(place: Place): TemplateResult {
  return html`
    <article class="place ${place.kind} ${place.missing ? 'missing' : ''}" data-place=${place.key} aria-label="${place.note} ${place.title}">
      <header>${storeIcon(place.kind)}<h3>${place.title}</h3><span class="state">${place.note}</span></header>
      ${place.missing ? nothing : fileList(place.listing, 'empty', place.hostPath)}
      <footer>${place.usedBy.length ? html`used by ${place.usedBy.join(', ')}` : 'used by no container'}</footer>
    </article>
  `;
}

customElements.define('storage-picture', StoragePicture);
