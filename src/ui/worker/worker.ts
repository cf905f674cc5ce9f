// The worker that holds the host: takes what was typed, paces time, sends output and snapshots, keeps the save.

import type { LessonProgress } from '../../course/session.ts';
import type { HostApi, HostSave } from '../../host/host-api.ts';
import { Host } from '../../host/host.ts';
import { Judging } from './judging.ts';
import { OutputGate } from './output-gate.ts';
import { Pacer } from './pacer.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { HostStore } from './store.ts';
import type { TimeKeeper } from './time-keeper.ts';

const send = (message: FromWorker, transfer: Transferable[] = []): void => postMessage(message, { transfer });
const store = new HostStore();
const gate = new OutputGate((terminal, bytes) => send({ kind: 'output', terminal, bytes }, [bytes.buffer as ArrayBuffer]));
let host: HostApi | undefined;
let pacer: Pacer | undefined;
let shown = '';
/** The rest is loaded once the first prompt is on the screen, so that nothing competes with it. */
let afterPrompt: ((setup: string) => void) | undefined;
/** Typed lines wait here until there are programs to run. */
const held: ToWorker[] = [];
/** What was printed before anybody kept the time. */
let printed: [number, Uint8Array][] = [];
let keeper: TimeKeeper | undefined;
let paused = false;
let saveTimer: ReturnType<typeof setTimeout> | undefined;
let publishTimer: ReturnType<typeof setTimeout> | undefined;
/** What was typed at a terminal since its last prompt, so that only a command's end is told. */
const entered = new Set<number>();

const judging = new Judging({ host: () => host, keeper: () => keeper, isSettled: () => entered.size === 0, send });

function adopt(next: Host): void {
  host = next;
  standsAt = undefined;
  heard.push(next.onEdit((path) => send({ kind: 'edit', path })), next.onFault((error) => send({ kind: 'fault', message: String(error.stack ?? error) })));
  if (pacer) {
    pacer.drive(next);
    pacer.paused = paused;
  } else pacer = new Pacer(next, { canProduce: () => gate.isOpen, produced: () => gate.gathered, onTurn: settle });
  pacer.wake();
}

/** What ends listening to the host: one that waits for somebody to come back to it must not be heard, nor twice when it is back. */
const heard: (() => void)[] = [];

function unhear(): void {
  for (const stop of heard.splice(0)) stop();
}

const isIdle = (): boolean => !paused && resting;
let resting = false;
/** While time stands still: how many inputs the host has had. */
let standsAt: number | undefined;

/** After each turn: what was printed, and when a prompt is back (or all wait) how the host looks now. */
function settle(idle: boolean): void {
  gate.flush();
  resting = idle;
  if (!host || !idle) return;
  const settled = [...entered].filter((terminal) => host!.atPrompt(terminal) || host!.terminal(terminal).closed);
  for (const terminal of settled) {
    entered.delete(terminal);
    send({ kind: host.terminal(terminal).closed ? 'ended' : 'settled', terminal });
  }
  if (!host.isEquipped) return;
  if (host.wanted.length) void import('./databases.ts').then(({ bring }) => bring(host!, () => pacer!.wake()));
  scheduleSave();
  if (settled.length) {
    publish();
    judging.judge(true);
  } else publishTimer ??= setTimeout(publish, 300);
  keeper?.rest(entered.size === 0);
}

/** At once when a command has ended; now and then for what containers do by themselves, so that typing is not slowed. */
function publish(): void {
  clearTimeout(publishTimer);
  publishTimer = undefined;
  if (!host?.isEquipped) return;
  const snapshot = host.snapshot();
  // Time alone changes no picture.
  const text = JSON.stringify({ ...snapshot, time: 0 });
  if (text === shown) return;
  shown = text;
  send({ kind: 'snapshot', text, time: snapshot.time });
  keeper?.see(snapshot);
  judging.judge();
}

/** Another host takes the place of this one: what this one's inputs made of it, up to a moment. */
function jump(to: Parameters<TimeKeeper['jump']>[0]): void {
  const arrival = keeper?.jump(to);
  if (!arrival) return;
  gate.clear();
  judging.rewound(arrival.moment.entries, arrival.note as LessonProgress | undefined);
  show(arrival.host, arrival.screens, publish);
  keeper!.tell();
  stand();
}

/** In the past time stands still until something is done there, so that the way on still begins at this very moment. */
function stand(): void {
  const { steps, at } = keeper!.timeline.view();
  if (at === steps.length) return;
  standsAt = host!.log.length;
  pacer!.paused = resting = true;
  keeper!.rest(entered.size === 0);
}

/** Once something has come in; what has changed nothing has only interrupted the preparing. */
function goOn(): void {
  if (!host) return;
  if (standsAt === undefined || host.log.length === standsAt) {
    if (isIdle()) keeper?.rest(entered.size === 0);
    return;
  }
  standsAt = undefined;
  pacer!.drive(host);
  pacer!.paused = paused;
}

/**
 * A host that has been somewhere before: its screens, and at once how it looks.
 * @param first told before all else: whoever goes through time looks at the picture, and a frame may come between
 */
