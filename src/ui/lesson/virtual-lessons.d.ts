// The lessons, as the build compiles them: the index at once, each lesson when it is opened.
declare module 'virtual:lessons' {
  type Lesson = import('../../course/lesson.ts').Lesson;
  const lessons: readonly (Pick<Lesson, 'id' | 'title' | 'track' | 'minutes' | 'summary' | 'setup'> & { load(): Promise<Lesson> })[];
  export default lessons;
}
