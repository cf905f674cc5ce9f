// The digests of the catalogue's own layers, so that installing one need not hash it. A test computes them anew.

export const DIFF_IDS: Readonly<Record<string, readonly string[]>> = {};
