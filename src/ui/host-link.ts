// The page's end of the worker: sends what the person does, tells the components what the host shows.

import worker from './worker/worker.ts?worker&url';
import { startHost } from './start-host.ts';
import type { Answers } from '../course/predict.ts';
import { Emitter } from '../base/emitter.ts';
import type { HostSnapshot } from '../host/host-snapshot.ts';
import type { FromWorker, ToWorker } from './worker/protocol.ts';

type Message<K extends FromWorker['kind']> = Extract<FromWorker, { kind: K }>;

export class HostLink {
  /** index.html has started it, ahead of the page. */
  readonly #worker = startHost(worker);
  readonly #booted = new Emitter<Message<'booted'>>();
  readonly #opened = new Emitter<number>();
  readonly #ended = new Emitter<number>();
  readonly #lost = new Emitter<void>();
  readonly #output = new Emitter<Message<'output'>>();
  readonly #snapshot = new Emitter<HostSnapshot>();
  readonly #settled = new Emitter<number | undefined>();
  readonly #fault = new Emitter<string>();
  readonly #lesson = new Emitter<Message<'lesson'>>();
  readonly #time = new Emitter<Message<'time'>>();
  readonly #edit = new Emitter<string>();
  readonly #questions = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #lastQuestion = 0;

  readonly onBooted = this.#booted.event;
  readonly onOpened = this.#opened.event;
  readonly onEnded = this.#ended.event;
  /** Another page keeps the host from now on. */
  readonly onLost = this.#lost.event;
  readonly onOutput = this.#output.event;
  readonly onSnapshot = this.#snapshot.event;
  /** The host's history has changed, or is gone through. */
  readonly onTime = this.#time.event;
  /** Somebody typed `edit` and a path. */
  readonly onEdit = this.#edit.event;
  /** A prompt is back after a command. */
  readonly onSettled = this.#settled.event;
  readonly onFault = this.#fault.event;
  /** How far the lesson is. */
  readonly onLesson = this.#lesson.event;

  constructor() {
    this.#worker.addEventListener('error', (event) => this.#fault.fire(event.message || 'The worker that holds the host has failed.'));
    document.addEventListener('visibilitychange', () => this.send({ kind: 'visible', visible: !document.hidden }));
  }

  /** From here on what the worker says is heard, and first what it has said already. */
  listen(): void {
    const heard = globalThis.stowageHeard!;
    heard.tell = (message) => this.#receive(message);
    for (const message of heard.early.splice(0)) this.#receive(message);
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** A file of the host, as root sees it. Rejects with the kernel's words. */
  readFile(path: string): Promise<Uint8Array> {
    return this.ask((id) => ({ kind: 'read-file', id, path })) as Promise<Uint8Array>;
  }

  /** The answers of a prediction of the running lesson. */
  predict(block: string): Promise<Answers> {
    return this.ask((id) => ({ kind: 'predict', id, block })) as Promise<Answers>;
  }

  ask(question: (id: number) => ToWorker): Promise<unknown> {
    const id = ++this.#lastQuestion;
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject });
      this.send(question(id));
    });
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case 'booted':
        return this.#booted.fire(message);
      case 'opened':
        return this.#opened.fire(message.terminal);
      case 'ended':
        return this.#ended.fire(message.terminal);
      case 'lost':
        return this.#lost.fire();
      case 'output':
        return this.#output.fire(message);
      case 'snapshot':
        return this.#snapshot.fire({ ...JSON.parse(message.text) as HostSnapshot, time: message.time });
      case 'settled':
        return this.#settled.fire(message.terminal);
      case 'fault':
        return this.#fault.fire(message.message);
      case 'answer': {
        const question = this.#questions.get(message.id);
        this.#questions.delete(message.id);
        if (message.error === undefined) question?.resolve(message.value);
        else question?.reject(new Error(message.error));
        return;
      }
      case 'time':
        return this.#time.fire(message);
      case 'edit':
        return this.#edit.fire(message.path);
      case 'lesson':
        return this.#lesson.fire(message);
    }
  }
}
