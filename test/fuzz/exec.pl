# `docker exec NAME sh -c SCRIPT` without docker, a hundred times as quick: name, user, group ('' for none), script; exits with 222 when that has to be left to docker.
my ($name, $uid, $gid, $script) = @ARGV;
my $all = '/var/lib/docker/containers';
opendir(my $d, $all) or exit 222;
for my $id (grep { length == 64 } readdir $d) {
  open(my $f, '<', "$all/$id/config.v2.json") or next;
  local $/; my $json = <$f>;
  next unless $json =~ m{"Name":"/\Q$name\E","Driver"};
  exit 222 unless $json =~ /"Running":true,"Paused":false/;
  my ($pid) = $json =~ /"Pid":(\d+)/;
  my ($user) = $json =~ /"User":"([^"]*)"/;
  my ($at) = $json =~ /"WorkingDir":"([^"]*)"/;
  if ($uid eq '') { ($uid, $gid) = $user =~ /^(\d*)(?::(\d+))?$/ or exit 222 }
  # Root is in the group wheel.
  my @groups = $uid eq '' && !defined $gid ? (0, 10) : ();
  my @spaces = map { open(my $n, '<', "/proc/$pid/ns/$_") or exit 222; $n } qw(ipc uts net pid mnt);
  # Devices are opened as the container's cgroup allows.
  for my $group ("/sys/fs/cgroup/devices/docker/$id", "/sys/fs/cgroup/docker/$id") { if (open(my $g, '>', "$group/cgroup.procs")) { syswrite $g, "$$\n" } }
  for my $space (@spaces) { syscall(308, fileno $space, 0) == 0 or exit 222 }
  chdir($at || '/') or exit 222;
  my $child = fork;
  if ($child) { waitpid $child, 0; exit($? & 127 ? 128 + ($? & 127) : $? >> 8) }
  my %kept = map { $_ => 1 } 0, 1, 3 .. 8, 10, 13, 18, 27, 29, 31;
  for my $capability (0 .. 40) { syscall(157, 24, $capability, 0, 0, 0) unless $kept{$capability} }
  syscall(116, scalar @groups, pack('L*', @groups, 0)); syscall(106, ($gid || 0) + 0); syscall(105, ($uid || 0) + 0);
  umask 022;
  %ENV = (PATH => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME => substr($id, 0, 12), HOME => $uid ? '/' : '/root');
  exec { '/bin/sh' } 'sh', '-c', $script;
  exit 222;
}
exit 222;