function show(next: Host, screens: ReadonlyMap<number, Uint8Array>, first?: () => void): void {
  entered.clear();
  unhear();
  adopt(next);
  shown = '';
  const terminals = openTerminals(next);
  for (const id of terminals) if (!next.atPrompt(id)) entered.add(id);
  first?.();
  send({ kind: 'booted', terminals, restored: true });
  for (const id of terminals) {
    gate.add(id, screens.get(id) ?? new Uint8Array(0));
    attach(next, id);
  }
  gate.flush();
  publish();
  judging.judge(entered.size === 0);
  scheduleSave();
}

function scheduleSave(): void {
  saveTimer ??= setTimeout(() => void saveNow(), 250);
}

async function saveNow(): Promise<void> {
  clearTimeout(saveTimer);
  saveTimer = undefined;
  if (host?.isEquipped) await store.save(keeper?.timeline.save() ?? host.save()).catch((error: unknown) => console.warn('The host could not be saved:', error));
}

store.onLost = () => send({ kind: 'lost' });

const openTerminals = (of: HostApi): number[] => of.terminals.filter((terminal) => !terminal.closed).map((terminal) => terminal.id);

function attach(next: HostApi, terminal: number): void {
  heard.push(next.terminal(terminal).onOutput((bytes) => {
    gate.add(terminal, bytes);
    if (!keeper) printed.push([terminal, bytes]);
  }));
}

/** A host with a shell alone: enough for a prompt. */
function freshHost(): Host {
  return new Host({ seed: crypto.getRandomValues(new Uint32Array(1))[0]!, startTime: Date.now() });
}

/** The same, already at its prompt; the page will say how large its terminal is. */
function hostAtPrompt(): Host {
  const fresh = freshHost();
  attach(fresh, fresh.openTerminal({ columns: 80, rows: 24 }).id);
  fresh.advanceTo(fresh.now + 50, 100_000);
  return fresh;
}

/** Begun before the page asks: what was saved is looked for, and meanwhile what it needs is loaded, or a host is booted when nobody was here before. */
const saving = store.load().then((saved) => ({ saved, notice: undefined }), (error: unknown) => ({
  saved: undefined, notice: `This browser keeps nothing for this page (${String(error)}): the host will be gone when you leave.`,
}));
const first = self.name === 'returning-host' ? void import('./time-keeper.ts') : hostAtPrompt();

async function boot(fresh: boolean): Promise<void> {
  const { saved = undefined, notice } = fresh ? { notice: undefined } : await saving;
  await begin(saved, saved === undefined ? first : undefined, notice);
}

/** With what was saved, or else with a fresh host. */
async function begin(saved: unknown, fresh?: Host, notice?: string): Promise<void> {
  const problem = saved === undefined ? notice : await restore(saved);
  const setAside = saved !== undefined;
  if (host) return judging.begin();
  adopt(fresh ?? hostAtPrompt());
  afterPrompt = (setup) => void equip(setup);
  send({ kind: 'booted', terminals: [1], restored: false, notice: problem, setAside });
}

/** Nothing is judged, typed or saved until there is another host. */
function leave(): void {
  keeper?.stop();
  unhear();
  keeper = host = undefined;
  judging.leave();
  printed = [];
  gate.clear();
  held.length = 0;
}

/** The host of a link or a file takes the place of this one, or without it the one that was kept last; this one is kept. */
async function exchange(saved: unknown): Promise<boolean> {
  const next = saved ?? await store.kept();
  if (next === undefined) return false;
  // All that can go wrong with it goes wrong while this host is still here.
  const { Keeper, save } = await readSave(next);
  const restored = Keeper.restore(save);
  const isUsed = keeper?.timeline.canUndo ?? false;
  if (host?.isEquipped && isUsed) await store.keep(keeper!.timeline.save(), saved === undefined);
  else if (saved === undefined) await store.keep(undefined, true);
  leave();
  keeper = new Keeper(restored.host, restored.history, restored.branches, send, isIdle);
  show(restored.host, restored.screens);
  return isUsed;
}

async function change({ keep, resume }: Extract<ToWorker, { kind: 'reset' }>): Promise<void> {
  const left = keep !== undefined && host?.isEquipped ? keeper?.timeline.save() ?? host.save() : undefined;
  leave();
  entered.clear();
  let saved: unknown;
  try {
    if (left) await store.save(left, keep);
    if (resume !== undefined) saved = await store.load(resume);
  } catch (error) {
    console.warn('The host could not be kept:', error);
  }
  gate.clear();
  await begin(saved);
}

/** What a save says, with all that it needs loaded. @throws RangeError saying what is wrong with it */
async function readSave(saved: unknown): Promise<{ Keeper: typeof TimeKeeper; save: HostSave }> {
  const [{ TimeKeeper: Keeper }, { neededBy, parseSave }] = await Promise.all([import('./time-keeper.ts'), import('../../host/save.ts')]);
  const save = parseSave(saved);
  const goods = neededBy(save);
  if (goods.length) await (await import('./databases.ts')).loadAll(goods);
  return { Keeper, save };
}

