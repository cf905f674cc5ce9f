// What the page and the worker that holds the host say to each other.

import type { Lesson } from '../../course/lesson.ts';
import type { LessonProgress, LessonState } from '../../course/session.ts';
import type { Step } from '../../host/time/step.ts';
import type { Jump } from '../../host/time/timeline.ts';
import type { Question } from './look.ts';

/** A step in the host's history, for the page to show. */
export interface StepView extends Omit<Step, 'start' | 'output'> {
  /** When its first key came: virtual ms since the epoch. */
  readonly at: number;
}

/** A question that wants one answer carries an `id`. */
export type ToWorker =
  | { readonly kind: 'open'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'keys'; readonly terminal: number; readonly text: string }
  | { readonly kind: 'resize'; readonly terminal: number; readonly columns: number; readonly rows: number }
  | { readonly kind: 'close'; readonly terminal: number }
  /** So many bytes of output have been drawn. */
  | { readonly kind: 'drawn'; readonly bytes: number }
  /** The first output is on the screen: the rest may be loaded, and a fresh host be set up. */
  | { readonly kind: 'shown'; readonly setup: string }
  /** Another host: the one that was left in the lesson `resume`, or a fresh one. This one is kept for the lesson `keep`, or thrown away. `booted` answers. */
  | { readonly kind: 'reset'; readonly keep?: string | undefined; readonly resume?: string | undefined }
  /** Whether this page is the one that keeps its host: one is, of all that are open. */
  | { readonly kind: 'claim'; readonly id: number }
  /** Keep the host now; with `release`, another page will keep it from then on. */
  | { readonly kind: 'flush'; readonly id: number; readonly release: boolean }
  /** The save that could not be read; with `retry`, the next boot tries it again. */
  | { readonly kind: 'aside'; readonly id: number; readonly retry: boolean }
  /** Throw every host away that was kept. */
  | { readonly kind: 'forget'; readonly id: number }
  | { readonly kind: 'ping'; readonly id: number }
  /** Judge this lesson from now on. */
  | { readonly kind: 'lesson'; readonly lesson: Lesson; readonly progress: LessonProgress | undefined }
  /** Go to another moment of the host's history; `booted` answers, or nothing when there is no such moment. */
  | { readonly kind: 'jump'; readonly to: Jump | 'undo' | 'redo' }
  /** Tell all of the host's history again. */
  | { readonly kind: 'tell-time' }
  /** What a link or a file holds, as parsed JSON, takes the place of this host, which is kept. Answered with whether there was something to keep. */
  | { readonly kind: 'take'; readonly id: number; readonly save: unknown }
  /** The host that was kept last comes back, and this one is kept. Answered with whether there was one. */
  | { readonly kind: 'take-back'; readonly id: number }
  /** The input log: answered with a `HostSave`. */
  | { readonly kind: 'save'; readonly id: number }
  /** What the terminals printed and what was entered: answered with a `Recording`. */
  | { readonly kind: 'recording'; readonly id: number }
  /** The entries of a directory of the host, as root sees it: answered with `DirectoryView`s. */
  | { readonly kind: 'list'; readonly id: number; readonly path: string }
  /** Go back to just before entry `to` of the host's log came in; `booted` answers. */
  | { readonly kind: 'rewind'; readonly to: number }
  | { readonly kind: 'predict'; readonly id: number; readonly block: string }
  | { readonly kind: 'visible'; readonly visible: boolean }
  /** What the host looks like, asked closely. */
  | { readonly kind: 'look'; readonly id: number; readonly question: Question }
  | { readonly kind: 'read-file'; readonly id: number; readonly path: string }
  | { readonly kind: 'upload'; readonly id: number; readonly path: string; readonly content: Uint8Array };

export type FromWorker =
  /** The host runs, or another one does now. `terminals` are those that are open on it; all of their output follows. */
  | { readonly kind: 'booted'; readonly terminals: readonly number[]; readonly restored: boolean; readonly notice?: string | undefined; readonly setAside?: boolean | undefined }
  | { readonly kind: 'opened'; readonly terminal: number }
  /** Its shell is no more. */
  | { readonly kind: 'ended'; readonly terminal: number }
  | { readonly kind: 'output'; readonly terminal: number; readonly bytes: Uint8Array }
  /** The `HostSnapshot` as JSON, which is parsed faster than it would be cloned; its `time` apart. */
  | { readonly kind: 'snapshot'; readonly text: string; readonly time: number }
  /** Another page keeps the host from now on. */
  | { readonly kind: 'lost' }
  /** A prompt is back. */
  | { readonly kind: 'settled'; readonly terminal: number | undefined }
  | { readonly kind: 'lesson'; readonly state: LessonState; readonly progress: LessonProgress }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  /** The steps of the host's history from index `from` on, how many of all are done, and the ways that were left. */
  | { readonly kind: 'time'; readonly from: number; readonly steps: readonly StepView[]; readonly at: number; readonly branches: readonly { readonly from: number; readonly steps: readonly StepView[] }[] }
  /** `edit FILE` was typed. */
  | { readonly kind: 'edit'; readonly path: string }
  /** A bug of ours that escaped, for the person to read. */
  | { readonly kind: 'fault'; readonly message: string };
