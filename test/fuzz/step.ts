// One command of a sequence, in parts that a shrinker can drop one by one.

export interface FuzzStep {
  readonly before: string;
  /** Small commands of one shell, joined by `; `. None: the whole command is `before`. */
  readonly ops: readonly string[];
  readonly after: string;
}

export interface Sequence {
  /** What every name made by the sequence begins with: containers, volumes, images, and its directory `/srv/<prefix>`. */
  readonly prefix: string;
  readonly steps: readonly FuzzStep[];
}

export const commandOf = ({ before, ops, after }: FuzzStep): string => before + ops.join('; ') + after;

export const plain = (command: string): FuzzStep => ({ before: command, ops: [], after: '' });

export const directoryOf = (prefix: string): string => `/srv/${prefix}`;

/** Whether anonymous volumes should be looked up before it: afterwards nobody knows whose they were. */
export const forgetsVolumes = (command: string): boolean => /\bdocker (?:container )?(?:rm|prune)\b/.test(command);
