// The whole command tree: `docker` and all below it.

import { command, exactArgs, type GroupCommand, maxArgs, minArgs, refused, renamed } from '../command.ts';
import { CliError, notSimulated } from '../errors.ts';
import { bool, filter, int, string } from '../flags/values.ts';
import { buildContext } from './builder/context.ts';
import { build, builder, buildx } from './builder/index.ts';
import { compose } from './compose/index.ts';
import { attach, container, cp, ls as containerLs, shared } from './container/index.ts';
import { image, history, importCommand, load, ls as imageLs, pull, push, rm as imageRm, save, tag } from './image/index.ts';
import { inspect } from './inspect.ts';
import { network } from './network/index.ts';
import { events, info, system, version } from './system/index.ts';
import { volume } from './volume/index.ts';

const login = command({
  name: 'login', usage: '[OPTIONS] [SERVER]', short: 'Authenticate to a registry', long: 'Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.',
  args: maxArgs(1), top: 9,
  flags: { username: string('u', 'Username'), password: string('p', 'Password or Personal Access Token (PAT)'), 'password-stdin': bool('', 'Take the Password or Personal Access Token (PAT) from stdin') },
  *run(cli, f) {
    if (f['password-stdin'] && f.password) throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
    if (f.password) yield* cli.err('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
    if (f['password-stdin'] && !f.username) throw new CliError('the --password-stdin option requires --username to be set');
    if ((!f.username || !(f.password || f['password-stdin'])) && !cli.isTerminal(0)) throw new CliError('Error: Cannot perform an interactive login from a non TTY device');
    throw notSimulated('logging in to a registry');
  },
});

const logout = command({
  name: 'logout', usage: '[SERVER]', short: 'Log out from a registry', long: 'Log out from a registry.\nIf no server is specified, the default is defined by the daemon.', args: maxArgs(1), top: 10,
  flags: {},
  *run(cli, _, [server = 'https://index.docker.io/v1/']) {
    yield* cli.out(`Removing login credentials for ${server}\n`);
  },
});

const search = command({
  name: 'search', usage: '[OPTIONS] TERM', short: 'Search Docker Hub for images', args: exactArgs(1), top: 11,
  flags: { filter: filter('f', 'Filter output based on conditions provided'), format: string('', 'Pretty-print search using a Go template'), limit: int('', 'Max number of search results'), 'no-trunc': bool('', "Don't truncate output") },
  *run() {
    throw notSimulated("'docker search'");
  },
});

/** A group of which only the list of its commands is here. */
const group = (name: string, short: string, table: string, more: Partial<GroupCommand> = {}): GroupCommand => ({ name, short, commands: refused(`${name} `, table), ...more });

const MANIFEST = `The **docker manifest** command has subcommands for managing image manifests and
manifest lists. A manifest list allows you to use one name to refer to the same image
built for multiple architectures.

To see help for a subcommand, use:

    docker manifest CMD --help

For full details on using docker manifest lists, see the registry v2 specification.`;

const elsewhere: GroupCommand[] = [
  group('config', 'Manage Swarm configs', `create|Create a config from a file or STDIN
    inspect|Display detailed information on one or more configs
    ls|List configs
    rm|Remove one or more configs`, { swarm: true, hidden: true }),
  group('context', 'Manage contexts', `create|Create a context
    export|Export a context to a tar archive FILE or a tar stream on STDOUT.
    import|Import a context from a tar or zip file
    inspect|Display detailed information on one or more contexts
    ls|List contexts
    rm|Remove one or more contexts
    show|Print the name of the current context
    update|Update a context
    use|Set the current docker context`),
  group('manifest', 'Manage Docker image manifests and manifest lists', `annotate|Add additional information to a local image manifest
    create|Create a local manifest list for annotating and pushing to a registry
    inspect|Display an image manifest, or manifest list
    push|Push a manifest list to a repository
    rm|Delete one or more manifest lists from local storage`, { long: MANIFEST, experimental: true, usage: ' COMMAND' }),
  group('node', 'Manage Swarm nodes', `demote|Demote one or more nodes from manager in the swarm
    inspect|Display detailed information on one or more nodes
    ls|List nodes in the swarm
    promote|Promote one or more nodes to manager in the swarm
    ps|List tasks running on one or more nodes, defaults to current node
    rm|Remove one or more nodes from the swarm
    update|Update a node`, { swarm: true, hidden: true }),
  group('plugin', 'Manage plugins', `create|Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.
    disable|Disable a plugin
    enable|Enable a plugin
    inspect|Display detailed information on one or more plugins
    install|Install a plugin
    ls|List plugins
    push|Push a plugin to a registry
    rm|Remove one or more plugins
    set|Change settings for a plugin
    upgrade|Upgrade an existing plugin`),
  group('secret', 'Manage Swarm secrets', `create|Create a secret from a file or STDIN as content
    inspect|Display detailed information on one or more secrets
    ls|List secrets
    rm|Remove one or more secrets`, { swarm: true, hidden: true }),
  group('service', 'Manage Swarm services', `create|Create a new service
    inspect|Display detailed information on one or more services
    logs|Fetch the logs of a service or task
    ls|List services
    ps|List the tasks of one or more services
    rm|Remove one or more services
    rollback|Revert changes to a service's configuration
    scale|Scale one or multiple replicated services
    update|Update a service`, { swarm: true, hidden: true }),
  group('stack', 'Manage Swarm stacks', `config|Outputs the final config file, after doing merges and interpolations
    deploy|Deploy a new stack or update an existing stack
    ls|List stacks
    ps|List the tasks in the stack
    rm|Remove one or more stacks
    services|List the services in the stack`, { swarm: true, hidden: true, usage: ' [OPTIONS]' }),
  group('swarm', 'Manage Swarm', `init|Initialize a swarm
    join|Join a swarm as a node and/or manager`, { swarm: true }),
  {
    name: 'trust', short: 'Manage trust on Docker images',
    commands: [
      ...refused('trust ', `inspect|Return low-level information about keys and signatures
        revoke|Remove trust for an image
        sign|Sign an image`),
      group('key', 'Manage keys for signing Docker images', `generate|Generate and load a signing key-pair
        load|Load a private key file for signing`),
      group('signer', 'Manage entities who can sign Docker images', `add|Add a signer
        remove|Remove a signer`),
    ],
  },
];

/** Without an experimental daemon the real one refuses it, too. */
const checkpoint = command({
  name: 'checkpoint', usage: '', short: 'Manage checkpoints', args: minArgs(0), stopAtArgument: true, hidden: true, flags: {},
  *run() {
    throw new CliError('docker checkpoint is only supported on a Docker daemon with experimental features enabled');
  },
});

export const rootCommand: GroupCommand = {
  name: 'docker', short: 'A self-sufficient runtime for containers', footer: 'For more help on how to use Docker, head to https://docs.docker.com/go/guides/',
  commands: [
    ...shared, renamed(containerLs, 'ps', { aliases: [] }),
    renamed(imageLs, 'images', { aliases: [] }), renamed(imageRm, 'rmi', { aliases: [] }), history, importCommand, load, pull, push, save, tag,
    { ...build, top: 4 }, ...refused('', 'bake|Build from a file').map((each) => ({ ...each, top: 5 })),
    inspect, events, info, version, login, logout, search, builder, buildx, compose({ buildContext, copy: cp, attach }), container, image(build), network, system, volume, ...elsewhere, checkpoint,
  ],
};
