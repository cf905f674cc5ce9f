# What a sequence has left on a real engine's host, and away with it: its box of outputs, the number of its steps, its prefix, names to skip in merged views.
# All texts are hexadecimal: `S <step> <exit> <stdout> <stderr>`, `T <tree>`, `E` and the fields of a TreeEntry; at last `DONE`. With no number of steps it only notes the anonymous volumes.
my ($box, $count, $prefix, $skip) = @ARGV;
my %skip = map { $_ => 1 } split /,/, $skip || '';
my $docker = '/var/lib/docker';
sub slurp { my $f; open($f, '<', $_[0]) or return ''; local $/; my $t = <$f>; defined $t ? $t : '' }
sub names { opendir(my $d, $_[0]) or return; grep { $_ ne '.' && $_ ne '..' } readdir $d }

my (%containers, %running, @noted);
for my $id (grep { length == 64 } names("$docker/containers")) {
  my $json = slurp("$docker/containers/$id/config.v2.json");
  my ($name) = $json =~ m{"Name":"/\Q$prefix\E-([^"]*)","Driver"} or next;
  $containers{$id} = $name;
  $running{$id} = $json =~ /"Running":true/;
  my ($mounts) = $json =~ /"MountPoints":(.*?),"SecretReferences"/;
  while ($mounts =~ /"Destination":"([^"]*)","RW":(?:true|false),"Name":"([0-9a-f]{64})"/g) { push @noted, "$2 anonymous $name $1" }
}
open(my $notes, '>>', "$box/anonymous"); print $notes "$_\n" for @noted; close $notes;
exit unless $count;

my @made;
for my $i (0 .. $count - 1) {
  last unless -e "$box/rc.$i";
  my $rc = slurp("$box/rc.$i"); chomp $rc;
  my $out = slurp("$box/out.$i"); $out = substr($out, 0, 1000000);
  push @made, $out =~ /^sha256:([0-9a-f]{64})$/mg;
  print join(' ', 'S', $i, $rc, 'x' . unpack('H*', $out), 'x' . unpack('H*', slurp("$box/err.$i"))), "\n";
}
sub xattrs {
  my ($path, $merged) = @_;
  my $list = "\0" x 1024;
  my $length = syscall(194 + 1, "$path\0", $list, 1024);
  my @found;
  for my $key (sort split /\0/, substr($list, 0, $length > 0 ? $length : 0)) {
    next if $key =~ /^trusted\.overlay\./ && ($merged || $key ne 'trusted.overlay.opaque');
    my $value = "\0" x 256; my $size = syscall(192, "$path\0", "$key\0", $value, 256);
    push @found, "$key=" . substr($value, 0, $size > 0 ? $size : 0);
  }
  join ',', @found;
}
sub walk {
  my ($root, $at, $merged) = @_;
  my $path = $at eq '' ? $root : "$root/$at";
  my @s = lstat $path or return;
  my ($content, $target) = ('', '');
  my $directory = ($s[2] & 0170000) == 0040000;
  $target = readlink $path if -l _;
  $content = slurp($path) if ($s[2] & 0170000) == 0100000 && $s[7] <= 65536;
  my ($major, $minor) = (($s[6] >> 8) & 0xfff, ($s[6] & 0xff) | (($s[6] >> 12) & 0xfff00));
  print join(' ', 'E', 'x' . unpack('H*', $at), @s[2, 4, 5, 3, 7, 9], $major, $minor, map { 'x' . unpack('H*', $_) } $content, $target, xattrs($path, $merged)), "\n";
  return unless $directory;
  for my $name (names($path)) {
    walk($root, $at eq '' ? $name : "$at/$name", $merged) unless $merged && $at eq '' && $skip{$name};
  }
}
sub tree { my ($name, $path) = @_; if (lstat $path) { print 'T x', unpack('H*', $name), "\n"; walk($path, '', $name =~ / merged$/) } }

tree('host', "/srv/$prefix");
for my $id (keys %containers) {
  my $layer = "$docker/overlay2/" . slurp("$docker/image/overlay2/layerdb/mounts/$id/mount-id");
  tree("container $containers{$id} layer", "$layer/diff");
  tree("container $containers{$id} merged", "$layer/merged") if $running{$id};
}
my %anonymous;
my %labels;
for (split /\n/, slurp("$box/anonymous")) {
  my ($id, $label) = split / /, $_, 2;
  $anonymous{$id} ||= $label . ($labels{$label}++ ? " $labels{$label}" : '');
}
tree($anonymous{$_}, "$docker/volumes/$_/_data") for keys %anonymous;
my @volumes = grep { /^\Q$prefix\E-/ } names("$docker/volumes");
tree('volume ' . substr($_, length($prefix) + 1), "$docker/volumes/$_/_data") for @volumes;

# All of a kind at once.
sub away {
  my @calls = map {
    my $path = $_;
    my $to;
    socket($to, 1, 1, 0) && connect($to, pack('S a*', 1, "/var/run/docker.sock\0")) or die "no engine: $!";
    syswrite $to, "DELETE /v1.51/$path HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n";
    [$path, $to];
  } @_;
  for (@calls) {
    my ($path, $from) = @$_;
    my $answer = ''; 1 while sysread $from, $answer, 4096, length $answer;
    print "STUCK $path: $answer\n" unless $answer =~ m{^HTTP/1.1 (?:200|204|404)};
  }
}
away(map { "containers/$_?force=1&v=1" } keys %containers);
away(map { "volumes/$_?force=1" } @volumes, grep { -e "$docker/volumes/$_" } keys %anonymous);
away(map { "images/$_?force=1" } grep { /^sha256:/ ? -e "$docker/image/overlay2/imagedb/content/sha256/" . substr($_, 7) : 1 } ("$prefix-i1", "$prefix-i2")) if @made;
for my $id (@made) { away("images/$id?force=1") if -e "$docker/image/overlay2/imagedb/content/sha256/$id" }
print "DONE\n";
