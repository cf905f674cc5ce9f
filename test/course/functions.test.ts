// What goals may ask: each function against a host on which the answer is known.

import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/course/goals/expression.ts';
import { worldOf } from '../../src/course/goals/world.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';

const after = (commands: string): ((expression: string) => unknown) => {
  const host = createHost(SIM_OPTIONS);
  expect(host.run(commands)).toMatchObject({ exit: 0 });
  return (expression) => evaluate(expression, worldOf(host, new Map()));
};

describe('places', () => {
  it('finds a text in layers, volumes, both kinds of tmpfs and on the host', () => {
    const ask = after(`
      docker run -d --name c1 -v data:/data --tmpfs /ram1 --mount type=tmpfs,dst=/ram2 busybox sleep 1d
      docker exec c1 sh -c 'for d in /tmp /data /ram1 /ram2; do echo needle > $d/f; done'
      echo needle > /root/f`);
    expect(ask('places("needle")')).toEqual(['volume:data/f', 'layer:c1/tmp/f', 'tmpfs:c1/ram1/f', 'tmpfs:c1/ram2/f', 'host:/root/f']);
    expect(ask('places("haystack")')).toEqual([]);
  });
});

describe('answer', () => {
  it('is what the last line about it says', () => {
    const ask = after("printf '/a one\\n/ab: two  \\n/a  three\\n/c\\n' > /root/answer");
    expect(ask('answer("/root/answer", "/a")')).toBe('three');
    expect(ask('answer("/root/answer", "/ab")')).toBe('two');
    expect(ask('answer("/root/answer", "/c")')).toBe('');
    expect(ask('answer("/root/none", "/a")')).toBe('');
  });
});

describe('images', () => {
  it('tells those without a name', () => {
    const ask = after(`for n in 1 2; do printf 'FROM busybox\\nLABEL n=%s\\n' $n | docker build -q -t tool -; done`);
    expect(ask('images().filter(i, i.dangling).size()')).toBe(1n);
    expect(ask('images().filter(i, i.RepoTags == ["tool:latest"]).size()')).toBe(1n);
  });
});
