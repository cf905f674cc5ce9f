// What comes from outside: a host by link or file, which never takes the place of the person's own without keeping that; and files for the host.

import { unpackSave } from '../../host/time/pack.ts';
import type { StowageApp } from '../app/stowage-app.ts';

/** Bytes of a file that may be brought: it becomes a part of the host's log. */
const MOST = 4 << 20;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export async function openLink(app: StowageApp, text: string): Promise<void> {
  try {
    await take(app, unpackSave(decodeURIComponent(text)), 'This host came with a link.');
  } catch (error) {
    const why = error instanceof SyntaxError || error instanceof URIError ? 'it is damaged' : reason(error);
    app.say({ id: 'share', text: `The host in this link could not be opened: ${why}. Yours is as it was.` });
  }
}

export async function openHost(app: StowageApp, file: File): Promise<void> {
  try {
    await take(app, JSON.parse(await file.text()), `This host came from ${file.name}.`);
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is damaged, or no host of Stowage' : reason(error);
    app.say({ id: 'share', text: `${file.name} could not be opened: ${why}. Your host is as it was.` });
  }
}

async function take(app: StowageApp, save: unknown, says: string): Promise<void> {
  const isKept = await app.link.ask((id) => ({ kind: 'take', id, save }));
  app.show('terminal');
  app.say({ id: 'share', text: isKept ? `${says} Your own is kept.` : says, ...(isKept ? { actions: [{ label: 'Back to mine', run: () => void takeBack(app) }] } : {}) });
}

/** The two change places. */
async function takeBack(app: StowageApp): Promise<void> {
  await app.link.ask((id) => ({ kind: 'take-back', id }));
  app.say({ id: 'share', text: 'This is your own host again. The other one is kept.', actions: [{ label: 'Back to the other one', run: () => void takeBack(app) }] });
}

function choose(accept: string, multiple: boolean): Promise<File[]> {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept, multiple });
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...input.files ?? []]));
    input.click();
  });
}

export async function chooseHost(app: StowageApp): Promise<void> {
  const [file] = await choose('.json,application/json', false);
  if (file) await openHost(app, file);
}

export const chooseFiles = (): Promise<File[]> => choose('', true);

/** @returns whether all came through */
export async function uploadFiles(app: StowageApp, files: readonly File[], directory: string): Promise<boolean> {
  const done: string[] = [], problems: string[] = [];
  for (const file of files) {
    const path = `${directory === '/' ? '' : directory}/${file.name}`;
    try {
      if (file.size > MOST) throw new Error(`it has ${Math.ceil(file.size / 1e6)} MB, and ${MOST >> 20} MiB is the most`);
      const content = new Uint8Array(await file.arrayBuffer());
      await app.link.ask((id) => ({ kind: 'upload', id, path, content }));
      done.push(path);
    } catch (error) {
      problems.push(`${file.name} did not come through: ${reason(error)}.`);
    }
  }
  app.say({ id: 'share', text: [...(done.length ? [`On the host now: ${done.join(', ')}.`] : []), ...problems].join(' ') });
  return !problems.length;
}
