// A thousand random lines, valid and broken: each ends with a prompt, and no exception escapes.

import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { SIM_OPTIONS } from '../../src/headless/sim-options.ts';
import { createHost } from '../../src/host/create-host.ts';

const WORDS = [
  'docker', 'run', '--rm', '-d', '-v', 'data:/data', '/root:/host:ro', '--name', 'web', 'db', 'busybox', 'myapp', 'nosuch:tag', 'volume', 'ls', 'rm', '-f', 'inspect', 'create',
  'ps', '-a', 'exec', 'logs', 'stop', '-t', '0', 'cp', 'web:/etc/passwd', '.', '--mount', 'type=tmpfs,dst=/t', 'type=bind,src=/nope,dst=/x', '--tmpfs', '/t:size=1m', 'diff', 'commit',
  'cat', '/etc/passwd', 'echo', '"a b"', "'c d'", '$HOME', '${x:-y}', '$(echo sub)', '`date`', '|', '||', '&&', ';', '&', '>', '>>', '<', '2>&1', 'out', '/dev/null', '<<<', 'text', '(', ')', '{', '}',
  'if', 'true', 'then', 'fi', 'while', 'false', 'do', 'done', 'for', 'i', 'in', '1 2 3', 'case', 'esac', '[[', ']]', '==', '!', '*', '?', '[a-z]', '~', '\\', '"', "'", '$', '$((1+2))', '$((', '--help', '--format', '{{.Name}}', '{{',
  'sed', 's/a/b/', 'grep', '-n', 'root', 'awk', '{print $1}', 'sort', 'wc', '-l', 'tar', 'czf', 'x.tgz', 'find', '-name', 'mkdir', '-p', 'd/e', 'ln', '-s', 'mv', 'touch', 'f', 'chmod', '600', 'kill', '%1', 'set', '-e', 'trap', 'EXIT', 'cd', '/', 'x=1', 'jq', '.[0]', 'é', '日本', '\t',
];

describe('random lines', () => {
  for (let part = 0; part < 10; part++) {
    it(`${part * 100 + 1} to ${part * 100 + 100}`, () => {
      const random = new Random(part + 1), host = createHost({ ...SIM_OPTIONS, seed: part });
      const faults: string[] = [];
      let line = '';
      host.onFault((error) => faults.push(`${line}\n${error.stack}`));
      for (let i = 0; i < 100; i++) {
        line = Array.from({ length: 1 + random.below(9) }, () => WORDS[random.below(WORDS.length)]).join(random.below(8) ? ' ' : '');
        const { exit } = host.run(line);
        expect(Number.isInteger(exit), line).toBe(true);
      }
      expect(host.run('echo still here').stdout).toContain('still here');
      expect(faults).toEqual([]);
    });
  }
});
