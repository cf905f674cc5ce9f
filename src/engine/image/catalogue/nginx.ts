// The nginx image: document root, configuration and entrypoint on top of debian; its logs go to the container's streams.

import { debian } from './debian.ts';
import { PATH, type CatalogueImage } from './catalogue-image.ts';

const VERSION = '1.29.3';

const INDEX = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
</head>
<body>
<h1>An error occurred.</h1>
<p>Sorry, the page you are looking for is currently unavailable.<br/>
Please try again later.</p>
</body>
</html>
`;

const NGINX_CONF = `
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;


events {
    worker_connections  1024;
}


http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;

    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

const DEFAULT_CONF = `server {
    listen       80;
    listen  [::]:80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}

`;

const MIME_TYPES = `
types {
    text/html                                        html htm shtml;
    text/css                                         css;
    text/xml                                         xml;
    image/gif                                        gif;
    image/jpeg                                       jpeg jpg;
    application/javascript                           js;
    text/plain                                       txt;
    image/png                                        png;
    image/svg+xml                                    svg svgz;
    application/json                                 json;
}
`;

const ENTRYPOINT = `#!/bin/sh
# vim:sw=4:ts=4:et

set -e

if [ "$1" = "nginx" ] || [ "$1" = "nginx-debug" ]; then
    echo "$0: Configuration complete; ready for start up"
fi

exec "$@"
`;

const buildkit = { comment: 'buildkit.dockerfile.v0' };

export const nginx: CatalogueImage = {
  name: 'nginx',
  tags: ['latest', '1', '1.29', VERSION, 'stable', 'mainline'],
  created: '2025-11-18T02:24:01Z',
  base: debian,
  buildkit: true,
  steps: [
    { ...buildkit, createdBy: 'LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>', config: { Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' } } },
    { ...buildkit, createdBy: `ENV NGINX_VERSION=${VERSION}`, config: { Env: [PATH, `NGINX_VERSION=${VERSION}`] } },
    {
      ...buildkit,
      createdBy: 'RUN /bin/sh -c set -x && groupadd --system --gid 101 nginx && useradd --system --gid nginx --no-create-home --uid 101 nginx && apt-get install -y nginx # buildkit',
      write(tree) {
        tree.dirs('docker-entrypoint.d etc etc/nginx etc/nginx/conf.d usr usr/sbin usr/share usr/share/nginx usr/share/nginx/html var var/cache var/cache/nginx var/log var/log/nginx');
        tree.executable('usr/sbin/nginx', 'nginx');
        tree.file('etc/nginx/nginx.conf', NGINX_CONF);
        tree.file('etc/nginx/mime.types', MIME_TYPES);
        tree.file('etc/nginx/conf.d/default.conf', DEFAULT_CONF);
        tree.file('usr/share/nginx/html/index.html', INDEX);
        tree.file('usr/share/nginx/html/50x.html', ERROR_PAGE);
        tree.symlink('/dev/stdout', 'var/log/nginx/access.log');
        tree.symlink('/dev/stderr', 'var/log/nginx/error.log');
      },
    },
    { ...buildkit, createdBy: 'COPY docker-entrypoint.sh / # buildkit', write: (tree) => tree.file('docker-entrypoint.sh', ENTRYPOINT, 0o755) },
    { ...buildkit, createdBy: 'ENTRYPOINT ["/docker-entrypoint.sh"]', config: { Entrypoint: ['/docker-entrypoint.sh'], Cmd: null } },
    { ...buildkit, createdBy: 'EXPOSE map[80/tcp:{}]', config: { ExposedPorts: { '80/tcp': {} } } },
    { ...buildkit, createdBy: 'STOPSIGNAL SIGQUIT', config: { StopSignal: 'SIGQUIT' } },
    { ...buildkit, createdBy: 'CMD ["nginx" "-g" "daemon off;"]', config: { Cmd: ['nginx', '-g', 'daemon off;'] } },
  ],
};
