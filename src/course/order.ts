// The order of the course: tracks, the lessons in them, and the short path, from `order.yaml`.

import * as v from 'valibot';
import type { Lesson } from './lesson.ts';
import { readYaml } from './read-yaml.ts';

const ids = v.array(v.string());
const schema = v.strictObject({
  tracks: v.array(v.strictObject({ id: v.string(), title: v.string(), lessons: ids })),
  'seed-path': v.optional(ids, []),
  drills: v.optional(ids, []),
});

export interface Track<L> {
  readonly id: string;
  readonly title: string;
  readonly lessons: readonly L[];
}

export interface Course<L> {
  /** Those that have lessons, each with its lessons in order. */
  readonly tracks: readonly Track<L>[];
  /** Ids of the lessons of the short path. */
  readonly seedPath: readonly string[];
  /** The questions of an interview, one at a time. */
  readonly drills: readonly L[];
  /** Ids that the order names and nobody has. */
  readonly unknown: readonly string[];
}

/** @throws LessonError when the order cannot be read */
export function orderLessons<L extends Pick<Lesson, 'id' | 'track' | 'kind'>>(all: readonly L[], file: string, source: string): Course<L> {
  const order = readYaml(file, source, 1, schema);
  const lessons = all.filter(({ kind }) => kind === 'lesson');
  const known = new Set(all.map((lesson) => lesson.id));
  const more = [...new Set(lessons.map((lesson) => lesson.track))].filter((track) => !order.tracks.some(({ id }) => id === track)).map((id) => ({ id, title: id.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase()), lessons: [] }));
  const tracks = [...order.tracks, ...more].map(({ id, title, lessons: named }): Track<L> => {
    const place = (lesson: L): number => (named.includes(lesson.id) ? named.indexOf(lesson.id) : named.length);
    return { id, title, lessons: lessons.filter((lesson) => lesson.track === id).toSorted((a, b) => place(a) - place(b)) };
  });
  return {
    tracks: tracks.filter((track) => track.lessons.length),
    seedPath: order['seed-path'].filter((id) => known.has(id)),
    drills: all.filter(({ kind }) => kind === 'drill').toSorted((a, b) => order.drills.indexOf(a.id) - order.drills.indexOf(b.id)),
    unknown: [...order.tracks.flatMap((track) => track.lessons), ...order['seed-path'], ...order.drills].filter((id) => !known.has(id)),
  };
}