/** @returns what to say when it could not be read */
async function restore(saved: unknown): Promise<string | undefined> {
  try {
    gate.clear();
    const { Keeper, save } = await readSave(saved);
    const { host: next, history, screens, branches } = Keeper.restore(save);
    keeper = new Keeper(next, history, branches, send, isIdle);
    show(next, screens);
    return undefined;
  } catch (error) {
    void store.setAside(saved).catch(() => undefined);
    gate.clear();
    return `What was saved of the last host could not be read, so it was set aside and a fresh host started. (${(error as Error).message})`;
  }
}

/** The rest of the machine, loaded behind the prompt; then what the lesson wants prepared. */
async function equip(setup: string): Promise<void> {
  const bare = host as Host;
  const [{ equipment }, { goodsIn }, { TimeKeeper: Keeper }] = await Promise.all([import('../../host/equipment.ts'), import('../../host/save.ts'), import('./time-keeper.ts')]);
  if (host !== bare) return;
  const history = Keeper.follow(bare, printed);
  printed = [];
  bare.equip(equipment);
  const goods = goodsIn(setup);
  if (goods.length) await (await import('./databases.ts')).loadAll(goods).catch(() => undefined);
  if (host !== bare) return;
  if (setup) bare.run(setup);
  keeper = new Keeper(bare, history, [], send, isIdle);
  publish();
  for (const message of held.splice(0)) receive(message);
  pacer!.wake();
  await judging.begin();
}

/** What would run a program has to wait for one; a letter has not. */
function mustWait(message: ToWorker): boolean {
  if (host!.isEquipped) return false;
  // oxlint-disable-next-line no-control-regex
  return held.length > 0 ? message.kind === 'keys' : message.kind === 'keys' && /[\r\n\t\x03\x04]/.test(message.text);
}

function answer(id: number, work: () => unknown): void {
  try {
    send({ kind: 'answer', id, value: work() });
  } catch (error) {
    send({ kind: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
}

/** Later, what `answer` gives at once. */
const answerWhen = (id: number, work: Promise<unknown>): void =>
  void work.then((value) => answer(id, () => value), (error: unknown) => answer(id, () => { throw error; }));

function receive(message: ToWorker): void {
  if (message.kind === 'ping') return answer(message.id, () => true);
  if (message.kind === 'lesson') return void judging.want(message);
  if (message.kind === 'claim') return answerWhen(message.id, store.claim());
  if (message.kind === 'aside') return answerWhen(message.id, store.aside(message.retry));
  if (message.kind === 'forget') {
    host = undefined;
    clearTimeout(saveTimer);
    return answerWhen(message.id, store.clear());
  }
  if (message.kind === 'flush') return answerWhen(message.id, saveNow().then(() => message.release && store.release()));
  if (!host) return 'id' in message ? answer(message.id, () => { throw new Error('the host is still starting'); }) : undefined;
  if (mustWait(message)) return void held.push(message);
  if (message.kind !== 'drawn') keeper?.stop();
  switch (message.kind) {
    case 'open': {
      const terminal = host.openTerminal(message).id;
      attach(host, terminal);
      entered.add(terminal);
      send({ kind: 'opened', terminal });
      break;
    }
    case 'keys':
      host.type(message.terminal, message.text);
      // oxlint-disable-next-line no-control-regex
      if (/[\r\n\x03\x04]/.test(message.text)) entered.add(message.terminal);
      break;
    case 'resize':
      host.resize(message.terminal, message);
      break;
    case 'close':
      host.closeTerminal(message.terminal);
      break;
    case 'drawn':
      gate.drawn(message.bytes);
      break;
    case 'shown':
      afterPrompt?.(message.setup);
      afterPrompt = undefined;
      return;
    case 'reset':
      return void change(message);
    case 'rewind':
      return jump({ entries: message.to });
    case 'tell-time':
      return keeper?.tell(true);
    case 'jump':
      return jump(message.to);
    case 'take':
    case 'take-back':
      return answerWhen(message.id, exchange(message.kind === 'take' ? message.save : undefined));
    case 'save':
      return answer(message.id, () => host!.save());
    case 'recording':
      return answer(message.id, () => keeper?.recording());
    case 'list':
      return answerWhen(message.id, import('./list-directory.ts').then(({ listDirectory }) => listDirectory(host!, message.path)));
    case 'predict':
      return answer(message.id, () => judging.answers(message.block));
    case 'visible':
      paused = !message.visible;
      pacer!.paused = paused || standsAt !== undefined;
      if (!message.visible && saveTimer) void saveNow();
      return;
    case 'look':
      return answerWhen(message.id, import('./look.ts').then(({ look }) => look(host!, message.question, keeper?.timeline)));
    case 'read-file':
      return answer(message.id, () => host!.readFile(message.path));
    case 'upload':
      answer(message.id, () => host!.upload(message.path, message.content));
      break;
  }
  pacer!.wake();
}

// The name says whether what was saved is wanted: a message would wait until the page is drawn.
void boot(self.name === 'fresh-host');

onmessage = ({ data }: MessageEvent<ToWorker>) => {
  receive(data);
  if (data.kind !== 'drawn') goOn();
};
