// What a login sets: the environment of root's and dev's shells.

import { DEV } from './accounts.ts';

export const ROOT_ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: '/root', USER: 'root', LOGNAME: 'root', SHELL: '/bin/bash', PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', TERM: 'xterm-256color',
};

export const DEV_ENVIRONMENT: Readonly<Record<string, string>> = {
  ...ROOT_ENVIRONMENT, HOME: DEV.home, USER: 'dev', LOGNAME: 'dev', PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games',
};
