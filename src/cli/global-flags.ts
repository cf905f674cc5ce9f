// The options of `docker` itself, before any command.

import type { Flags } from './flags/flag.ts';
import { bool, list, string } from './flags/values.ts';

/** @param home for the defaults of paths */
export function globalFlags(home: string): Flags {
  const dir = `${home}/.docker`;
  return {
    config: string('', 'Location of client config files', dir),
    context: string('c', 'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context set with "docker context use")'),
    debug: bool('D', 'Enable debug mode'),
    host: list('H', 'Daemon socket to connect to', undefined, { type: 'string' }),
    'log-level': string('l', 'Set the logging level ("debug", "info", "warn", "error", "fatal")', 'info', { choices: ['debug', 'info', 'warn', 'error', 'fatal', 'panic'] }),
    tls: bool('', 'Use TLS; implied by --tlsverify'),
    tlscacert: string('', 'Trust certs signed only by this CA', `${dir}/ca.pem`),
    tlscert: string('', 'Path to TLS certificate file', `${dir}/cert.pem`),
    tlskey: string('', 'Path to TLS key file', `${dir}/key.pem`),
    tlsverify: bool('', 'Use TLS and verify the remote'),
    version: bool('v', 'Print version information and quit'),
  };
}
