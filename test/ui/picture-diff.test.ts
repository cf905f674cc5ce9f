// What the picture says has changed between two states of a host.

import { describe, expect, it } from 'vitest';
import { createHost } from '../../src/host/create-host.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { diffModels, tellChanges, type Change } from '../../src/ui/picture/picture-diff.ts';
import { pictureModel } from '../../src/ui/picture/picture-model.ts';

/** The changes that `command` makes after `setup`. */
function changesOf(setup: readonly string[], command: string): Change[] {
  const host = createHost(SIM_OPTIONS);
  for (const each of setup) host.run(each);
  const before = pictureModel(host.snapshot());
  host.run(command);
  return diffModels(before, pictureModel(host.snapshot()));
}

const kinds = (changes: readonly Change[]): string[] => changes.map(({ kind, name }) => `${kind} ${name}`);

describe('changes', () => {
  it('are none when nothing changed', () => expect(changesOf([], 'true')).toEqual([]));

  it('of a volume and a container that come', () => {
    expect(kinds(changesOf([], 'docker volume create data'))).toEqual(['place-added data']);
    expect(kinds(changesOf(['docker volume create data'], 'docker run -d --name web -v data:/data busybox sleep 1000'))).toEqual(['container-added web', 'mount-added web:/data', 'file-added data']);
  });

  it('tell a file that was copied up, and from where, from one that was made', () => {
    const changes = changesOf(['docker run -d --name web busybox sleep 1000'], 'docker exec web sh -c "echo x >> /etc/passwd; echo y > /new; rm /bin/vi"');
    expect(kinds(changes).toSorted()).toEqual(['copied-up etc/passwd', 'deleted bin/vi', 'file-added new']);
    expect(changes.find((change) => change.kind === 'copied-up')).toMatchObject({ from: expect.stringMatching(/^layer:[0-9a-f]{64}$/) as string });
    expect(kinds(changesOf(['docker run -d --name web busybox sleep 1000', 'docker exec web touch /new'], 'docker exec web sh -c "echo y > /new"'))).toEqual(['file-written new']);
  });

  it('tell a volume that stays from an anonymous one that is swept away', () => {
    const run = 'docker run -d --rm --name web -v data:/data -v /anon busybox sh -c "echo > /anon/f; sleep 1000"';
    const gone = changesOf([run], 'docker stop -t 0 web');
    expect(gone.map((change) => change.kind)).toEqual(expect.arrayContaining(['container-removed', 'swept', 'outlived']));
    expect(tellChanges(gone)).toMatch(/^Container web and its writable layer are gone\. Anonymous volume \w+… was removed with it\. Volume data stays, used by no container\.$/);
    expect(kinds(changesOf([run], 'docker volume prune -f'))).toEqual([]);
  });

  it('tell that memory is emptied at stop, and stays away', () => {
    const changes = changesOf(['docker run -d --name web --tmpfs /run/x busybox sleep 1000', 'docker exec web touch /run/x/token'], 'docker stop -t 0 web');
    expect(changes.find((change) => change.kind === 'emptied')).toMatchObject({ name: '/run/x', files: [expect.stringMatching(/token$/) as string] });
    expect(changes.find((change) => change.kind === 'state')).toMatchObject({ name: 'web', up: false });
  });

  it('of images come as layers', () => {
    expect(kinds(changesOf(['docker run --name web busybox touch /f'], 'docker commit web mine'))).toEqual(['layer-added touch /f']);
  });
});
