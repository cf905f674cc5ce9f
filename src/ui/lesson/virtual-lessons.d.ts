// The lessons, as the build compiles them.
declare module 'virtual:lessons' {
  const lessons: readonly import('../../course/lesson.ts').Lesson[];
  export default lessons;
}
