// Five lessons from beginning to end and a drill, typed as a learner types; and a stranger's lesson, which does no harm.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tasksOf } from '../../src/course/lesson.ts';
import { readLessons } from '../../src/headless/read-lessons.ts';
import { Learner } from './open-page.ts';
import { usePage } from './use-page.ts';

const lessons = new Map(readLessons(join(import.meta.dirname, '../../lessons')).map(({ lesson }) => [lesson.id, lesson]));
/** Set it to a folder, to look at what a learner sees. */
const SHOTS = process.env['STOWAGE_SHOTS'];

/** ms: a slow machine is no error. */
const PATIENCE = 900_000;

const served = usePage();

const PLAYED: readonly (readonly [string, { readonly width: number; readonly height: number }, 'dark' | 'light'])[] = [
  ['where-writes-go', { width: 1440, height: 900 }, 'light'],
  ['the-right-path', { width: 1440, height: 900 }, 'dark'],
  ['up-down-down-v', { width: 1280, height: 800 }, 'light'],
  ['restore-and-prove-it', { width: 1440, height: 900 }, 'dark'],
  ['which-path-which-store', { width: 1440, height: 900 }, 'light'],
];

describe('a lesson, typed', () => {
  for (const [id, size, colorScheme] of PLAYED) {
    it(id, async () => {
      const lesson = lessons.get(id)!, tasks = tasksOf(lesson);
      const learner = await Learner.open(served, size, { colorScheme });
      const { page } = learner;
      const shot = async (name: string): Promise<void> => void (SHOTS && (await page.screenshot({ path: join(SHOTS, `${id}-${name}.png`) })));
      await learner.prompt();
      await page.locator('app-header .lesson button').click();
      if (id === PLAYED[0]![0]) await shot('list');
      await page.locator('lesson-list').getByRole('button', { name: lesson.title }).last().click();
      await page.getByRole('heading', { level: 1, name: lesson.title }).waitFor();
      await page.getByText(`0 of ${tasks.length} tasks`).first().waitFor();
      await learner.focusTerminal();
      await learner.prompt();
      await shot('0');
      for (const [index, task] of tasks.entries()) {
        for (const line of task.solution.trim().split('\n')) await learner.run(line);
        if (task.aha) {
          // A later command has put its light out, when the goals held before the last line.
          await page.locator('task-block').nth(index).locator('.aha').waitFor();
          if (!await page.locator('storage-picture .drawing .spot').count()) await page.locator('task-block').nth(index).getByRole('button', { name: 'Show it in the picture' }).click();
          await page.locator('storage-picture .drawing .spot').first().waitFor({ state: 'attached' });
          await learner.focusTerminal();
        }
        await page.getByText(index + 1 < tasks.length ? `${index + 1} of ${tasks.length} tasks` : 'all tasks of this lesson are solved').first().waitFor();
        if (SHOTS) await page.locator('task-block').nth(index).scrollIntoViewIfNeeded();
        await shot(`${index + 1}`);
      }
      if (SHOTS) {
        await page.setViewportSize({ width: 390, height: 844 });
        await page.waitForTimeout(500);
        await shot('narrow');
      }
      expect(learner.problems).toEqual([]);
      expect(learner.elsewhere).toEqual([]);
      await learner.context.close();
    }, PATIENCE);
  }
});

describe('between two hosts', () => {
  it('what is typed waits for the prompt of the lesson that was opened', async () => {
    const learner = await Learner.open(served);
    const { page } = learner;
    await learner.prompt();
    await learner.focusTerminal();
    await learner.run('touch /root/of-the-first-host');
    await page.locator('app-header .lesson button').click();
    await page.locator('lesson-list').getByRole('button', { name: lessons.get('where-writes-go')!.title }).last().evaluate((button: HTMLElement) => {
      button.click();
      const pane = document.querySelector('stowage-app')!.shadowRoot!.querySelector('terminal-pane') as unknown as { press(text: string): void };
      pane.press('ls -a /root | grep -c of-the-first-host; docker image ls -q harbor | wc -l\r');
    });
    const screen = await learner.until((text) => /\n0\n1\n\S+@docker-host/.test(text));
    expect(screen).not.toContain('touch');
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  }, PATIENCE);
});

describe('a drill', () => {
  it('is said, proved on a fresh host, and compared; how it went is kept', async () => {
    const drill = lessons.get('drill-when-it-crashes')!, [task] = tasksOf(drill);
    const learner = await Learner.open(served);
    const { page } = learner;
    await learner.prompt();
    await page.locator('app-header .lesson button').click();
    await page.locator('lesson-list').getByRole('button', { name: drill.title }).last().click();
    await page.getByRole('heading', { level: 1, name: drill.title }).waitFor();
    expect(await page.locator('drill-view #prove').count()).toBe(0);
    await page.getByRole('button', { name: 'I have said it' }).click();
    await page.getByText('0 of 3 conditions hold').waitFor();
    expect(await page.locator('drill-view blockquote').count()).toBe(0);
    await learner.focusTerminal();
    await learner.prompt();
    for (const line of task!.solution.trim().split('\n')) await learner.run(line);
    await page.locator('drill-view').getByRole('checkbox').first().check();
    await page.getByText('1 of 3 points').first().waitFor();
    await learner.reload();
    await learner.prompt();
    await page.getByText('1 of 10 proved.').waitFor();
    await page.getByRole('button', { name: 'All lessons' }).click();
    await page.getByText('✓ proved, 1 of 3 points').waitFor();
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  }, PATIENCE);
});

describe('the lesson of a stranger', () => {
  const front = '---\nid: strange\ntitle: Strange\ntrack: volumes\nminutes: 5\nsummary: s\n---\n';
  const task = (goal: string): string => `\n\`\`\`task\nid: t\ndo: Make it.\ngoals: [{that: '${goal}', not-yet: not there yet.}]\nhints: [one, two, three]\nsolution: docker volume create vv\n\`\`\`\n`;
  const deep = '"x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x".split(",")';

  it('runs no script, leads nowhere, comes to an end, and is refused when it is too big', async () => {
    const learner = await Learner.open(served);
    const { page } = learner;
    await learner.prompt();
    const give = async (name: string, body: string): Promise<void> => {
      await page.locator('app-header .lesson button').click();
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a lesson file …' }).click()]);
      await chooser.setFiles({ name, mimeType: 'text/markdown', buffer: Buffer.from(body) });
    };
    await give('strange.md', `${front}<script>window.harmed = true</script> <img src=x onerror="window.harmed = true"> [a link](javascript:window.harmed=true)\n${task(`${deep}.all(a, ${deep}.all(b, ${deep}.all(c, c == "x")))`)}`);
    await page.getByRole('heading', { level: 1, name: 'Strange' }).waitFor();
    await learner.prompt();
    await learner.focusTerminal();
    expect(await learner.run('echo still here')).toBe('still here');
    await page.getByText('0 of 1 tasks').first().waitFor();
    expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await page.locator('lesson-pane a[href^="javascript"], lesson-pane img, lesson-pane script').count()).toBe(0);
    await give('huge.md', `${front}${'x'.repeat(5_000_000)}${task('true')}`);
    await page.getByText('a lesson has at most 200 kB').first().waitFor();
    expect(await page.getByRole('heading', { level: 1, name: 'Strange' }).count()).toBe(1);
    expect(learner.problems).toEqual([]);
    await learner.context.close();
  }, PATIENCE);
});
