// Many of everything: no times are asserted, only that it all ends and nothing is left behind.

import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/base/bytes.ts';
import { boot, forked, print, spawn } from './boot.ts';

describe('under load', () => {
  it('starts and ends thousands of processes', () => {
    const { run, kernel, faults } = boot({ true: function* () { return 0; } });
    expect(run(function* (sys) {
      let good = 0;
      for (let i = 0; i < 3000; i++) if ((yield* sys.wait(spawn(sys, ['true']))).code === 0) good++;
      yield* print(sys, String(good));
      return 0;
    })).toBe('3000');
    expect(kernel.processes).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it('sets up and takes down namespaces with their mounts', () => {
    const { run, kernel } = boot({ true: function* () { return 0; } });
    const before = kernel.init.mounts().length;
    run(function* (sys) {
      for (let i = 0; i < 100; i++) {
        const embryo = sys.newProcess({ newNamespaces: ['mnt', 'pid', 'uts', 'net'] });
        embryo.sys.mount('', '/', '', { propagation: 'private', recursive: true });
        for (let n = 0; n < 10; n++) embryo.sys.mount('tmpfs', '/tmp', 'tmpfs', {});
        embryo.sys.joinBridge('br', 'eth0', '10.1.0.2');
        if (i % 10) embryo.exec('/bin/true', ['true'], {});
        else embryo.abandon();
        if (i % 10) yield* sys.wait(embryo.pid);
      }
      return 0;
    });
    expect(kernel.init.mounts()).toHaveLength(before);
    expect(kernel.processes).toHaveLength(1);
  });

  it('moves megabytes through a chain of pipes', () => {
    const { run } = boot();
    expect(run(function* (sys) {
      let [input, first] = sys.pipe();
      forked(sys, function* (child) {
        for (let i = 0; i < 256; i++) yield* child.write(first, encode('x'.repeat(65536)));
        return 0;
      }, (child) => child.close(input));
      sys.close(first);
      for (let i = 0; i < 5; i++) {
        const [next, output] = sys.pipe();
        const from = input;
        forked(sys, function* (child) {
          for (;;) {
            const bytes = yield* child.read(from, 4096 << i);
            if (!bytes.length) return 0;
            yield* child.write(output, bytes);
          }
        }, (child) => child.close(next));
        sys.close(from);
        sys.close(output);
        input = next;
      }
      let total = 0;
      for (let length = 1; length; total += length) ({ length } = yield* sys.read(input, 1 << 20));
      yield* print(sys, String(total));
      return 0;
    })).toBe(String(256 * 65536));
  });

  it('keeps thousands of sleepers in order', () => {
    const { run } = boot();
    const text = run(function* (sys) {
      const order: number[] = [];
      const begun = sys.now() + 100;
      const threads = Array.from({ length: 2000 }, (_, i) => sys.thread(function* () {
        yield* sys.sleep(begun + ((i * 7919) % 2000) - sys.now());
        order.push((i * 7919) % 2000);
      }));
      for (let i = 0; i < 2000; i += 3) threads[i]!.cancel();
      for (const thread of threads) yield* thread.join();
      yield* print(sys, `${order.length} ${order.every((each, i) => i === 0 || each >= order[i - 1]!)}`);
      return 0;
    });
    expect(text).toBe('1333 true');
  });
});
