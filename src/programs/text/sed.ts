// sed: edits a stream of lines by a script.

import { readWhole } from '../lib/lines.ts';
import { Editor } from '../lib/sed-editor.ts';
import { parseScript, type ScriptPart } from '../lib/sed-script.ts';
import { toText } from '../lib/text.ts';
import type { Tool } from '../lib/tool.ts';

const USAGE = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent
                 suppress automatic printing of pattern space
      --debug
                 annotate program execution
  -e script, --expression=script
                 add the script to the commands to be executed
  -f script-file, --file=script-file
                 add the contents of script-file to the commands to be executed
  --follow-symlinks
                 follow symlinks when processing in place
  -i[SUFFIX], --in-place[=SUFFIX]
                 edit files in place (makes backup if SUFFIX supplied)
  -l N, --line-length=N
                 specify the desired line-wrap length for the \`l' command
  --posix
                 disable all GNU extensions.
  -E, -r, --regexp-extended
                 use extended regular expressions in the script
                 (for portability use POSIX -E).
  -s, --separate
                 consider files as separate rather than as a single,
                 continuous long stream.
      --sandbox
                 operate in sandbox mode (disable e/r/w commands).
  -u, --unbuffered
                 load minimal amounts of data from the input files and flush
                 the output buffers more often
  -z, --null-data
                 separate lines by NUL characters
      --help     display this help and exit
      --version  output version information and exit

If no -e, --expression, -f, or --file option is given, then the first
non-option argument is taken as the sed script to interpret.  All
remaining arguments are names of input files; if no input files are
specified, then the standard input is read.

GNU sed home page: <https://www.gnu.org/software/sed/>.
General help using GNU software: <https://www.gnu.org/gethelp/>.
`;

export const sed: Tool = {
  gnu: 'n,quiet,silent e:,expression: f:,file: i::,in-place:: l:,line-length: posix E,regexp-extended r s,separate u,unbuffered z,null-data,zero-terminated follow-symlinks debug sandbox',
  busybox: 'n,quiet,silent e:,expression: f:,file: i::,in-place:: E,regexp-extended r',
  synopsis: USAGE,
  *run(io, options) {
    if (options.has('debug', 'sandbox')) io.notSimulated(`--${options.last('debug', 'sandbox')}`);
    const parts: ScriptPart[] = [];
    for (const { key, value } of options.given) {
      if (key === 'e') parts.push({ text: value!, file: undefined });
      else if (key === 'f') {
        const text = toText(yield* readWhole(io, value!, io.gnu ? { open: (name, text) => `couldn't open file ${name}: ${text}`, status: 4 } : {}));
        parts.push({ text: text.replace(/\n$/, '').replace(/^#!.*\n/, ''), file: value! });
      }
    }
    const names = [...options.operands];
    if (!parts.length) {
      const text = names.shift();
      if (text === undefined) return io.usage();
      parts.push({ text, file: undefined });
    }
    const { commands, quiet } = parseScript(io, parts, options.has('E', 'r'));
    const editor = new Editor(io, options, commands, options.has('n') || quiet, names.length ? names : ['-']);
    const status = yield* editor.all();
    return status || io.status;
  },
};
