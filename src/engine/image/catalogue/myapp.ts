// The myapp image of every fresh host: it counts its starts in /app/data and stays up.

import { busybox } from './busybox.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';
import { MYAPP } from './own-sources.ts';

export const myapp: CatalogueImage = {
  name: 'myapp',
  tags: ['latest'],
  created: '2026-11-17T10:42:07.818209374Z',
  base: busybox,
  legacy: true,
  steps: [
    {
      createdBy: '/bin/sh -c #(nop) COPY file:5c331c5ef261f7113b750fdf885c8f76f0d96df745b7567f4fd217d12ee5a236 in /app/myapp ',
      config: { Env: [PATH] },
      write(tree) {
        tree.dirs('app');
        tree.file('app/myapp', MYAPP.files.myapp, 0o755);
      },
    },
    {
      createdBy: '/bin/sh -c #(nop) COPY file:7a23fe28b9f52dd92f66adad9e25f8a0618a84b0268e5cf628765cfaec94a2bc in /app/data/README ',
      write(tree) {
        tree.dirs('app app/data');
        tree.file('app/data/README', MYAPP.files.README);
      },
    },
    { createdBy: '/bin/sh -c #(nop) WORKDIR /app', config: { WorkingDir: '/app' } },
    { createdBy: '/bin/sh -c #(nop)  CMD ["/app/myapp"]', config: { Cmd: ['/app/myapp'] } },
  ],
};
