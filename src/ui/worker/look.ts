// What the page asks of the host beside the terminal: what is at a path, what it would survive, what the typed line would mount. Loaded when it is first asked.

import { completeReference } from '../../host/complete-path.ts';
import { equipment } from '../../host/equipment.ts';
import { explainPath } from '../../host/explain-path.ts';
import type { HostApi } from '../../host/host-api.ts';
import { mountNotes } from '../../host/mount-lens.ts';
import { restoreInSlices } from '../../host/restore-in-slices.ts';
import { eventsAt, Survey } from '../../host/survival.ts';
import type { Timeline } from '../../host/time/timeline.ts';

export type Question =
  /** `PathReport` */
  | { readonly about: 'path'; readonly reference: string }
  /** `string[]` */
  | { readonly about: 'completion'; readonly text: string }
  /** `SurvivalEvent[]` */
  | { readonly about: 'events'; readonly reference: string }
  /** `SurvivalRow` of one of them */
  | { readonly about: 'survival'; readonly reference: string; readonly event: string }
  /** `MountNote[]` of the line that is being edited there */
  | { readonly about: 'mounts'; readonly terminal: number };

/** Real ms of work before messages may come in. */
const TURN = 6;

let current: { readonly host: HostApi; readonly entries: number; readonly reference: string; readonly survey: Survey } | undefined;

/** A survey belongs to one moment of the host: its copies are of that moment. */
function surveyOf(host: HostApi, reference: string, timeline: Timeline | undefined): Survey {
  if (current?.host !== host || current.entries !== host.log.length || current.reference !== reference) {
    const save = host.save();
    current = { host, entries: host.log.length, reference, survey: new Survey(reference, timeline?.copies() ?? (() => restoreInSlices(save, equipment))) };
  }
  return current.survey;
}

/** @param timeline which has copies of the host at hand */
export async function look(host: HostApi, question: Question, timeline: Timeline | undefined): Promise<unknown> {
  if (!host.isEquipped) throw new Error('the host is still starting');
  switch (question.about) {
    case 'path':
      return host.look((machine) => explainPath(machine, question.reference));
    case 'completion':
      return host.look((machine) => completeReference(machine, question.text));
    case 'events':
      return host.look((machine) => eventsAt(machine, question.reference));
    case 'mounts': {
      const { line } = host.terminal(question.terminal);
      return line ? host.look((machine) => mountNotes(machine, line)) : [];
    }
    case 'survival': {
      const event = host.look((machine) => eventsAt(machine, question.reference)).find(({ id }) => id === question.event);
      if (!event) return undefined;
      const work = surveyOf(host, question.reference, timeline).row(event);
      for (let begun = performance.now(); ;) {
        const step = work.next();
        if (step.done) return step.value;
        if (performance.now() - begun < TURN) continue;
        await new Promise((resolve) => setTimeout(resolve));
        begun = performance.now();
      }
    }
  }
}
