// `set -o` and `shopt` options.

/** Short names of `set`; `h`, `B`, `H` and the like exist in bash only. */
export interface Options {
  allexport: boolean; braceexpand: boolean; emacs: boolean; errexit: boolean; errtrace: boolean; functrace: boolean; hashall: boolean; histexpand: boolean; history: boolean;
  ignoreeof: boolean; 'interactive-comments': boolean; keyword: boolean; monitor: boolean; noclobber: boolean; noexec: boolean; noglob: boolean; nolog: boolean; notify: boolean;
  nounset: boolean; onecmd: boolean; physical: boolean; pipefail: boolean; posix: boolean; privileged: boolean; verbose: boolean; vi: boolean; xtrace: boolean;
}

const BASH: readonly (keyof Options)[] = [
  'allexport', 'braceexpand', 'emacs', 'errexit', 'errtrace', 'functrace', 'hashall', 'histexpand', 'history', 'ignoreeof', 'interactive-comments', 'keyword', 'monitor', 'noclobber',
  'noexec', 'noglob', 'nolog', 'notify', 'nounset', 'onecmd', 'physical', 'pipefail', 'posix', 'privileged', 'verbose', 'vi', 'xtrace',
];
const ASH: readonly (keyof Options)[] = [
  'errexit', 'noglob', 'ignoreeof', 'monitor', 'noexec', 'xtrace', 'verbose', 'noclobber', 'allexport', 'notify', 'nounset', 'errtrace', 'vi', 'pipefail',
];
export const OPTION_NAMES = { bash: BASH, ash: ASH } as const;

export const LETTERS = {
  bash: { a: 'allexport', B: 'braceexpand', e: 'errexit', E: 'errtrace', T: 'functrace', h: 'hashall', H: 'histexpand', k: 'keyword', m: 'monitor', C: 'noclobber', n: 'noexec', f: 'noglob', b: 'notify', u: 'nounset', t: 'onecmd', P: 'physical', p: 'privileged', v: 'verbose', x: 'xtrace' },
  ash: { e: 'errexit', f: 'noglob', I: 'ignoreeof', m: 'monitor', n: 'noexec', x: 'xtrace', v: 'verbose', C: 'noclobber', a: 'allexport', b: 'notify', u: 'nounset', E: 'errtrace', V: 'vi' },
} as const satisfies Record<string, Record<string, keyof Options>>;

export function newOptions(dialect: 'bash' | 'ash'): Options {
  const options = Object.fromEntries(BASH.map((name) => [name, false])) as unknown as Options;
  if (dialect === 'bash') {
    options.braceexpand = true;
    options.hashall = true;
    options['interactive-comments'] = true;
  }
  return options;
}

export const SHOPTS: readonly string[] = (
  'array_expand_once assoc_expand_once autocd bash_source_fullpath cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 ' +
  'complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit ' +
  'histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch ' +
  'noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath varredir_close xpg_echo'
).split(' ');

export const SHOPTS_ON: readonly string[] = (
  'checkwinsize cmdhist complete_fullquote extquote force_fignore globasciiranges globskipdots hostcomplete interactive_comments patsub_replacement progcomp promptvars sourcepath'
).split(' ');
