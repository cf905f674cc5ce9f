// overlay2 on a booted kernel: what it leaves on disk, mounts by count, and what falls idle.
import { overlayType } from '../../../src/kernel/fs/overlay/overlay-type.ts';
import { expect, it } from 'vitest';
import { Clock } from '../../../src/base/clock.ts';
import { decode } from '../../../src/base/bytes.ts';
import { Random } from '../../../src/base/random.ts';
import { Overlay2 } from '../../../src/engine/graphdriver/overlay2.ts';
import { Kernel } from '../../../src/kernel/kernel.ts';
import { ProgramRegistry } from '../../../src/kernel/program.ts';

const HOME = '/var/lib/docker/overlay2';

function boot() {
  const kernel = new Kernel({ clock: new Clock(1_795_546_261_000), random: new Random(1), programs: new ProgramRegistry(), hostname: 'h' });
  kernel.vfs.registerFilesystem(overlayType);
  const sys = kernel.init;
  for (const path of ['/var', '/var/lib']) sys.mkdir(path, 0o755);
  const random = new Random(7);
  return { sys, random, driver: new Overlay2(sys, random) };
}

it('lays layers out as the real one', () => {
  const { sys, driver } = boot();
  driver.create('base', '');
  driver.create('mid', 'base');
  driver.createReadWrite('top', 'mid');
  const mode = (path: string) => (sys.stat(`${HOME}/${path}`).mode & 0o7777).toString(8);
  expect(['.', 'l', 'top', 'top/diff', 'top/work', 'mid/committed', 'top/lower'].map(mode)).toEqual(['710', '700', '710', '755', '700', '600', '644']);
  expect(sys.readdir(`${HOME}/base`).map(({ name }) => name).sort()).toEqual(['committed', 'diff', 'link']);
  const link = (id: string) => decode(sys.readFile(`${HOME}/${id}/link`));
  expect(link('base')).toMatch(/^[A-Z2-7]{26}$/);
  expect(sys.readlink(`${HOME}/l/${link('base')}`)).toBe('../base/diff');
  expect(decode(sys.readFile(`${HOME}/top/lower`))).toBe(`l/${link('mid')}:l/${link('base')}`);
  expect(driver.metadata('top')).toEqual({ LowerDir: `${HOME}/mid/diff:${HOME}/base/diff`, MergedDir: `${HOME}/top/merged`, UpperDir: `${HOME}/top/diff`, WorkDir: `${HOME}/top/work` });
  expect(Object.keys(driver.metadata('base'))).toEqual(['MergedDir', 'UpperDir', 'WorkDir']);
});

it('mounts while someone holds it', () => {
  const { sys, driver } = boot();
  driver.create('base', '');
  sys.writeFile(`${driver.diffPath('base')}/f`, 'below');
  driver.createReadWrite('top', 'base');
  const merged = driver.get('top');
  expect(driver.get('top')).toBe(merged);
  sys.writeFile(`${merged}/f`, 'above!');
  driver.put('top');
  expect(decode(sys.readFile(`${merged}/f`))).toBe('above!');
  expect(sys.mounts().at(-1)).toMatchObject({ source: 'overlay', target: merged, type: 'overlay' });
  driver.put('top');
  expect(sys.can(merged, '')).toBe(false);
  expect(decode(sys.readFile(`${driver.diffPath('base')}/f`))).toBe('below');
  expect([driver.diffSize('top'), driver.diffSize('base')]).toEqual([6, 5]);
  expect(driver.get('base')).toBe(driver.diffPath('base'));
});

it('tells of a layer whose last child went, and knows children after a restart', () => {
  const { sys, random, driver } = boot();
  driver.create('base', '');
  driver.createReadWrite('one', 'base');
  driver.createReadWrite('two', 'base');
  const again = new Overlay2(sys, random);
  const idle: string[] = [];
  again.onIdle = (id) => void idle.push(id);
  again.remove('one');
  expect([again.hasChildren('base'), idle]).toEqual([true, []]);
  again.remove('two');
  expect([again.hasChildren('base'), idle]).toEqual([false, ['base']]);
  again.remove('base');
  expect(sys.readdir(HOME).map(({ name }) => name)).toEqual(['l']);
  expect(sys.readdir(`${HOME}/l`)).toEqual([]);
});
