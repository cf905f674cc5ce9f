// BuildKit's warnings about a Dockerfile, in the order it finds them.

import type { Dockerfile, Instruction } from '../dockerfile/instruction.ts';

/** `Name: text (line N)`. */
export function lint({ instructions }: Dockerfile): string[] {
  const found: string[] = [];
  const warn = (name: string, text: string, { first }: Instruction) => void found.push(`${name}: ${text} (line ${first})`);
  const typed = (instruction: Instruction): string => /^\S+/.exec(instruction.text)![0];
  for (const instruction of instructions) {
    const { command, args } = instruction;
    if (command === 'FROM' && args[2]) {
      if (args[2] !== args[2].toLowerCase()) warn('StageNameCasing', `Stage name '${args[2]}' should be lowercase`, instruction);
      const [as, from] = [args[1]!, typed(instruction)];
      if ((as === as.toLowerCase()) !== (from === from.toLowerCase())) warn('FromAsCasing', `'${as}' and '${from}' keywords' casing do not match`, instruction);
    }
    if (command === 'MAINTAINER') warn('MaintainerDeprecated', 'Maintainer instruction is deprecated in favor of using label', instruction);
  }
  const upper = instructions.filter((each) => typed(each) === each.command).length;
  const lower = instructions.filter((each) => typed(each) === each.command.toLowerCase()).length;
  const majority = upper >= lower ? 'uppercase' : 'lowercase';
  for (const instruction of instructions) {
    const word = typed(instruction);
    if (word !== (majority === 'uppercase' ? word.toUpperCase() : word.toLowerCase())) warn('ConsistentInstructionCasing', `Command '${word}' should match the case of the command majority (${majority})`, instruction);
  }
  let shell = false;
  let absolute = false;
  for (const instruction of instructions) {
    const { command, args, json } = instruction;
    const word = typed(instruction);
    if (command === 'FROM') shell = absolute = false;
    if (command === 'SHELL') shell = true;
    if ((command === 'ENV' || command === 'LABEL') && !/^\S+\s+[^\s=]+=/.test(instruction.text)) warn('LegacyKeyValueFormat', `"${word} key=value" should be used instead of legacy "${word} key value" format`, instruction);
    if (command === 'WORKDIR') {
      if (args[0]!.startsWith('/') || args[0]!.startsWith('$')) absolute = true;
      else if (!absolute) warn('WorkdirRelativePath', `Relative workdir "${args[0]}" can have unexpected results if the base image changes`, instruction);
    }
    if ((command === 'CMD' || command === 'ENTRYPOINT') && !json && args.length && !shell) warn('JSONArgsRecommended', `JSON arguments recommended for ${word} to prevent unintended behavior related to OS signals`, instruction);
  }
  return found;
}
