// The lessons, as the build compiles them: their names at once, the list and each lesson when they are opened.
declare module 'virtual:lessons' {
  type Lesson = import('../../course/lesson.ts').Lesson;
  const lessons: Readonly<Record<string, () => Promise<{ readonly default: Lesson }>>>;
  export default lessons;
}
declare module 'virtual:course' {
  type Lesson = import('../../course/lesson.ts').Lesson;
  type Listed = Pick<Lesson, 'id' | 'kind' | 'title' | 'track' | 'minutes' | 'summary' | 'seed' | 'hash'>;
  const course: Pick<import('../../course/order.ts').Course<Listed>, 'tracks' | 'seedPath' | 'drills'>;
  export default course;
}
