// The legacy builder (DOCKER_BUILDKIT=0): each step an image of its own, RUN in a container that `ps -a` shows.

import { ApiError } from '../../api/errors.ts';
import type { JsonMessage } from '../../api/image.ts';
import { familiarReference, withDefaultTag } from '../../api/reference.ts';
import { decode } from '../../base/bytes.ts';
import type { Task } from '../../base/task.ts';
import { interruptibleStep } from './interruptible-step.ts';
import { makeContainer } from '../container/create.ts';
import { envName } from '../container/environment.ts';
import type { EngineContext } from '../engine-context.ts';
import { createImage, layerFromDiff } from '../image/create-image.ts';
import type { ImageRecord } from '../image/image-store.ts';
import type { Layer } from '../image/layer-store.ts';
import { pullImage } from '../image/pull.ts';
import { applyInstruction, DEFAULT_SHELL, withShell, type Config } from './apply-instruction.ts';
import type { BuildJob } from './build-image.ts';
import { copyFiles, destinationOf } from './copy-files.ts';
import { DockerfileError } from './dockerfile/dockerfile-error.ts';
import { parseDockerfile, parseLine, type Instruction } from './dockerfile/instruction.ts';
import { BuildArgs, baseName, findStage, metaArgs, planStages, withPath } from './plan.ts';
import { changedLayer, ownerOf, sourcesOf, workingDirectory } from './step-layer.ts';
import { expandWord } from './shell-lex.ts';
import { digestOf, isPattern } from './sources.ts';

interface Stage {
  readonly name: string;
  config: Config;
  /** undefined while it is `scratch`. */
  image: ImageRecord | undefined;
  readonly args: BuildArgs;
}

type Emit = (message: JsonMessage) => void;

const short = (id: string): string => id.replace('sha256:', '').slice(0, 12);

/** A RUN that failed: its status becomes the client's. */
class StepFailed extends ApiError {
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super('invalidParameter', message);
    this.exitCode = exitCode;
  }
}

/** Parses first. @throws ApiError for a Dockerfile that cannot be read */
export function prepareLegacy(context: EngineContext, job: BuildJob): (emit: Emit) => Task<void> {
  const { options } = job;
  if (job.dockerfile === undefined) throw new ApiError('invalidParameter', `Cannot locate specified Dockerfile: ${options.dockerfile}`);
  if (!job.dockerfile.trim()) throw new ApiError('invalidParameter', `the Dockerfile (${options.dockerfile}) cannot be empty`);
  try {
    const dockerfile = parseDockerfile(job.dockerfile);
    const plan = planStages(dockerfile, options.target);
    return (emit) => new LegacyBuild(context, job, emit, dockerfile.escape, plan).run();
  } catch (error) {
    if (!(error instanceof DockerfileError) || /^(dockerfile parse error|no build stage)/.test(error.message)) throw error;
    throw new ApiError('invalidParameter', `failed to parse Dockerfile: ${error.message}`);
  }
}

class LegacyBuild {
  readonly #context: EngineContext;
  readonly #job: BuildJob;
  readonly #emit: Emit;
  readonly #escape: string;
  readonly #plan: ReturnType<typeof planStages>;
  readonly #stages: Stage[] = [];
  readonly #consumed = new Set<string>();

  constructor(context: EngineContext, job: BuildJob, emit: Emit, escape: string, plan: ReturnType<typeof planStages>) {
    this.#context = context;
    this.#job = job;
    this.#emit = emit;
    this.#escape = escape;
    this.#plan = plan;
  }

