// What the engine says of itself: `docker version`.

import type { VersionResponse } from '../../api/system.ts';
import type { EngineContext } from '../engine-context.ts';

export const ENGINE_VERSION = '28.5.2';
const API_VERSION = '1.51';
const BUILD_TIME = '2025-11-05T14:43:33.000000000+00:00';
const COMMIT = '89c5e8f';

export function serverVersion({ sys }: EngineContext): VersionResponse {
  const KernelVersion = sys.system().release;
  const engine = { ApiVersion: API_VERSION, Arch: 'amd64', BuildTime: BUILD_TIME, Experimental: 'false', GitCommit: COMMIT, GoVersion: 'go1.25.3', KernelVersion, MinAPIVersion: '1.24', Os: 'linux' };
  return {
    Platform: { Name: '' },
    Components: [
      { Name: 'Engine', Version: ENGINE_VERSION, Details: engine },
      { Name: 'containerd', Version: 'v1.7.28', Details: { GitCommit: 'b98a3aace656320842a23f4a392a33f46af97866' } },
      { Name: 'runc', Version: '1.3.3', Details: { GitCommit: 'v1.3.3-0-gd842d771' } },
      { Name: 'docker-init', Version: '0.19.0', Details: { GitCommit: 'de40ad0' } },
    ],
    Version: ENGINE_VERSION, ApiVersion: API_VERSION, MinAPIVersion: '1.24', GitCommit: COMMIT, GoVersion: 'go1.25.3', Os: 'linux', Arch: 'amd64', KernelVersion, BuildTime: BUILD_TIME,
  };
}
