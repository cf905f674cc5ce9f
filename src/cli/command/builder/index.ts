// `docker builder` and `docker buildx`.

import { type GroupCommand, isGroup, refused } from '../../command.ts';
import { bool, string } from '../../flags/values.ts';
import { build, builderBuild, buildxBuild } from './build.ts';
import { du } from './du.ts';
import { ls } from './ls.ts';
import { buildxPrune, prune } from './prune.ts';
import { version } from './version.ts';

const FOOTER = 'Experimental commands and flags are hidden. Set BUILDX_EXPERIMENTAL=1 to show them.';

const flags = (initial: string) => ({ builder: string('', 'Override the configured builder instance', initial), debug: bool('D', 'Enable debug logging') });

const history: GroupCommand = {
  name: 'history', short: 'Commands to work on build records', flags: flags(''), plugin: true,
  commands: refused('buildx history ', `export|Export build records into Docker Desktop bundle
    import|Import build records into Docker Desktop
    inspect|Inspect a build record
    logs|Print the logs of a build record
    ls|List build records
    open|Open a build record in Docker Desktop
    rm|Remove build records`).map((each) => (each.name === 'inspect' ? { ...each, listed: 'management' } : each)),
};

const imagetools: GroupCommand = {
  name: 'imagetools', short: 'Commands to work on images in registry', flags: flags(''), plugin: true,
  commands: refused('buildx imagetools ', `create|Create a new image based on source images
    inspect|Show details of an image in the registry`),
};

const commands = [
  history, imagetools, du, ls, version,
  ...refused('buildx ', `bake|Build from a file
    create|Create a new builder instance
    dial-stdio|Proxy current stdio streams to builder instance
    inspect|Inspect current builder instance
    rm|Remove one or more builder instances
    stop|Stop builder instance
    use|Set the current builder instance`),
];

export const buildx: GroupCommand = { name: 'buildx', short: 'Docker Buildx', long: 'Extended build capabilities with BuildKit', plugin: true, listed: '*', flags: flags(''), footer: FOOTER, commands: [buildxBuild, buildxPrune, ...commands] };

export const builder: GroupCommand = {
  ...buildx, name: 'builder', short: 'Manage builds', path: 'docker buildx', listed: 'management', flags: flags('default'), commands: [builderBuild, prune, ...commands.map((each) => (isGroup(each) ? { ...each, flags: flags('default') } : each))],
};

export { build };
