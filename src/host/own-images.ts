// The images that no registry has, as what they are made of: for whoever builds them on a real engine.

import { MYAPP, NOTES, type OwnSource } from '../engine/image/catalogue/own-sources.ts';

export const OWN_IMAGES: Readonly<Record<string, OwnSource>> = { notes: NOTES, myapp: MYAPP };
