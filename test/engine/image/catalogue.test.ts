// The catalogue: its layers are what their digests say, and its images are complete.
import { overlayType } from '../../../src/kernel/fs/overlay/overlay-type.ts';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/base/clock.ts';
import { Random } from '../../../src/base/random.ts';
import { layerDigest } from '../../../src/engine/archive/tar-tree.ts';
import { Overlay2 } from '../../../src/engine/graphdriver/overlay2.ts';
import { CATALOGUE } from '../../../src/engine/image/catalogue/index.ts';
import type { CatalogueImage } from '../../../src/engine/image/catalogue/catalogue-image.ts';
import { postgres } from '../../../src/engine/image/catalogue/postgres.ts';
import { sqlite3 } from '../../../src/engine/image/catalogue/sqlite3.ts';
import { installImage, diffIdsOf } from '../../../src/engine/image/catalogue/install.ts';
import { myapp } from '../../../src/engine/image/catalogue/myapp.ts';
import { ImageStore } from '../../../src/engine/image/image-store.ts';
import { LayerStore, layersOf } from '../../../src/engine/image/layer-store.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import { ProgramRegistry } from '../../../src/kernel/program.ts';

function freshStore() {
  const kernel = new Kernel({ clock: new Clock(1_795_546_261_000), random: new Random(1), programs: new ProgramRegistry(), hostname: 'h' });
  kernel.vfs.registerFilesystem(overlayType);
  const sys = kernel.init;
  for (const path of ['/var', '/var/lib']) sys.mkdir(path, 0o755);
  const random = new Random(2);
  const driver = new Overlay2(sys, random);
  const store = new ImageStore(sys, new LayerStore(sys, driver, random, '/var/lib/docker'), '/var/lib/docker');
  return { sys, driver, store };
}

describe.each([...CATALOGUE.values(), myapp])('$name', (image) => {
  it('has the layers that its digests name', () => {
    const { sys, driver, store } = freshStore();
    const record = installImage(sys, store, image);
    const digests = layersOf(record.layer).map((layer) => layerDigest(sys, driver.diffPath(layer.cacheId)));
    expect(diffIdsOf(image)).toEqual(digests);
    expect(record.file.rootfs.diff_ids).toEqual(digests);
    expect(record.file.history.filter((entry) => !entry.empty_layer)).toHaveLength(digests.length);
    expect(record.Config.Cmd).toBeTruthy();
  });

  it('is the same when it is installed again', () => {
    const { sys, store } = freshStore();
    const before = store.layers.all().length;
    const first = installImage(sys, store, image);
    const layers = store.layers.all().length;
    expect(installImage(sys, store, image)).toBe(first);
    expect([before, store.layers.all().length]).toEqual([0, layers]);
  });
});

describe('what is pulled from outside', () => {
  it.each([postgres, sqlite3])('$name has the layers that its digests name', (image) => {
    const { sys, driver, store } = freshStore();
    const record = installImage(sys, store, image);
    const digests = layersOf(record.layer).map((layer) => layerDigest(sys, driver.diffPath(layer.cacheId)));
    expect(diffIdsOf(image)).toEqual(digests);
  });

  it('postgres is as large as the real one, of as many layers', () => {
    const { sys, store } = freshStore();
    const { layer } = installImage(sys, store, postgres);
    expect(layersOf(layer)).toHaveLength(13);
    expect(Math.round(layersOf(layer).reduce((sum, { size }) => sum + size, 0) / 1e4)).toBe(45_645);
    const transfers = (image: CatalogueImage): number => (image.base ? transfers(image.base) : 0) + image.steps.reduce((sum, { transfer = 0 }) => sum + transfer, 0);
    expect(transfers(postgres)).toBe(162_473_560);
  });
});
