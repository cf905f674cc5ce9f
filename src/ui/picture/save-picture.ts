// The drawing as a file of its own: SVG with its styles and colours inside, and PNG made from it.

import { DRAWING_CSS } from './drawing-styles.ts';

const TOKENS = ['paper', 'surface', 'raised', 'line', 'line-strong', 'ink', 'ink-soft', 'good', 'warn', 'bad', 'layer', 'layer-soft', 'volume', 'volume-soft', 'bind', 'bind-soft', 'tmpfs', 'tmpfs-soft'];
const FONTS: Readonly<Record<string, string>> = { 'font-text': 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif', 'font-mono': 'ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace' };

/** Rules without a `var()` in them. */
export function plainCss(css: string, values: Readonly<Record<string, string>>): string {
  return css.replace(/var\(--([a-z-]+)\)/g, (whole, name: string) => values[name] ?? whole);
}

/** What the tokens are at this moment, in the theme that is shown. */
function colours(host: HTMLElement): Record<string, string> {
  const probe = document.createElement('span');
  host.shadowRoot!.append(probe);
  const values: Record<string, string> = { ...FONTS };
  for (const name of TOKENS) {
    probe.style.color = `var(--${name})`;
    values[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return values;
}

/** A whole SVG document. `title` is read by whoever opens it. */
export function svgFile(drawing: SVGSVGElement, host: HTMLElement, title: string): string {
  const values = colours(host);
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const [, , width = '0', height = '0'] = (drawing.getAttribute('viewBox') ?? '').split(' ');
  copy.querySelector('.ghosts')?.remove();
  for (const element of copy.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) if (/^(data-|tabindex|role|aria-)/.test(name)) element.removeAttribute(name);
  }
  for (const button of copy.querySelectorAll('.fetch, .fold')) button.remove();
  for (const name of [...copy.attributes].map((attribute) => attribute.name)) if (name !== 'viewBox' && name !== 'class') copy.removeAttribute(name);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width);
  copy.setAttribute('height', height);
  copy.setAttribute('role', 'img');
  const make = (name: string, text = ''): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.textContent = text;
    return element;
  };
  const paper = make('rect');
  for (const [name, value] of Object.entries({ width, height, fill: values['paper']! })) paper.setAttribute(name, value);
  copy.prepend(make('title', title), make('style', plainCss(DRAWING_CSS, values)), paper);
  return new XMLSerializer().serializeToString(copy).replaceAll(/<!--.*?-->/gs, '');
}

/** @param scale pixels of the image for one of the drawing's */
export async function pngFile(text: string, width: number, height: number, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  // Browsers refuse canvases beyond some 16,000 pixels a side.
  const fit = Math.min(scale, 12_000 / Math.max(width, height));
  canvas.width = Math.round(width * fit);
  canvas.height = Math.round(height * fit);
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('this browser makes no PNG'))), 'image/png'));
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