  *run(): Task<void> {
    const { options, tags } = this.#job;
    const { stages, target } = this.#plan;
    const built = stages.slice(0, target.index + 1);
    const labels = Object.entries(options.labels).sort(([a], [b]) => (a < b ? -1 : 1));
    const extra = labels.length ? [parseLine(`LABEL ${labels.map(([key, value]) => `${JSON.stringify(key)}=${JSON.stringify(value)}`).join(' ')}`)] : [];
    const total = this.#plan.metaArgs.length + built.reduce((sum, stage) => sum + 1 + stage.instructions.length, 0) + extra.length;
    let step = 0;
    const announce = (text: string) => this.#say(`Step ${++step}/${total} : ${text}\n`);
    const meta = metaArgs(this.#plan, options.buildArgs, this.#escape, this.#consumed);
    for (const { text } of this.#plan.metaArgs) announce(text);
    for (const plan of built) {
      const stage: Stage = { name: plan.name, config: {}, image: undefined, args: new BuildArgs(options.buildArgs, meta.declared, this.#consumed) };
      announce(plan.from.text);
      yield* this.#from(stage, baseName(plan, meta, this.#escape));
      this.#stages.push(stage);
      for (const instruction of [...plan.instructions, ...(plan === target ? extra : [])]) {
        announce(instruction.text);
        yield* this.#step(stage, instruction);
        this.#say(` ---> ${short(stage.image?.Id ?? '')}\n`);
      }
    }
    const image = this.#stages.at(-1)!.image;
    if (!image) throw new ApiError('invalidParameter', 'No image was generated. Is your Dockerfile empty?');
    const unused = Object.keys(options.buildArgs).filter((name) => !this.#consumed.has(name)).sort();
    if (unused.length) this.#say(`[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`);
    this.#emit({ aux: { ID: image.Id } });
    this.#say(`Successfully built ${short(image.Id)}\n`);
    for (const tag of tags) {
      this.#context.images.tag(tag, image.Id);
      this.#say(`Successfully tagged ${familiarReference(withDefaultTag(tag))}\n`);
    }
    if (options.quiet) this.#emit({ stream: `${image.Id}\n` });
  }

  #say(stream: string): void {
    if (!this.#job.options.quiet) this.#emit({ stream });
  }

  *#from(stage: Stage, name: string): Task<void> {
    const earlier = findStage(this.#stages, name);
    if (name === 'scratch') stage.config = withPath({});
    else {
      stage.image = earlier ? earlier.image : yield* this.#baseImage(name);
      stage.config = withPath({ ...stage.image?.Config });
    }
    const triggers = stage.config.OnBuild ?? [];
    stage.config = { ...stage.config, OnBuild: null };
    if (triggers.length) this.#say(`# Executing ${triggers.length} build trigger${triggers.length > 1 ? 's' : ''}\n`);
    for (const trigger of triggers) yield* this.#step(stage, parseLine(trigger));
    this.#say(` ---> ${short(stage.image?.Id ?? '')}\n`);
  }

  *#baseImage(name: string): Task<ImageRecord> {
    const { images } = this.#context;
    const local = images.find(name);
    if (local && !this.#job.options.pull) return local;
    const messages = yield* pullImage(this.#context, name);
    for (let message = yield* messages.next(); message; message = yield* messages.next()) if (!this.#job.options.quiet) this.#emit(message);
    return images.resolve(name);
  }

  *#step(stage: Stage, instruction: Instruction): Task<void> {
    const { command } = instruction;
    if (command === 'RUN') return yield* this.#run(stage, instruction);
    if (command === 'COPY' || command === 'ADD') return yield* this.#copy(stage, instruction);
    const lookup = stage.args.lookup(stage.config);
    if (command === 'ARG') {
      const shown = instruction.pairs.map(([name, value]) => {
        const word = value === undefined ? undefined : expandWord(value, lookup, this.#escape);
        stage.args.declare(name, word);
        return word === undefined ? name : `${name}=${word}`;
      });
      this.#commit(stage, `#(nop) `, `ARG ${shown.join(' ')}`, undefined);
      return;
    }
    const shell = stage.config.Shell;
    const applied = applyInstruction(stage.config, instruction, lookup, this.#escape, false)!;
    stage.config = applied.config;
    if (command !== 'WORKDIR') {
      this.#commit(stage, '#(nop) ', applied.comment, undefined, command === 'SHELL' ? stage.config.Shell : shell);
      return;
    }
    const path = applied.config.WorkingDir!;
    if (this.#cached(stage, this.#nop(`#(nop) WORKDIR ${path}`, stage.config.Shell))) return;
    const container = this.#pretend(stage, `#(nop) WORKDIR ${path}`);
    const layer = yield* workingDirectory(this.#context, stage.image?.layer, path, '', false);
    this.#make(stage, layer, this.#nop(`#(nop) WORKDIR ${path}`, stage.config.Shell));
    this.#removed(container);
  }

  #nop(text: string, shell: readonly string[] | undefined): string {
    return `${(shell ?? DEFAULT_SHELL).join(' ')} ${text}`;
  }

  #commit(stage: Stage, nop: string, comment: string, layer: Layer | undefined, shell = stage.config.Shell): void {
    const createdBy = this.#nop(`${nop} ${comment}`, shell);
    if (this.#cached(stage, createdBy)) return;
    const container = this.#pretend(stage, `${nop} ${comment}`);
    this.#make(stage, layer, createdBy);
    this.#removed(container);
  }

  /** Every step but RUN has a container too, which never starts: here it is only named, unless it is to stay. */
  #pretend(stage: Stage, comment: string): string {
    const { options } = this.#job;
    const id = options.remove || !stage.image ? this.#context.ids.hex(64) : makeContainer(this.#context, { Config: { ...stage.config, Image: stage.image.Id, Cmd: [...(stage.config.Shell ?? DEFAULT_SHELL), comment], Entrypoint: [] }, HostConfig: {} }).id;
    this.#say(` ---> Running in ${short(id)}\n`);
    return id;
  }

  #removed(id: string): void {
    if (this.#job.options.remove) this.#say(` ---> Removed intermediate container ${short(id)}\n`);
  }

  #cached(stage: Stage, createdBy: string): boolean {
    const { images } = this.#context;
    if (this.#job.options.noCache) return false;
    const key = this.#key(stage, createdBy);
    const found = images.all().findLast((image) => image.cacheKey === key && image.parent === (stage.image?.Id ?? ''));
    if (!found) return false;
    stage.image = found;
    this.#say(' ---> Using cache\n');
    return true;
  }

  #key(stage: Stage, createdBy: string): string {
    return JSON.stringify([createdBy, stage.config]);
  }

  #make(stage: Stage, layer: Layer | undefined, createdBy: string, container?: string): void {
    const { sys, images } = this.#context;
    const key = this.#key(stage, createdBy);
    const image = createImage(sys, images, {
      base: stage.image, layer, createdBy, child: true,
      config: { ...stage.config, Image: stage.image?.Id ?? '' },
      ...(container ? { container } : {}),
    });
    image.cacheKey = key;
    images.onEvent('create', image, image.Id);
    stage.image = image;
  }

  *#run(stage: Stage, instruction: Instruction): Task<void> {
    if (instruction.mounts.length) throw buildKitOnly('--mount');
    for (const flag of ['network', 'security']) if (instruction.flags[flag]) throw buildKitOnly(`--${flag}`);
    if (!stage.image) throw new ApiError('invalidParameter', 'Please provide a source image with `from` prior to run');
    const command = withShell(stage.config, instruction);
    const env = stage.config.Env ?? [];
    const args = [...stage.args.declared].filter(([name, value]) => value !== undefined && !env.some((entry) => envName(entry) === name)).map(([name, value]) => `${name}=${value}`).sort();
    const createdBy = [...(args.length ? [`|${args.length}`, ...args] : []), ...command].join(' ');
    if (this.#cached(stage, createdBy)) return;
    let announced = false;
    const announce = (id: string) => {
      if (!announced) this.#say(` ---> Running in ${short(id)}\n`);
      announced = true;
    };
    const step = yield* interruptibleStep(this.#context, {
      image: stage.image.Id,
      visible: true,
      config: { ...stage.config, Cmd: command, Entrypoint: [], Env: [...args, ...env] },
      onCreate: announce,
      onOutput: ({ stream, data }) => this.#say(stream === 'stderr' ? `\u001B[91m${decode(data)}\u001B[0m` : decode(data)),
    });
    announce(step.id);
    if (step.error !== undefined || step.exitCode !== 0) {
      if (this.#job.options.forceRemove) step.remove();
      throw step.error === undefined ? new StepFailed(`The command '${command.join(' ')}' returned a non-zero code: ${step.exitCode}`, step.exitCode) : new ApiError('invalidParameter', step.error);
    }
    const { sys, images } = this.#context;
    const layer = layerFromDiff(sys, images, stage.image.layer, step.diffPath);
    this.#make(stage, layer, createdBy, step.id);
    if (this.#job.options.remove) step.remove();
    this.#removed(step.id);
  }

  *#copy(stage: Stage, instruction: Instruction): Task<void> {
    const { sys, driver } = this.#context;
    const { command, flags } = instruction;
    for (const flag of ['chmod', 'link', 'exclude']) if (flags[flag] !== undefined) throw buildKitOnly(`--${flag}`);
    const lookup = stage.args.lookup(stage.config);
    let root = this.#job.directory;
    let mounted = '';
    if (flags.from !== undefined) {
      const from = findStage(this.#stages.slice(0, -1), flags.from)?.image ?? (yield* this.#fromImage(flags.from));
      mounted = from.topLayer;
      root = driver.get(mounted);
    }
    try {
      for (const word of instruction.args.slice(0, -1)) {
        if (!mounted && /(^|\/)\.\.(\/|$)/.test(word)) throw new ApiError('invalidParameter', `${command} failed: forbidden path outside the build context: ${word} ()`);
      }
      const missing = (word: string) => new ApiError('invalidParameter', mounted ? `${command} failed: stat ${word.replace(/^\//, '')}: file does not exist` : `${command} failed: file not found in build context or excluded by .dockerignore: stat ${word.replace(/^\//, '')}: file does not exist`);
      const { sources, words, destination } = sourcesOf(this.#context, root, `${this.#job.directory}.heredocs`, instruction, lookup, this.#escape, missing);
      if (!sources.length) throw new ApiError('invalidParameter', `${command} failed: no source files were specified`);
      if (sources.length > 1 && !destination.endsWith('/')) throw new ApiError('invalidParameter', `When using ${command} with more than one source file, the destination must be a directory and end with a /`);
      const kind = sources.length > 1 ? 'multi' : sys.stat(sources[0]!.path).mode & 0o040000 ? 'dir' : 'file';
      const chown = flags['chown'] && expandWord(flags['chown'], lookup, this.#escape);
      const createdBy = this.#nop(`#(nop) ${command} ${chown ? `--chown=${chown} ` : ''}${kind}:${digestOf(sys, sources, words.some(isPattern))} in ${destination} `, stage.config.Shell);
      if (this.#cached(stage, createdBy)) return;
      const layer = yield* changedLayer(this.#context, stage.image?.layer, false, function* (this: LegacyBuild, top: string) {
        const to = destinationOf(destination, stage.config.WorkingDir);
        yield* copyFiles(sys, top, sources, { ...to, directory: to.directory || sources.length > 1 }, { owner: this.#owner(top, chown), unpack: command === 'ADD' });
      }.bind(this));
      this.#make(stage, layer, createdBy);
    } finally {
      if (mounted) driver.put(mounted);
    }
  }

  #owner(root: string, chown: string | undefined): { uid: number; gid: number } {
    try {
      return ownerOf(this.#context, root, chown);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const [user = '', group = ''] = chown!.split(':');
      const what = /group/.test(error.message) ? `can't find gid for group ${group}: no such group: ${group}` : `can't find uid for user ${user}: no such user: ${user}`;
      throw new ApiError('invalidParameter', `unable to convert uid/gid chown string to host mapping: ${what}`);
    }
  }

  *#fromImage(name: string): Task<ImageRecord> {
    try {
      return yield* this.#baseImage(name);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(error.kind, `invalid from flag value ${name}: ${error.message}`);
    }
  }
}

const buildKitOnly = (flag: string): ApiError => new ApiError('invalidParameter', `the ${flag} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled`);
