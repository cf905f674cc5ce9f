// A lesson on a host: rules that are broken at once, the way back, hints by state, and conditions that end.

import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../src/course/compile.ts';
import { checkContract } from '../../src/course/contract.ts';
import { checkExpression } from '../../src/course/goals/expression.ts';
import { evaluate } from '../../src/course/goals/expression.ts';
import { worldOf } from '../../src/course/goals/world.ts';
import { LessonSession } from '../../src/course/session.ts';
import { contractHosts } from '../../src/headless/contract-hosts.ts';

const SOURCE = `---
id: keep-pg
title: Keep it
track: volumes
minutes: 5
summary: s
setup: |
  docker run -d --name pg -v pgdata:/data busybox sleep 100000
  docker exec pg sh -c 'echo precious > /data/f'
never:
  - that: removed("pg")
    say: You have removed **pg**.
canaries:
  datum: {at: "pg:/data/f", when: first}
---

\`\`\`task
id: first
do: Make v.
goals: [{that: hasVolume("vv"), not-yet: there is no v.}]
hints: [one, two, three, {when: hasVolume("ww"), say: You have w., run: docker volume rm ww}]
solution: docker volume create vv
also: [docker volume create --label a=b vv, docker run --rm -v vv:/v busybox true]
wrong:
  - {run: docker volume create ww}
  - {run: docker rm -f pg, breaks: 0}
\`\`\`

\`\`\`task
id: second
do: Copy it.
goals:
  - {that: 'canary("datum").at.exists(p, p.startsWith("volume:vv/"))', not-yet: v has no copy.}
never: [{that: '!hasVolume("vv")', say: v is gone.}]
hints: [one, two, three]
solution: docker run --rm -v pgdata:/a -v vv:/b busybox cp /a/f /b/
also:
  - docker cp pg:/data/f - | docker run --rm -i -v vv:/b busybox tar x -C /b
  - docker exec pg cat /data/f | docker run --rm -i -v vv:/b busybox sh -c 'cat > /b/g'
wrong:
  - {run: docker volume rm vv, breaks: 1}
\`\`\`
`;

const lesson = compileLesson('a.md', SOURCE);
const begin = () => {
  const host = contractHosts.create();
  host.run(lesson.setup);
  return { host, session: new LessonSession(lesson, () => contractHosts.copy(host)) };
};

describe('a session', () => {
  it('says at once what was broken, ticks nothing then, and goes back to just before', () => {
    const { host, session } = begin();
    expect(session.judge(host).broken).toBeUndefined();
    host.run('docker volume create vv');
    expect(session.judge(host)).toMatchObject({ done: ['first'], open: 'second' });
    const intact = host.log.length, hash = host.hash();
    host.run('docker rm -f pg; docker run --rm -v pgdata:/a -v vv:/b busybox cp /a/f /b/');
    expect(session.judge(host)).toMatchObject({ done: ['first'], open: 'second', broken: { say: 'You have removed <strong>pg</strong>.', to: intact } });
    host.run('docker run -d --name pg busybox sleep 1000');
    expect(session.judge(host).broken?.to).toBe(intact);
    // It is remembered over a visit.
    expect(new LessonSession(lesson, () => host, session.progress).judge(host).broken?.to).toBe(intact);
    const back = contractHosts.before(host, intact);
    expect(back.hash()).toBe(hash);
    session.rewound(intact);
    expect(session.judge(back)).toMatchObject({ done: ['first'], open: 'second' });
    expect(session.judge(back).broken).toBeUndefined();
    back.run('docker run --rm -v pgdata:/a -v vv:/b busybox cp /a/f /b/');
    expect(session.judge(back).open).toBeUndefined();
  });

  it('takes back what was done since the moment it goes back to', () => {
    const { host, session } = begin();
    const start = host.log.length;
    session.judge(host);
    host.run('docker volume create vv');
    expect(session.judge(host).done).toEqual(['first']);
    session.rewound(start);
    expect(session.judge(contractHosts.before(host, start))).toMatchObject({ done: [], open: 'first' });
  });

  it('offers the hints that fit the state', () => {
    const { host, session } = begin();
    expect(session.judge(host).verdict!.hints).toEqual([0, 1, 2]);
    host.run('docker volume create ww');
    expect(session.judge(host).verdict!.hints).toEqual([0, 1, 2, 3]);
  });

  it('keeps its contract, and each goal fails alone in some state', () => {
    const { failures, rules, onTheWay, alone } = checkContract(lesson, contractHosts);
    expect(failures).toEqual([]);
    expect(onTheWay).toEqual([]);
    expect(alone).toBe(2);
    expect(rules).toBe(2);
  });

  it('breaks its contract when a rule or a hint is never seen', () => {
    const lazy = compileLesson('a.md', SOURCE.replace('  - {run: docker volume create ww}\n', '').replace('  - {run: docker rm -f pg, breaks: 0}\n', '  - {run: docker volume create uu}\n'));
    expect(checkContract(lazy, contractHosts).failures).toEqual([
      'task first: hint 3 is told in no state that was tried: hasVolume("ww")', 'no wrong route breaks the rule removed("pg")',
    ]);
  });
});

describe('a condition', () => {
  const world = worldOf(begin().host, new Map());
  const long = '"x,x,x,x,x,x,x,x,x,x".split(",")';
  it('of a stranger comes to an end', () => {
    const all = '["' + Array.from({ length: 60 }, () => 'x').join('","') + '"]';
    expect(() => evaluate(`${all}.all(a, ${all}.all(b, ${all}.all(c, c == "x")))`, world)).toThrow('takes too long');
    expect(evaluate(`${long}.all(a, ${long}.all(b, ${long}.all(c, c == "x")))`, world)).toBe(true);
  });
  it('has loops of three levels at most, and patterns that do not explode', () => {
    expect(checkExpression(`${long}.all(a, ${long}.all(b, ${long}.all(c, ${long}.all(d, true))))`)).toContain('3 deep');
    expect(checkExpression('"aaaa".matches("(a+)+$")')).toContain('repeats a group');
    expect(checkExpression('"aaaa".matches("a" + "b")')).toContain('written out');
    expect(checkExpression('"aaaa".matches("^(a|b) *(.*\\\\n)*c$")')).toBeUndefined();
  });
});
