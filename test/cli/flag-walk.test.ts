// Every flag of every modelled command, given on a booted host: it ran, was refused in the real words, or is said not to be simulated.

import { describe, expect, it } from 'vitest';
import { rootCommand } from '../../src/cli/command/root.ts';
import { CALLS } from './flag-walk-calls.ts';
import { leaves, walk } from './flag-walk.ts';

const all = leaves(rootCommand, 'docker').filter(({ command }) => Object.keys(command.flags).length);

it('every modelled command has a call to walk', () => {
  expect(Object.keys(CALLS).toSorted()).toEqual(all.map(({ path }) => path.slice('docker '.length)).toSorted());
});

/** What the real command says when it does not do as it is told. */
const REAL = /^(?:docker: )?(?:Error|ERROR|invalid|unknown|conflicting|"|'?docker|failed|unable|no |bad |you |cannot|time=|WARNING|must|requires|service|network|volume|the |- |open |stat |Cannot|template|Emulate|mutually|--detach cannot|unsupported format|format value|--index requires|EOF$)/;

/** What ends differently with a flag without being refused by it, and why. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  // It goes on until it is interrupted.
  'docker logs': ['follow'],
  'docker stats': ['all', 'format', 'no-trunc'],
  // The real one, too, takes an unknown driver for an unknown image, and says so first.
  'docker run': ['volume-driver'],
  // Another program than the one that was asked for.
  'docker compose run': ['entrypoint'],
  // The image is not built and nowhere to be pulled from; the first line is progress.
  'docker compose create': ['no-build'],
  'docker compose up': ['no-build', 'scale'],
};

describe('flags', () => {
  for (const leaf of all) {
    it(leaf.path, () => {
      const silent: string[] = [];
      for (const { flag, kind, words, line, faults, unsimulated } of walk(leaf)) {
        expect(faults, line).toEqual([]);
        if (unsimulated) expect(kind, `${line}: ${words}`).toBe('not simulated');
        if (kind === 'refused' && !REAL.test(words) && !OTHERWISE[leaf.path]?.includes(flag)) silent.push(`${flag}: ${words}`);
      }
      expect(silent).toEqual([]);
    });
  }
});
