// The lines from a path in a container to the place that serves it, drawn over the cards.

export interface MountLine {
  readonly path: string;
  readonly kind: string;
  readonly readonly: boolean;
}

/** Measures `[data-mount]` rows and `[data-place]` cards below `root`; coordinates are those of `root`. */
export function mountLines(root: HTMLElement): MountLine[] {
  const origin = root.getBoundingClientRect();
  const places = new Map([...root.querySelectorAll<HTMLElement>('[data-place]')].map((card) => [card.dataset.place!, card]));
  return [...root.querySelectorAll<HTMLElement>('[data-mount]')].flatMap((row) => {
    const card = places.get(row.dataset.mount!);
    if (!card) return [];
    const from = row.getBoundingClientRect(), to = card.getBoundingClientRect();
    const x1 = from.right - origin.left + root.scrollLeft, y1 = from.top + from.height / 2 - origin.top + root.scrollTop;
    const x2 = to.left - origin.left + root.scrollLeft, y2 = to.top + 20 - origin.top + root.scrollTop;
    if (x2 <= x1) return [];
    const bend = Math.max(16, (x2 - x1) / 2);
    return [{ path: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, kind: row.dataset.kind!, readonly: row.hasAttribute('data-readonly') }];
  });
}
