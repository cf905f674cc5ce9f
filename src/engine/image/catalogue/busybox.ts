// The busybox image of every fresh host: one program under all its names, imported as a single layer.

import { APPLETS } from './busybox-applets.ts';
import type { CatalogueImage } from './catalogue-image.ts';

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;

const GROUPS = 'root:x:0: daemon:x:1: bin:x:2: sys:x:3: adm:x:4: tty:x:5: disk:x:6: lp:x:7: mail:x:8: kmem:x:9: wheel:x:10:root cdrom:x:11: dialout:x:18: floppy:x:19: video:x:28: audio:x:29: tape:x:32: www-data:x:33: operator:x:37: utmp:x:43: plugdev:x:46: staff:x:50: lock:x:54: netdev:x:82: users:x:100: nobody:x:65534:';

export const busybox: CatalogueImage = {
  name: 'busybox',
  tags: ['latest', '1', '1.38'],
  created: '2026-11-10T08:12:07.555590939Z',
  steps: [{
    comment: 'Imported from -',
    config: { Cmd: ['sh'] },
    write(tree) {
      tree.dirs('bin dev etc home');
      tree.dirs('root', 0o700);
      tree.dirs('tmp', 0o1777);
      tree.dirs('usr usr/sbin usr/bin var var/spool var/spool/mail var/www');
      tree.executable('bin/busybox', 'busybox', 2063232);
      tree.links('bin/busybox', 'bin', APPLETS);
      tree.links('bin/busybox', 'usr/bin', ['env']);
      tree.file('etc/passwd', PASSWD);
      tree.file('etc/group', GROUPS.replaceAll(' ', '\n') + '\n');
      tree.file('etc/shadow', 'root:*:10933:0:99999:7:::\n', 0o600);
      tree.own('home', 65534, 65534);
    },
  }],
};
