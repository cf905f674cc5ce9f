// The system calls of one process: all of `Syscalls`. Its layers, lowest first: CallBase, NameCalls, Mounting, DescriptorCalls, SignalCalls, TerminalCalls, Lifecycle.

import type { Task } from '../../../base/task.ts';
import { KernelError } from '../../errno.ts';
import { Listener } from '../../net/listener.ts';
import { type SocketOptions, StreamSocket } from '../../net/stream-socket.ts';
import type { Syscalls } from '../../syscalls.ts';
import { anonymousStat } from '../pipe.ts';
import { Lifecycle } from './process-calls.ts';

/** How long an address that nobody has is asked for, ms. */
const NO_ANSWER = 3000;

export class SystemCalls extends Lifecycle implements Syscalls {
  #socket(): SocketOptions {
    const { machine } = this;
    return { ino: machine.nextIno(), stat: (ino, mode) => anonymousStat(machine, ino, mode) };
  }

  listen(address: string, port: number): number {
    const { network } = this.process;
    if (port && port < network.firstFreePort && this.context.credentials.uid !== 0) throw new KernelError('EACCES');
    return this.process.descriptors.add(new Listener(network, address, port, this.#socket()));
  }

  *accept(fd: number): Task<number> {
    if (this.process.pending) yield* this.takeSignals();
    const listener = this.file(fd);
    if (!(listener instanceof Listener)) throw new KernelError(listener instanceof StreamSocket ? 'EINVAL' : 'ENOTSOCK');
    return this.process.descriptors.add(yield* this.interruptible(listener.accept()));
  }

  *connect(address: string, port: number): Task<number> {
    if (this.process.pending) yield* this.takeSignals();
    const route = this.machine.network.route(this.process.network, address);
    if (route === 'silent') {
      yield* this.sleep(NO_ANSWER);
      throw new KernelError('EHOSTUNREACH');
    }
    const listener = route.to.listener(address, port);
    const [near, far] = StreamSocket.pair(this.#socket(), this.#socket());
    if (!listener?.offer(far)) throw new KernelError('ECONNREFUSED');
    return this.process.descriptors.add(near);
  }

  shutdown(fd: number): void {
    const socket = this.file(fd);
    if (!(socket instanceof StreamSocket)) throw new KernelError(socket instanceof Listener ? 'ENOTCONN' : 'ENOTSOCK');
    socket.shutdown();
  }

  joinBridge(bridge: string, interfaceName: string, address: string, mac?: string): void {
    if (this.context.credentials.uid !== 0) throw new KernelError('EPERM');
    this.machine.network.join(this.process.network, bridge, interfaceName, address, mac);
  }

  leaveBridge(bridge: string): void {
    if (this.context.credentials.uid !== 0) throw new KernelError('EPERM');
    this.machine.network.leave(this.process.network, bridge);
  }

  interfaces(): readonly { readonly name: string; readonly address: string; readonly mac: string }[] {
    return this.process.network.interfaces;
  }
}
