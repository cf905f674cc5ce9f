// Go templates: what they print and what they refuse.

import { expect, test } from 'vitest';
import { compile, execute } from '../../src/cli/template/execute.ts';
import { typed } from '../../src/cli/template/typed.ts';
import { untyped } from '../../src/cli/template/value.ts';

const data = { Name: '/web', Args: ['a', 'b'], Labels: { env: 'dev', tier: 'web' }, Count: 3, On: true, Off: false, Nothing: null };
const run = (source: string, value: unknown = data, strict = false) => {
  try {
    return execute(compile(source), value, { strict });
  } catch (error) {
    return `! ${(error as Error).message}`;
  }
};

test.each([
  ['{{.Name}} {{.Args}} {{.Labels}} {{.Count}} {{.Nope}}', '/web [a b] map[env:dev tier:web] 3 <no value>'],
  ['{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}', 'env=dev;tier=web;'],
  ['{{range $i, $e := .Args}}{{$i}}{{$e}}{{else}}none{{end}}', '0a1b'],
  ['{{range .Nope}}x{{else}}none{{end}}', 'none'],
  ['{{with .Nope}}x{{else with .Name}}{{.}}{{end}}', '/web'],
  ['{{if and .On (not .Off)}}a{{else if .Off}}b{{else}}c{{end}}', 'a'],
  ['a {{- "b" -}} c{{/* no */}}', 'abc'],
  ['{{$x := 1}}{{range .Args}}{{$x = 2}}{{end}}{{$x}}', '2'],
  ['{{define "t"}}[{{.}}]{{end}}{{template "t" .Name}}', '[/web]'],
  ['{{index .Labels "env"}}{{index .Args 1}}{{len .Args}}{{slice .Name 1 3}}', 'devb2we'],
  ['{{printf "%-5s|%03d|%q|%v|%t" "a" 7 "b" .Args true}}', 'a    |007|"b"|[a b]|true'],
  ['{{printf "%d" "x"}} {{printf "%s" 1}} {{printf "%d"}} {{printf "%d" 1 2}}', '%!d(string=x) %!s(int=1) %!d(MISSING) 1%!(EXTRA int=2)'],
  ['{{print 1 2 "a" "b" 3}}{{println "x" 1}}', '1 2ab3x 1\n'],
  ['{{html "<a>"}} {{js "a\'b"}} {{urlquery "a b"}}', '&lt;a&gt; a\\\'b a+b'],
  ['{{join .Args ","}} {{upper .Name}} {{title "ab cd"}} {{split "a:b" ":"}} {{pad .Name 1 1}}| {{truncate .Name 2}} {{json .Labels}}', 'a,b /WEB Ab Cd [a b]  /web | /w {"env":"dev","tier":"web"}'],
  ['{{eq .Count 1 2 3}} {{ne 1 2}} {{lt 1 2}} {{ge "b" "a"}}', 'true true true true'],
  ['{{range .Args}}{{.}}{{break}}{{end}}{{range .Args}}{{continue}}x{{end}}', 'a'],
  ['{{"a\\tb"}} {{`c\\d`}} {{0x10}} {{1.5}}', 'a\tb c\\d 16 1.5'],
])('%s', (source, expected) => expect(run(source)).toBe(expected));

test.each([
  ['{{.Name', 'template: :1: unclosed action'],
  ['{{nope}}', 'template: :1: function "nope" not defined'],
  ['{{$y}}', 'template: :1: undefined variable "$y"'],
  ['{{if .Name}}', 'template: :1: unexpected EOF'],
  ['{{end}}', 'template: :1: unexpected {{end}}'],
  ['{{range}}x{{end}}', 'template: :1: missing value for range'],
  ['{{"abc}}', 'template: :1: unterminated quoted string'],
  ['{{.Na-me}}', "template: :1: bad character U+002D '-'"],
  ['{{/* x }}', 'template: :1: unclosed comment'],
  ['{{index .Args 5}}', 'template: :1:2: executing "" at <index .Args 5>: error calling index: index out of range: 5'],
  ['{{upper}}', 'template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0'],
  ['{{join .Name ","}}', 'template: :1:7: executing "" at <.Name>: wrong type for value; expected []string; got string'],
  ['{{nil}}', 'template: :1:2: executing "" at <nil>: nil is not a command'],
  ['{{"a" 1}}', 'template: :1:2: executing "" at <"a">: can\'t give argument to non-function "a"'],
  ['x\n{{len .Count}}', 'template: :2:2: executing "" at <len .Count>: error calling len: len of type int'],
])('refuses %s', (source, expected) => expect(run(source)).toBe(`! ${expected}`));

test('untyped JSON refuses missing keys', () => {
  expect(run('{{.Nope}}', untyped(data), true)).toBe('! template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"');
  expect(run('{{.Labels.Nope}}', untyped(data), true)).toBe('! template: :1:9: executing "" at <.Labels.Nope>: map has no entry for key "Nope"');
  expect(run('{{.Name.Foo}}', untyped(data), true)).toBe('! template: :1:7: executing "" at <.Name.Foo>: can\'t evaluate field Foo in type interface {}');
});

test('typed objects print as Go structs', () => {
  const mount = { Type: 'bind', Source: '/a', Destination: '/b', Mode: '', RW: true, Propagation: 'rprivate' };
  const container = typed('container.InspectResponse', { Id: 'abc', Mounts: [mount], Config: { Labels: null, Env: null }, State: { Status: 'created', ExitCode: 0 } });
  expect(run('{{.Mounts}} {{range .Mounts}}{{.Name}}|{{end}}', container)).toBe('[{bind  /a /b   true rprivate}] |');
  expect(run('{{.Config.Labels}} {{json .Config.Labels}} {{.Config.Env}} {{index .Config.Labels "x"}}|{{.State.Health}}', container)).toBe('map[] null [] |<nil>');
  expect(run('{{.ID}} {{.State.ExitCode}}', container)).toBe('abc 0');
  expect(run('{{.Nope}}', typed('volume.Volume', { Name: 'v' }))).toBe('! template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type volume.Volume');
});
