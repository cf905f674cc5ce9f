// Published ports: a listener of dockerd on the host that passes connections on to the container, both ways.

import { ApiError } from '../../api/errors.ts';
import type { Task } from '../../base/task.ts';
import { KernelError } from '../../kernel/errno.ts';
import type { Syscalls } from '../../kernel/syscalls.ts';
import type { Container } from '../container/container.ts';
import type { EngineContext } from '../engine-context.ts';
import { sortedKeys } from '../container/merge-config.ts';

const FIRST_EPHEMERAL = 32768;

/** Host ports in use by containers, and how to close them again. */
export class PublishedPorts {
  readonly #context: EngineContext;
  /** `tcp:8080` → container id. */
  readonly #taken = new Map<string, string>();
  readonly #listeners = new Map<string, number[]>();

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Fill `container.ports` and listen. @throws system (port taken) */
  publish(container: Container, address: string, endpointId: string): void {
    const { hostConfig, config } = container;
    const exposed = new Set([...Object.keys(config.ExposedPorts ?? {}), ...Object.keys(hostConfig.PortBindings ?? {})]);
    const ports: Container['ports'] = {};
    for (const port of exposed) {
      const bindings = hostConfig.PortBindings?.[port] ?? (hostConfig.PublishAllPorts ? [{ HostIp: '', HostPort: '' }] : []);
      ports[port] = bindings.length ? bindings.flatMap(({ HostIp, HostPort }) => {
        const bound = this.#bind(container, address, endpointId, port, HostIp, HostPort);
        return HostIp ? [{ HostIp, HostPort: bound }] : [{ HostIp: '0.0.0.0', HostPort: bound }, { HostIp: '::', HostPort: bound }];
      }) : null;
    }
    container.ports = sortedKeys(ports) ?? {};
  }

  #bind(container: Container, address: string, endpointId: string, port: string, hostIp: string, hostPort: string): string {
    const { sys } = this.#context;
    const [target = '', protocol = 'tcp'] = port.split('/');
    const fault = (why: string) => new ApiError('system', `failed to set up container networking: driver failed programming external connectivity on endpoint ${container.name.slice(1)} (${endpointId}): ${why}`);
    const number = hostPort ? Number(hostPort.split('-')[0]) : this.#freePort(protocol);
    const ip = hostIp || '0.0.0.0';
    if (this.#taken.has(`${protocol}:${number}`)) throw fault(`Bind for ${ip}:${number} failed: port is already allocated`);
    if (protocol === 'tcp') {
      let listener: number;
      try {
        listener = sys.listen(ip, number);
      } catch (error) {
        if (!(error instanceof KernelError)) throw error;
        throw fault(`failed to bind host port for ${ip}:${number}:${address}:${target}/tcp: address already in use`);
      }
      sys.setCloseOnExec(listener, true);
      this.#listeners.set(container.id, [...this.#listeners.get(container.id) ?? [], listener]);
      sys.thread(() => serve(sys, listener, address, Number(target)));
    }
    this.#taken.set(`${protocol}:${number}`, container.id);
    return String(number);
  }

  #freePort(protocol: string): number {
    let number = FIRST_EPHEMERAL;
    while (this.#taken.has(`${protocol}:${number}`)) number++;
    return number;
  }

  withdraw(container: Container): void {
    for (const [key, id] of this.#taken) if (id === container.id) this.#taken.delete(key);
    for (const fd of this.#listeners.get(container.id) ?? []) this.#context.sys.close(fd);
    this.#listeners.delete(container.id);
    container.ports = {};
  }
}

function* serve(sys: Syscalls, listener: number, address: string, port: number): Task<void> {
  try {
    for (;;) {
      const client = yield* sys.accept(listener);
      sys.setCloseOnExec(client, true);
      sys.thread(() => relay(sys, client, address, port));
    }
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}

function* relay(sys: Syscalls, client: number, address: string, port: number): Task<void> {
  let server: number;
  try {
    server = yield* sys.connect(address, port);
    sys.setCloseOnExec(server, true);
  } catch {
    sys.close(client);
    return;
  }
  const back = sys.thread(() => pass(sys, server, client));
  yield* pass(sys, client, server);
  yield* back.join();
  sys.close(client);
  sys.close(server);
}

function* pass(sys: Syscalls, from: number, to: number): Task<void> {
  try {
    for (;;) {
      const data = yield* sys.read(from, 65536);
      if (!data.length) break;
      yield* sys.write(to, data);
    }
    sys.shutdown(to);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
  }
}
