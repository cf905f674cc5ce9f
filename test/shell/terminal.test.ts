// Sessions at a terminal, as they were recorded with the real shells (pids apart).

import { describe, expect, it } from 'vitest';
import { TestMachine } from './machine.ts';
import { Session } from './session.ts';

const ENV = { HOME: '/root', PATH: '/usr/local/bin:/usr/bin:/bin', TERM: 'xterm' };
const CTRL_C = '\x03';
const CTRL_D = '\x04';
const CTRL_Z = '\x1a';

function bash(): Session {
  return new Session(new TestMachine('bash'), '/usr/bin/bash', ['bash', '--norc', '-i'], ENV);
}

/** What the screen shows after each of the keys. */
function talk(session: Session, ...keys: string[]): string {
  for (const key of keys) session.type(key, 300);
  return session.screen().replace(/^\[\d+\] \d+$/gm, (line) => line.replace(/\d+$/, 'PID'));
}

describe('bash', () => {
  it('runs, stops and resumes jobs', () => {
    const session = bash();
    expect(talk(session, 'sleep 5 &\n', 'jobs\n', 'sleep 10\n', CTRL_C, 'sleep 20\n', CTRL_Z, 'jobs\n', 'bg\n', 'jobs\n', 'fg %1\n', CTRL_C, 'echo $?\n')).toBe(`bash-5.3# sleep 5 &
[1] PID
bash-5.3# jobs
[1]+  Running                    sleep 5 &
bash-5.3# sleep 10
^C
bash-5.3# sleep 20
^Z
[2]+  Stopped                    sleep 20
bash-5.3# jobs
[1]-  Running                    sleep 5 &
[2]+  Stopped                    sleep 20
bash-5.3# bg
[2]+ sleep 20 &
bash-5.3# jobs
[1]-  Running                    sleep 5 &
[2]+  Running                    sleep 20 &
bash-5.3# fg %1
sleep 5
^C
bash-5.3# echo $?
130
bash-5.3# `);
  });

  it('leaves loops and lists at Ctrl-C, and lines that fail', () => {
    const session = bash();
    expect(talk(session, 'for i in 1 2; do sleep 9; echo $i; done\n', CTRL_C, 'while :; do :; done\n', CTRL_C, 'echo abc', CTRL_C, 'set -u\n', 'echo $zz; echo no\n', 'echo $((1/0)); echo no\n', 'echo )\n', 'nosuch\n')).toBe(`bash-5.3# for i in 1 2; do sleep 9; echo $i; done
^C
bash-5.3# while :; do :; done
^C
bash-5.3# echo abc^C
bash-5.3# set -u
bash-5.3# echo $zz; echo no
bash: zz: unbound variable
bash-5.3# echo $((1/0)); echo no
bash: 1/0: division by 0 (error token is "0")
bash-5.3# echo )
bash: syntax error near unexpected token \`)'
bash-5.3# nosuch
bash: nosuch: command not found
bash-5.3# `);
  });

  it('asks for the rest of a command, knows aliases and history', () => {
    const session = bash();
    expect(talk(session, 'if true\n', 'then echo y\n', 'fi\n', 'cat <<E\n', 'hi\n', 'E\n', 'echo "abc\n', 'def"\n', 'echo a \\\n', 'b\n', 'alias ll="echo L"\n', 'll x; type ll\n', '!!\n', 'echo $-\n')).toBe(`bash-5.3# if true
> then echo y
> fi
y
bash-5.3# cat <<E
> hi
> E
hi
bash-5.3# echo "abc
> def"
abc
def
bash-5.3# echo a \\
> b
a b
bash-5.3# alias ll="echo L"
bash-5.3# ll x; type ll
L x
ll is aliased to \`echo L'
bash-5.3# !!
ll x; type ll
L x
ll is aliased to \`echo L'
bash-5.3# echo $-
himBHs
bash-5.3# `);
  });

  it('tells how jobs ended, and warns of stopped ones before it leaves', () => {
    const session = bash();
    expect(talk(session, 'sh -c "kill -9 \\$\\$"\n', '(sleep 0.1; exit 3) &\n', 'echo $?\n', 'sleep 9 | cat\n', CTRL_Z, 'exit\n', 'exit\n')).toBe(`bash-5.3# sh -c "kill -9 \\$\\$"
Killed                     sh -c "kill -9 \\$\\$"
bash-5.3# (sleep 0.1; exit 3) &
[1] PID
bash-5.3# echo $?
0
[1]+  Exit 3                     ( sleep 0.1; exit 3 )
bash-5.3# sleep 9 | cat
^Z
[1]+  Stopped                    sleep 9 | cat
bash-5.3# exit
exit
There are stopped jobs.
bash-5.3# exit
exit
`);
    expect(session.ended).toBe(true);
  });

  it('shows the prompt asked for and leaves at Ctrl-D', () => {
    const session = bash();
    expect(talk(session, "PS1='\\u@\\h:\\w\\$ '\n", 'cd /usr/bin\n', 'cd\n', CTRL_D)).toBe("bash-5.3# PS1='\\u@\\h:\\w\\$ '\nroot@docker-host:/# cd /usr/bin\nroot@docker-host:/usr/bin# cd\nroot@docker-host:~# exit\n");
    expect(session.ended).toBe(true);
  });
});

describe('ash', () => {
  it('has its own words', () => {
    const session = new Session(new TestMachine('ash'), '/bin/sh', ['sh'], ENV);
    expect(talk(session, 'sleep 5 &\n', 'jobs\n', 'sleep 20\n', CTRL_Z, 'bg\n', 'fg %1\n', CTRL_C, 'nosuch\n', 'cd /nope\n', 'echo )\n', 'sh -c "kill \\$\\$"\n', '(exit 3) &\n', '\n', 'echo $-\n', 'while :; do :; done\n', CTRL_C, 'read x\n', CTRL_C, 'exit\n')).toBe(`

BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) built-in shell (ash)
Enter 'help' for a list of built-in commands.

/ # sleep 5 &
/ # jobs
[1]+  Running                    sleep 5
/ # sleep 20
^Z[2]+  Stopped                    sleep 20
/ # bg
[2] sleep 20
/ # fg %1
sleep 5
^C
/ # nosuch
sh: nosuch: not found
/ # cd /nope
sh: cd: can't cd to /nope: No such file or directory
/ # echo )
sh: syntax error: unexpected ")"
/ # sh -c "kill \\$\\$"
Terminated
/ # (exit 3) &
/ # 
[1]+  Done(3)                    (exit 3)
/ # echo $-
smi
/ # while :; do :; done
^C
/ # read x
^C
/ # exit
`);
    expect(session.ended).toBe(true);
  });
});
