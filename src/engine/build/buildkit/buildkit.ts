// BuildKit: only the stages that the target needs, each step cached by what goes into it, one image at the end.

import { ApiError } from '../../../api/errors.ts';
import type { JsonMessage } from '../../../api/image.ts';
import { encode } from '../../../base/bytes.ts';
import { sha256Digest } from '../../../base/sha256.ts';
import type { Task } from '../../../base/task.ts';
import { rfc3339Nano } from '../../clock-text.ts';
import type { EngineContext } from '../../engine-context.ts';
import { removeTree } from '../../files.ts';
import type { Layer } from '../../image/layer-store.ts';
import { applyInstruction, withShell } from '../apply-instruction.ts';
import type { BuildCache, CachedStep } from './build-cache.ts';
import type { BuildJob } from '../build-image.ts';
import { copyFiles, destinationOf } from '../copy-files.ts';
import { DockerfileError } from '../dockerfile/dockerfile-error.ts';
import { parseDockerfile, parseLine, type Dockerfile, type Instruction } from '../dockerfile/instruction.ts';
import { Bases } from './bases.ts';
import { executeRun } from './execute-run.ts';
import { exportFiles, exportImage } from './export.ts';
import { lint } from './lint.ts';
import { COMMENT, FILES, fromNames, fullReference, raw, transferred, type Stage } from './stage.ts';
import { BuildArgs, baseName, findStage, metaArgs, planStages, withPath, type Plan, type StagePlan } from '../plan.ts';
import { excerpt, Progress, type Vertex } from './progress.ts';
import { expandWord, type Lookup } from '../shell-lex.ts';
import { bindsContext, contextSize, digestOf, isPattern, transferSize } from '../sources.ts';
import { changedLayer, modeOf, ownerOf, sourcesOf, workingDirectory } from '../step-layer.ts';

type Emit = (message: JsonMessage) => void;

/** The Dockerfile as messages call it. */
const shownName = ({ dockerfile }: BuildJob['options']): string => (!dockerfile || dockerfile === '.dockerfile.stdin' ? 'Dockerfile' : dockerfile);

