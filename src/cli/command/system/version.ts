// `docker version`.

import { ApiError } from '../../../api/errors.ts';
import type { VersionResponse } from '../../../api/system.ts';
import { command, noArgs } from '../../command.ts';
import { CliError, errorText } from '../../errors.ts';
import { inspectFormat } from '../../flags/values.ts';
import { dateTime, parseTime } from '../../go.ts';
import { compile, execute } from '../../template/execute.ts';
import { TemplateError } from '../../template/parse.ts';
import { structOf } from '../../template/typed.ts';
import { CLIENT } from '../../version.ts';

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** As ANSIC of an RFC 3339 time; other texts stay. */
function built(text: string): string {
  const ms = parseTime(text);
  if (!ms) return text;
  const [date = '', time] = dateTime(ms, ' ').split(' ');
  const [year, month, day] = date.split('-');
  return `${DAYS[Math.floor(ms / 86_400_000) % 7]} ${MONTHS[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}

interface Component {
  readonly Name: string;
  readonly Version: string;
  readonly Details?: Record<string, string>;
}

export const version = command({
  name: 'version', usage: '[OPTIONS]', short: 'Show the Docker version information', args: noArgs, top: 12,
  flags: { format: inspectFormat() },
  *run(cli, f) {
    let server: VersionResponse & { Platform?: { Name: string }; Components?: Component[] } | undefined;
    let failure = '';
    try {
      server = yield* cli.engine.serverVersion();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failure = errorText(error);
    }
    if (f.format) {
      const all = { Client: CLIENT, Server: server ?? null };
      try {
        if (f.format === 'json') yield* cli.out(JSON.stringify(all) + '\n');
        else yield* cli.out(execute(compile(f.format), structOf('system.versionInfo', all)) + '\n');
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        const partial = (error as TemplateError & { partial?: string }).partial;
        if (partial === undefined) throw new CliError(`template parsing error: ${error.message}`, 64);
        yield* cli.out(partial + '\n');
        throw new CliError(error.message.replace('template: :', 'template: version:').replace('executing ""', 'executing "version"'));
      }
      if (failure) throw new CliError(failure);
      return 0;
    }
    const c = CLIENT;
    let text = `Client:\n Version:           ${c.Version}\n API version:       ${c.ApiVersion}\n Go version:        ${c.GoVersion}\n Git commit:        ${c.GitCommit}\n Built:             ${c.BuildTime}\n OS/Arch:           ${c.Os}/${c.Arch}\n Context:           ${c.Context}\n`;
    if (server) {
      const engine: Component = {
        Name: 'Engine', Version: server.Version,
        Details: { ApiVersion: server.ApiVersion, MinAPIVersion: server.MinAPIVersion, GoVersion: server.GoVersion, GitCommit: server.GitCommit, BuildTime: server.BuildTime, Os: server.Os, Arch: server.Arch, Experimental: 'false' },
      };
      const name = server.Platform?.Name ? `: ${server.Platform.Name}` : '';
      text += `\nServer${name}:\n${(server.Components ?? [engine]).map(component).join('')}`;
    }
    yield* cli.out(text);
    if (failure) throw new CliError(failure);
    return 0;
  },
});

function component({ Name, Version, Details = {} }: Component): string {
  const rows: [string, string][] = [['Version', Version]];
  const d = Details;
  if (Name === 'Engine') {
    rows.push(['API version', `${d['ApiVersion']} (minimum version ${d['MinAPIVersion']})`], ['Go version', d['GoVersion']!], ['Git commit', d['GitCommit']!],
      ['Built', built(d['BuildTime'] ?? '')], ['OS/Arch', `${d['Os']}/${d['Arch']}`], ['Experimental', d['Experimental'] ?? 'false']);
  } else rows.push(...Object.entries(d).toSorted());
  return ` ${Name}:\n${rows.map(([key, value]) => `  ${`${key}:`.padEnd(18)}${value}\n`).join('')}`;
}

