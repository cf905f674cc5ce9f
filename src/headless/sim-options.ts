// The hosts of the headless door begin alike, so that every run is the same.

export const SIM_OPTIONS = { seed: 1, startTime: Date.UTC(2026, 10, 24, 9, 0, 0) } as const;