export function* buildKit(context: EngineContext, cache: BuildCache, job: BuildJob, emit: Emit): Task<void> {
  const { options } = job;
  const build = new Build(context, cache, job, (stream) => {
    if (!options.quiet) emit({ stream });
  });
  try {
    const id = yield* build.run(emit);
    emit({ aux: { ID: id } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    build.settle();
    build.warn();
    const where = error instanceof DockerfileError ? error : build.current;
    // Where it went wrong is shown even when nothing else is.
    if (where && job.dockerfile !== undefined) emit({ stream: excerpt(shownName(options), job.dockerfile.split('\n'), where.first, where.last) });
    throw error;
  } finally {
    build.end();
  }
}

class Build {
  readonly #context: EngineContext;
  readonly #cache: BuildCache;
  readonly #job: BuildJob;
  readonly #progress: Progress;
  readonly #stages: Stage[] = [];
  readonly #bases: Bases;
  #dockerfile!: Dockerfile;
  #plan!: Plan;
  #meta!: BuildArgs;
  /** Some build before this one began from the same base. */
  #baseWasUsed = false;
  #warnings: readonly string[] = [];
  #contextShown = false;
  /** The instruction that is at work, for the excerpt of an error. */
  current: Instruction | undefined;

  constructor(context: EngineContext, cache: BuildCache, job: BuildJob, say: (text: string) => void) {
    this.#context = context;
    this.#cache = cache;
    this.#job = job;
    this.#bases = new Bases(context);
    this.#progress = new Progress(context.sys, say);
  }

  end(): void {
    this.#bases.end();
    removeTree(this.#context.sys, this.#scratch);
  }

  get #scratch(): string {
    return `${this.#job.directory}.scratch`;
  }

  /** @returns the id of the image; '' when it made files instead */
  *run(emit: Emit): Task<string> {
    const { options } = this.#job;
    this.#load();
    const needed = this.#needed();
    if (needed.some(({ instructions }) => instructions.some(({ flags }) => flags['network'] === 'host'))) throw new ApiError('invalidParameter', 'failed to load LLB: network.host is not allowed');
    yield* this.#metadata(needed);
    const named = [...new Set(needed.flatMap(fromNames))].filter((name) => this.#job.contexts[name]);
    for (const name of named) this.#showNamed(name, 'load .dockerignore', '2B');
    const ignore = this.#progress.begin('[internal] load .dockerignore');
    this.#useLocal('.dockerignore', this.#job.ignoreSize);
    ignore.line(`transferring context: ${this.#job.ignoreSize ? transferred(this.#job.ignoreSize, '.dockerignore') : 2}B done`);
    ignore.done();
    for (const plan of needed) yield* this.#stage(plan);
    this.current = undefined;
    const stage = this.#stages.find(({ plan }) => plan === this.#plan.target)!;
    const id = options.archive ? yield* exportFiles(this.#context, options.archive, stage, this.#progress, emit) : exportImage(this.#context, this.#job, stage, this.#progress);
    this.warn();
    return id;
  }

  settle(): void {
    this.#progress.settle(this.#baseWasUsed);
  }

  #useLocal(name: string, size: number): void {
    this.#cache.useLocal(`local ${name} ${this.#job.options.sharedKey ?? ''}`, `local source for ${name === 'dockerfile' ? name : 'context'}`, () => size);
  }

  /** Sum up what was found on reading. */
  warn(): void {
    const { length } = this.#warnings;
    if (length) this.#progress.text(`\n \u001B[33m${length} warning${length > 1 ? 's' : ''} found (use docker --debug to expand):\n\u001B[0m${this.#warnings.map((warning) => ` - ${warning}\n`).join('')}`);
  }

  #load(): void {
    const { options, dockerfile } = this.#job;
    const name = shownName(options);
    const vertex = this.#progress.begin(`[internal] load build definition from ${name}`);
    vertex.line(`transferring dockerfile: ${dockerfile === undefined ? 2 : transferred(encode(dockerfile).length, name)}B done`);
    if (dockerfile !== undefined) this.#useLocal('dockerfile', encode(dockerfile).length);
    let problem: unknown;
    try {
      if (dockerfile) this.#dockerfile = parseDockerfile(dockerfile);
      if (dockerfile) this.#warnings = lint(this.#dockerfile);
    } catch (error) {
      problem = error;
    }
    for (const warning of this.#warnings) vertex.line(`WARN: ${warning}`);
    vertex.done();
    if (dockerfile === undefined) throw new ApiError('invalidParameter', `failed to read dockerfile: ${options.dockerfile ? `open ${name}: no such file or directory` : 'no local sources enabled'}`);
    if (!dockerfile) throw new ApiError('invalidParameter', 'the Dockerfile cannot be empty');
    if (problem) throw problem;
    this.#plan = planStages(this.#dockerfile, options.target);
    this.#meta = metaArgs(this.#plan, options.buildArgs, this.#dockerfile.escape, new Set());
  }

  get #usesContext(): boolean {
    return this.#needed().some(({ instructions }) => instructions.some(({ command, flags, mounts }) => ((command === 'COPY' || command === 'ADD') && flags.from === undefined) || mounts.some(bindsContext)));
  }

  /** What it begins from: a name that is an additional context is the image in its place. */
  #base(stage: StagePlan): string {
    return this.#image(baseName(stage, this.#meta, this.#dockerfile.escape));
  }

  #image(name: string): string {
    const other = this.#job.options.contexts?.[name];
    return typeof other === 'string' ? other : name;
  }

  /** The stages that the target is made of, in their order. */
  #needed(): StagePlan[] {
    const { stages, target } = this.#plan;
    const needed = new Set<StagePlan>();
    const visit = (stage: StagePlan): void => {
      if (needed.has(stage)) return;
      needed.add(stage);
      const earlier = stages.slice(0, stage.index);
      const base = findStage(earlier, this.#base(stage));
      if (base) visit(base);
      for (const name of fromNames(stage)) {
        const from = findStage(earlier, name);
        if (from) visit(from);
      }
    };
    visit(target);
    return stages.filter((stage) => needed.has(stage));
  }

  *#metadata(needed: readonly StagePlan[]): Task<void> {
    const wanted = new Map<string, Instruction>();
    for (const stage of needed) {
      const earlier = this.#plan.stages.slice(0, stage.index);
      const base = this.#base(stage);
      if (base !== 'scratch' && !findStage(earlier, base) && !wanted.has(base)) wanted.set(base, stage.from);
      for (const instruction of stage.instructions) {
        for (const name of fromNames({ instructions: [instruction] })) {
          this.#checkFrom(stage, name);
          const image = this.#image(name);
          if (!this.#job.contexts[name] && !findStage(earlier, image) && !wanted.has(image)) wanted.set(image, instruction);
        }
      }
    }
    for (const [name, instruction] of wanted) {
      this.current = instruction;
      yield* this.#bases.load(name, this.#job.options.pull, this.#progress);
    }
    this.current = undefined;
  }

  *#stage(plan: StagePlan): Task<void> {
    const { options } = this.#job;
    const name = this.#base(plan);
    this.current = plan.from;
    const earlier = findStage(this.#stages.map((stage) => ({ stage, name: stage.plan.name })), /^\d+$/.test(name) ? '' : name)?.stage;
    const base = earlier || name === 'scratch' ? undefined : this.#bases.get(name)!;
    const triggers = (earlier?.config ?? base?.Config)?.OnBuild ?? [];
    const instructions = [...triggers.map((trigger) => ({ ...parseLine(trigger, [], plan.from.first), text: `ONBUILD ${trigger}` })), ...plan.instructions];
    const stage: Stage = {
      plan,
      config: { ...withPath({ ...(earlier?.config ?? base?.Config) }), OnBuild: null },
      layer: earlier ? earlier.layer : base?.layer,
      history: [...(earlier?.history ?? base?.file.history ?? [])],
      key: earlier?.key ?? base?.layer?.chainId ?? 'scratch',
      created: earlier?.created ?? base?.file.created ?? rfc3339Nano(this.#context.sys.now()),
      author: earlier?.author ?? base?.file.author ?? '',
      args: new BuildArgs(options.buildArgs, this.#meta.declared, undefined, earlier?.args.declared),
      total: instructions.filter(({ command }) => FILES.has(command)).length + (base ? 1 : 0),
      at: 0,
    };
    this.#stages.push(stage);
    if (base && !this.#stages.some((other) => other !== stage && other.plan.from.args[0] === plan.from.args[0])) {
      this.#progress.beginOpen(`${this.#label(stage)}FROM ${fullReference(name)}`);
      this.#baseWasUsed = this.#cache.useBase(base.layer);
    } else if (base) stage.at++;
    if (this.#usesContext && (base || name === 'scratch')) this.#showContext();
    for (const each of new Set(fromNames(plan))) {
      const directory = this.#job.contexts[each];
      if (directory) this.#showNamed(each, 'load from client', `${transferSize(this.#context.sys, directory, '')}B`);
    }
    for (const instruction of instructions) {
      this.current = instruction;
      yield* this.#step(stage, instruction);
    }
    this.#progress.settle(this.#baseWasUsed);
  }

  /** `[build 2/5] `, counting on. */
  #label(stage: Stage): string {
    const many = this.#plan.stages.length > 1 || Object.keys(this.#job.contexts).length > 0;
    const name = many ? `${stage.plan.name || `stage-${stage.plan.index}`} ` : '';
    return `[${name}${++stage.at}/${stage.total}] `;
  }

  *#step(stage: Stage, instruction: Instruction): Task<void> {
    const { escape } = this.#dockerfile;
    const { command } = instruction;
    const lookup = stage.args.lookup(stage.config);
    if (command === 'ARG') {
      const shown = instruction.pairs.map(([name, value]) => {
        const now = stage.args.declare(name, value === undefined ? undefined : expandWord(value, lookup, escape));
        return now === undefined ? name : `${name}=${now}`;
      });
      this.#record(stage, `ARG ${shown.join(' ')}`);
      return;
    }
    if (command === 'RUN') return yield* this.#run(stage, instruction, lookup);
    if (command === 'COPY' || command === 'ADD') return yield* this.#copy(stage, instruction, lookup);
    const applied = applyInstruction(stage.config, instruction, lookup, escape, true)!;
    stage.config = applied.config;
    if (command === 'MAINTAINER') stage.author = instruction.args[0]!;
    if (command === 'CMD' || command === 'ENTRYPOINT') (stage.config as { ArgsEscaped?: boolean }).ArgsEscaped = true;
    if (command !== 'WORKDIR') {
      if (command !== 'ONBUILD') this.#record(stage, applied.comment);
      return;
    }
    const path = applied.config.WorkingDir!;
    const { User = '' } = stage.config;
    const vertex = this.#progress.begin(`${this.#label(stage)}${raw(instruction.text, lookup)}`);
    const layer = yield* this.#cached(stage, vertex, ['WORKDIR', path, User], () => workingDirectory(this.#context, stage.layer, path, User, true));
    this.#record(stage, applied.comment, layer);
  }

  /** An entry of history; with a step's result also a layer. */
  #record(stage: Stage, createdBy: string, step?: CachedStep): void {
    if (step) {
      stage.layer = step.layer;
      stage.created = rfc3339Nano(step.created);
    }
    stage.history.push({ created: stage.created, created_by: createdBy, comment: COMMENT, ...(step ? {} : { empty_layer: true }) });
  }

  /** The result of a step from the cache, or made now. */
  *#cached(stage: Stage, vertex: Vertex, inputs: readonly unknown[], make: () => Task<Layer | undefined>): Task<CachedStep> {
    const parent = stage.key;
    stage.key = sha256Digest(encode(JSON.stringify([parent, ...inputs])));
    const known = this.#job.options.noCache ? undefined : this.#cache.find(stage.key);
    this.#progress.settle(this.#baseWasUsed && !known);
    if (known) {
      vertex.cached();
      return known;
    }
    try {
      const layer = yield* make();
      const step = this.#cache.add({ key: stage.key, layer, type: 'regular', description: inputs[0] === 'RUN' ? `mount / from exec ${(inputs[1] as string[]).join(' ')}` : vertex.name, size: layer?.size ?? 0 });
      vertex.done();
      return step;
    } catch (error) {
      if (error instanceof ApiError) vertex.failed(error.message.replace(/^failed to compute cache key: /, ''));
      throw error;
    }
  }

  *#run(stage: Stage, instruction: Instruction, lookup: Lookup): Task<void> {
    const { heredocs } = instruction;
    const [line = ''] = instruction.args;
    const alone = heredocs.length === 1 && /^<<-?["']?[^\s<"']+["']?$/.test(line);
    const script = alone ? heredocs[0]!.content : heredocs.length ? `${line}\n${heredocs.map(({ name, content }) => `${content}${name}`).join('\n')}` : line;
    const command = withShell(stage.config, instruction, script);
    const env = stage.config.Env ?? [];
    const declared = [...stage.args.declared].map(([name, value]) => `${name}=${value ?? ''}`);
    const shown = heredocs.length ? `${instruction.text} (${heredocs[0]!.content.trimEnd().split('\n')[0]}${heredocs[0]!.content.trimEnd().includes('\n') ? '...' : ''})` : instruction.text;
    const vertex = this.#progress.begin(`${this.#label(stage)}${raw(shown, lookup)}`);
    const { User = '', WorkingDir = '' } = stage.config;
    const step = yield* this.#cached(stage, vertex, ['RUN', command, declared, env, User, WorkingDir, instruction.mounts, instruction.flags['network']], () => executeRun(this.#context, stage, {
      network: instruction.flags['network'] ?? this.#job.options.network,
      instruction, command, declared, vertex, secrets: this.#job.options.secrets ?? {}, scratch: this.#scratch, root: (from, mounted) => this.#root(from, mounted),
      useCache: (path) => this.#cache.useMount(path, this.#job.options.noCache),
    }));
    this.#record(stage, `RUN ${[...(declared.length ? [`|${declared.length}`, ...declared] : []), ...command].join(' ')} # buildkit`, step);
  }

  /** Where the files of the context, a stage or an image are; what it mounts is noted in `mounted`. */
  #root(from: string | undefined, mounted: string[]): string {
    const other = from === undefined ? this.#job.directory : this.#job.contexts[from];
    if (from === undefined || other !== undefined) return other!;
    const stage = findStage(this.#stages.map((each) => ({ layer: each.layer, name: each.plan.name, index: each.plan.index })).toSorted((a, b) => a.index - b.index), /^\d+$/.test(from) ? '' : from) ?? this.#stages.find(({ plan }) => String(plan.index) === from);
    const layer = stage ? stage.layer : this.#bases.get(this.#image(from))?.layer;
    if (!layer) return this.#job.directory;
    mounted.push(layer.cacheId);
    return this.#context.driver.get(layer.cacheId);
  }

  *#copy(stage: Stage, instruction: Instruction, lookup: Lookup): Task<void> {
    const { sys, driver } = this.#context;
    const { escape } = this.#dockerfile;
    const { command, flags } = instruction;
    for (const flag of ['exclude', 'keep-git-dir', 'checksum']) if (flags[flag] !== undefined) throw new ApiError('notSimulated', `not simulated: ${command} --${flag}`);
    const from = flags.from;
    const mode = modeOf(flags['chmod'] && expandWord(flags['chmod'], lookup, escape));
    const chown = flags['chown'] && expandWord(flags['chown'], lookup, escape);
    const vertex = this.#progress.begin(`${this.#label(stage)}${raw(instruction.text, lookup)}`);
    const mounted: string[] = [];
    try {
      const root = this.#root(from, mounted);
      const missing = (word: string): ApiError => {
        const path = `/${word.replace(/^(\.?\/)+/, '').replace(/^(\.\.\/)+/, '')}`;
        const text = from === undefined ? `failed to calculate checksum of ref ${this.#cache.session}::${this.#cache.identifier()}: "${path}": not found` : `lstat ${path}: no such file or directory`;
        this.#progress.settle(this.#baseWasUsed);
        vertex.failed(text);
        return new ApiError('notFound', from === undefined ? `failed to compute cache key: ${text}` : text);
      };
      const { sources, words, destination } = sourcesOf(this.#context, root, this.#scratch, instruction, lookup, escape, missing);
      const to = destinationOf(destination, stage.config.WorkingDir);
      const step = yield* this.#cached(stage, vertex, [command, to, chown, flags['chmod'], digestOf(sys, sources, words.some(isPattern)), sources.map(({ name }) => name)], () =>
        changedLayer(this.#context, stage.layer, true, function* (this: Build, top: string) {
          yield* copyFiles(sys, top, sources, to, { owner: this.#owner(top, chown), unpack: command === 'ADD', ...mode });
        }.bind(this)));
      const shownFlags = `${chown ? ` --chown=${chown}` : ''}${flags['chmod'] ? ` --chmod=${flags['chmod']}` : ''}${flags['link'] ? ' --link' : ''}`;
      this.#record(stage, `${command}${shownFlags} ${[...words, destination].join(' ')} # buildkit`, step);
    } finally {
      for (const id of mounted) driver.put(id);
    }
  }

  /** A stage that copies from itself, and a number that no stage has. @throws invalidParameter */
  #checkFrom(plan: StagePlan, from: string): void {
    if (from.toLowerCase() === plan.name || from === String(plan.index)) throw new ApiError('invalidParameter', `circular dependency detected on stage: ${from}`);
    if (!this.#job.contexts[from] && /^\d+$/.test(from) && !this.#plan.stages[Number(from)]) throw new ApiError('invalidParameter', `invalid stage index ${from}`);
  }

  /** A name that the image does not know is root's, as BuildKit has it. */
  #owner(root: string, chown: string | undefined): { uid: number; gid: number } {
    try {
      return ownerOf(this.#context, root, chown);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { uid: 0, gid: 0 };
    }
  }

  #showNamed(name: string, what: string, size: string): void {
    const vertex = this.#progress.begin(`[context ${name}] ${what}`);
    vertex.line(`transferring ${name}: ${size} done`);
    vertex.done();
  }

  #showContext(): void {
    if (this.#contextShown) return;
    this.#contextShown = true;
    const vertex = this.#progress.begin('[internal] load build context');
    const { shown, size } = contextSize(this.#context.sys, this.#job.directory, this.#needed().flatMap(({ instructions }) => instructions));
    this.#useLocal('context', size);
    vertex.line(`transferring context: ${shown} done`);
    vertex.done();
  }
}
