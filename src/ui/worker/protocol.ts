// What the page and the worker that holds the host say to each other.

import type { Lesson } from '../../course/lesson.ts';
import type { LessonProgress, LessonState } from '../../course/session.ts';
import type { HostSnapshot } from '../../host/host-snapshot.ts';
import type { Question } from './look.ts';

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
  | { readonly kind: 'snapshot'; readonly snapshot: HostSnapshot }
  /** Another page keeps the host from now on. */
  | { readonly kind: 'lost' }
  /** A prompt is back. */
  | { readonly kind: 'settled'; readonly terminal: number | undefined }
  | { readonly kind: 'lesson'; readonly state: LessonState; readonly progress: LessonProgress }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }
  /** A bug of ours that escaped, for the person to read. */
  | { readonly kind: 'fault'; readonly message: string };
