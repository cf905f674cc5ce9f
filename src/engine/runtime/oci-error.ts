// The words of the OCI runtime (runc) when a container or an exec cannot be started, and the exit codes that dockerd reads out of them.

import { ApiError } from '../../api/errors.ts';

const CREATE = 'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
const EXEC = 'OCI runtime exec failed: exec failed: ';
export const MOUNT_HINT = 'Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type';

/** A failure inside runc; `message` is only its own part. */
export class RuntimeFault extends Error {}

/** The daemon's refusal for a failed start. */
export function startFailure(fault: RuntimeFault): ApiError {
  const hint = fault.message.includes('not a directory') ? `: ${MOUNT_HINT}` : '';
  return new ApiError('invalidParameter', CREATE + fault.message + hint);
}

export function execFailure(fault: RuntimeFault): ApiError {
  return new ApiError('invalidParameter', EXEC + (fault.message.startsWith('Cwd') ? '' : 'unable to start container process: ') + fault.message);
}

/** As setExitCodeFromError: 127, 126 or, for anything else, 128. */
export function exitCodeOf(message: string): number {
  const text = message.toLowerCase();
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(text)) return 127;
  if (/permission denied|is a directory/.test(text)) return 126;
  return text.includes('not a directory') ? 127 : 128;
}
