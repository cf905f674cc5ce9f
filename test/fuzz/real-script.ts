// The bash script that plays a sequence on a real engine's host, lists what is left of it, and cleans up.

import { commandOf, directoryOf, forgetsVolumes, type Sequence } from './step.ts';
import { UNSEEN } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Everything as hexadecimal: `S <step> <exit> <stdout> <stderr>`, `T <tree>`, `E` and the fields of a TreeEntry. Perl without any module. */
const PERL = String.raw`
my ($box, $count, $prefix, $skip) = splice @ARGV, 0, 4;
my %skip = map { $_ => 1 } split /,/, $skip;
sub slurp { my $f; open($f, '<', $_[0]) or return ''; local $/; my $t = <$f>; defined $t ? $t : '' }
for my $i (0 .. $count - 1) {
  last unless -e "$box/rc.$i";
  my $rc = slurp("$box/rc.$i"); chomp $rc;
  print join(' ', 'S', $i, $rc, 'x' . unpack('H*', slurp("$box/out.$i")), 'x' . unpack('H*', slurp("$box/err.$i"))), "\n";
}
my $key = "trusted.overlay.opaque\0";
sub walk {
  my ($root, $at, $merged) = @_;
  my $path = $at eq '' ? $root : "$root/$at";
  my @s = lstat $path or return;
  my ($content, $target, $opaque) = ('', '', 0);
  $target = readlink $path if -l _;
  if (($s[2] & 0170000) == 0100000) { $content = slurp($path) }
  elsif (($s[2] & 0170000) == 0040000 && !$merged) {
    my ($value, $name) = ("\0" x 8, "$path\0");
    $opaque = 1 if syscall(192, $name, $key, $value, 8) > 0 && substr($value, 0, 1) eq 'y';
  }
  my ($major, $minor) = (($s[6] >> 8) & 0xfff, ($s[6] & 0xff) | (($s[6] >> 12) & 0xfff00));
  print join(' ', 'E', 'x' . unpack('H*', $at), @s[2, 4, 5, 3, 7, 9], $major, $minor, 'x' . unpack('H*', $content), 'x' . unpack('H*', $target), $opaque), "\n";
  return unless ($s[2] & 0170000) == 0040000;
  my $d; opendir($d, $path) or return;
  my @names = grep { $_ ne '.' && $_ ne '..' } readdir $d;
  closedir $d;
  for my $name (@names) {
    next if $merged && $at eq '' && $skip{$name};
    walk($root, $at eq '' ? $name : "$at/$name", $merged);
  }
}
while (@ARGV) {
  my ($name, $path) = splice @ARGV, 0, 2;
  next unless lstat $path;
  print 'T x', unpack('H*', $name), "\n";
  walk($path, '', $name =~ / merged$/);
}
`;

/** Lines `id running name` of the sequence's containers, and `volume TAB label` of their anonymous volumes. */
const jq = (prefix: string, program: string): string =>
  `jq -r 'select(.Name | startswith("/${prefix}-")) | (.Name[${prefix.length + 2}:]) as $n | ${program}' /var/lib/docker/containers/*/config.v2.json 2>/dev/null`;

const note = (prefix: string): string =>
  `${jq(prefix, `.MountPoints[]? | select(.Type == "volume" and (.Name | length) == 64) | "\\(.Name) anonymous \\($n) \\(.Destination)"`)} >>$_box/anonymous`;

export function realScript({ prefix, steps }: Sequence): string {
  const lines = [`_box=$(mktemp -d /tmp/fz.XXXXXX); cd`];
  for (const [index, step] of steps.entries()) {
    const command = commandOf(step);
    if (forgetsVolumes(command)) lines.push(note(prefix));
    lines.push(`eval ${quoted(command)} >$_box/out.${index} 2>$_box/err.${index} </dev/null; echo $? >$_box/rc.${index}`);
  }
  const names = `docker rm -fv $(${jq(prefix, '.ID')}); docker volume rm -f $(cut -c 1-64 $_box/anonymous) $(ls /var/lib/docker/volumes | grep '^${prefix}-'); docker rmi -f ${prefix}-i1 ${prefix}-i2 $(grep -hEo '^sha256:[0-9a-f]{64}$' $_box/out.*)`;
  lines.push(
    'cd', note(prefix), `_trees=(host ${directoryOf(prefix)})`,
    `while read -r _id _running _name; do
      _layer=/var/lib/docker/overlay2/$(cat /var/lib/docker/image/overlay2/layerdb/mounts/$_id/mount-id)
      _trees+=("container $_name layer" $_layer/diff); [ $_running = true ] && _trees+=("container $_name merged" $_layer/merged)
    done < <(${jq(prefix, '"\\(.ID) \\(.State.Running) \\($n)"')})`,
    `while read -r _id _label; do case " \${_trees[*]} " in *"$_id"*) ;; *) _trees+=("$_label" /var/lib/docker/volumes/$_id/_data);; esac; done <$_box/anonymous`,
    `for _id in $(ls /var/lib/docker/volumes | grep '^${prefix}-'); do _trees+=("volume \${_id:${prefix.length + 1}}" /var/lib/docker/volumes/$_id/_data); done`,
    `perl -e ${quoted(PERL)} $_box ${steps.length} ${prefix} ${[...UNSEEN].join(',')} "\${_trees[@]}"`,
    `{ ${names}; rm -rf ${directoryOf(prefix)}; } >$_box/clean 2>&1`,
    `docker ps -aq --filter name=^/${prefix}- | grep -q . && { echo STUCK; cat $_box/clean; docker rm -fv $(docker ps -aq --filter name=^/${prefix}-) 2>&1; }`, 'rm -rf $_box',
    'echo DONE',
  );
  return lines.join('\n');
}
