// Where the picture puts things: inside of the paper, beside each other, lines from mount to place.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { layOut } from '../../src/ui/picture/layout.ts';
import { filterModel } from '../../src/ui/picture/picture-filter.ts';
import { pictureModel, type PictureModel } from '../../src/ui/picture/picture-model.ts';
import { nextItem } from '../../src/ui/picture/roving.ts';
import { plainCss } from '../../src/ui/picture/save-picture.ts';
import type { Rect, Scene } from '../../src/ui/picture/scene.ts';
import { fitText, textWidth } from '../../src/ui/picture/text-fit.ts';

function modelAfter(...commands: string[]): PictureModel {
  const host = createHost(SIM_OPTIONS);
  for (const command of commands) expect(host.run(command)).toMatchObject({ exit: 0 });
  return pictureModel(host.snapshot());
}

const STORY = modelAfter(
  'mkdir -p /srv/site',
  'docker run -d --name web -v /srv/site:/app/data -v cache:/var/cache:ro --tmpfs /run/x myapp sleep 1000',
  'docker run -d --name notes1 -v notes-data:/data notes',
  'docker create --name idle busybox',
);
const TWENTY = modelAfter(...Array.from({ length: 20 }, (_, i) => `docker create --name c${i} -v ${i % 3 ? 'shared' : `v${i}`}:/data ${i % 2 ? 'busybox' : 'notes'}`));

const layout = (model: PictureModel, width = 860, height = 400): Scene => layOut(model, { width, height, details: new Map() });
const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe.each([['story', STORY], ['twenty', TWENTY]])('the layout: %s', (_, model) => {
  it.each([320, 390, 560, 700, 860, 1400])('keeps everything apart and on the paper at %i px', (width) => {
    const scene = layout(model, width);
    const boxes: Rect[] = [...scene.containers, ...scene.places, ...scene.slabs];
    for (const [index, box] of boxes.entries()) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(scene.width);
      expect(box.y + box.height).toBeLessThanOrEqual(scene.height);
      for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false);
    }
    for (const card of [...scene.containers, ...scene.places]) for (const row of card.rows) expect(row.y + row.height).toBeLessThanOrEqual(card.height);
  });

  it('draws each layer once, and its containers above it', () => {
    const scene = layout(model);
    expect(new Set(scene.slabs.map((slab) => slab.key)).size).toBe(scene.slabs.length);
    for (const card of scene.containers) {
      for (const key of card.box.layers) {
        const slab = scene.slabs.find((each) => each.key === key)!;
        expect(slab.y).toBeGreaterThanOrEqual(card.y + card.height);
        expect(slab.x).toBeLessThanOrEqual(card.x);
        expect(slab.x + slab.width).toBeGreaterThanOrEqual(card.x + card.width);
      }
    }
  });

  it('leads a line from every mount to its place', () => {
    for (const width of [390, 860]) {
      const scene = layout(model, width);
      expect(scene.lines.map((line) => line.key).toSorted()).toEqual(model.containers.flatMap((box) => box.mounts.map((mount) => `line:${mount.key}`)).toSorted());
      for (const line of scene.lines) {
        const place = scene.places.find((each) => each.key === line.place)!;
        const [x, y] = line.path.split(/[ A-Z]/).slice(-2).map(Number);
        expect(y).toBeCloseTo(place.y + place.entry, 0);
        expect([place.x, place.x + place.width].some((side) => Math.abs(side - x!) < 1)).toBe(true);
      }
    }
  });

  it('gives the same for the same', () => expect(layout(model)).toEqual(layout(model)));
});

describe('the layout', () => {
  it('tells few at length, more in short, and very many as tiles', () => {
    expect(layout(STORY).detail).toBe('full');
    expect(layout(TWENTY).detail).toBe('compact');
    const many = { ...TWENTY, containers: Array.from({ length: 200 }, (_, i) => ({ ...TWENTY.containers[i % 20]!, key: `container:${i}`, mounts: [] })) };
    expect(layout(many).detail).toBe('tile');
    expect(layout(many, 860 / 0.5, 800).columns).toBeGreaterThan(layout(many).columns);
  });

  it('unfolds the one that was asked for', () => {
    const key = TWENTY.containers[3]!.key;
    const scene = layOut(TWENTY, { width: 860, height: 400, details: new Map([[key, 'full']]) });
    expect(scene.containers.filter((card) => card.detail === 'full').map((card) => card.key)).toEqual([key]);
  });

  it('says so when there is nothing, and shows what images there are', () => {
    const scene = layout(modelAfter());
    expect(scene.headings[0]!.notes[0]).toBe('None now. Each docker run adds one,');
    expect(scene.slabs.length).toBeGreaterThan(1);
  });

  it('marks what was hidden, copied up and deleted', () => {
    const scene = layout(modelAfter('docker run --name cc -v /srv:/app/data myapp sh -c "echo >> /etc/passwd; rm /bin/vi; echo > /new"'));
    const rows = scene.containers[0]!.rows;
    expect(rows.find((row) => row.type === 'hidden')).toMatchObject({ label: 'hides README' });
    expect(rows.flatMap((row) => (row.type === 'file' ? [`${row.label} ${row.file.mark}`] : []))).toEqual(expect.arrayContaining(['etc/passwd copied', 'bin/vi deleted', 'new file']));
  });
});

describe('finding', () => {
  it('keeps what bears the word and what it is tied to', () => {
    const found = filterModel(STORY, 'notes-data');
    expect(found.containers.map((box) => box.name)).toEqual(['notes1']);
    expect(found.places.map((place) => place.title)).toEqual(['notes-data']);
    expect(filterModel(STORY, '  ')).toBe(STORY);
    expect(filterModel(STORY, 'web').places.map((place) => place.title)).toEqual(['cache', '/srv/site', '/run/x']);
  });
});

describe('texts', () => {
  it('are cut to what fits, paths at their beginning', () => {
    expect(fitText('short', 100, 12)).toBe('short');
    expect(fitText('a rather long sentence of words', 80, 12)).toMatch(/^a rather.*…$/);
    expect(fitText('/var/lib/docker/volumes', 80, 12, true)).toMatch(/^….*volumes$/);
    expect(textWidth(fitText('x'.repeat(100), 70, 12), 12)).toBeLessThanOrEqual(70);
  });

  it('of styles lose their variables in a file', () => {
    expect(plainCss('a { fill: var(--ink); stroke: var(--none) }', { ink: 'rgb(1, 2, 3)' })).toBe('a { fill: rgb(1, 2, 3); stroke: var(--none) }');
  });
});

describe('arrow keys', () => {
  const grid = ['a', 'b', 'c', 'd'].map((key, i) => ({ key, x: (i % 2) * 100, y: Math.floor(i / 2) * 50, width: 90, height: 40 }));
  it('lead to the nearest in their direction', () => {
    expect(nextItem(grid, 'a', 'right')).toBe('b');
    expect(nextItem(grid, 'a', 'down')).toBe('c');
    expect(nextItem(grid, 'd', 'up')).toBe('b');
    expect(nextItem(grid, 'd', 'left')).toBe('c');
    expect(nextItem(grid, 'a', 'up')).toBeUndefined();
    expect(nextItem(grid, 'gone', 'up')).toBe('a');
  });
});
