// `docker buildx ls`: there is one builder.

import { command, noArgs } from '../../command.ts';
import { notSimulated } from '../../errors.ts';
import { bool, string } from '../../flags/values.ts';
import { render } from '../../formatter/table.ts';
import { Struct } from '../../template/value.ts';

export const ls = command({
  name: 'ls', usage: '', short: 'List builder instances', args: noArgs, plugin: true, path: 'docker buildx ls',
  flags: { debug: bool('D', 'Enable debug logging'), format: string('', 'Format the output', 'table'), 'no-trunc': bool('', "Don't truncate output") },
  *run(cli, f) {
    if (f.format === 'json') throw notSimulated('buildx ls --format json');
    const row = (Name: string, DriverEndpoint: string, Status: string, Buildkit: string, Platforms: string) => new Struct('*commands.lsContext', { Name, DriverEndpoint, Status, Buildkit, Platforms });
    yield* cli.out(render(f.format === 'table' ? 'table {{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}' : f.format,
      { Name: 'NAME/NODE', DriverEndpoint: 'DRIVER/ENDPOINT', Status: 'STATUS', Buildkit: 'BUILDKIT', Platforms: 'PLATFORMS' }, f.format === 'table'
        ? [row('default*', 'docker', '', '', ''), row(' \\_ default', ' \\_ default', 'running', 'v0.0.0+unknown', f['no-trunc'] ? 'linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386' : 'linux/amd64 (+3), linux/386')]
        : [row('default', 'docker', '', '', ''), row('default', 'default', 'running', 'v0.0.0+unknown', 'linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/386')]));
  },
});
