// The part of a picture that has to do with a word: what bears it, and what that is tied to.

import type { ContainerBox, Files, PictureModel, Place } from './picture-model.ts';

/** Names, images, paths and file names are looked at; case does not matter. An empty word keeps all. */
export function filterModel(model: PictureModel, word: string): PictureModel {
  const wanted = word.trim().toLowerCase();
  if (!wanted) return model;
  const has = (...texts: readonly string[]): boolean => texts.some((text) => text.toLowerCase().includes(wanted));
  const inFiles = ({ items }: Files): boolean => items.some((item) => has(item.path, item.text));
  const boxBears = (box: ContainerBox): boolean => has(box.name, box.image, box.stateText, ...box.mounts.map((mount) => mount.destination)) || inFiles(box.files);
  const placeBears = (place: Place): boolean => has(place.key, place.title, place.note) || inFiles(place.files);
  const boxes = new Set(model.containers.filter(boxBears));
  const places = new Set(model.places.filter(placeBears));
  const bearing = new Set([...places].map((place) => place.key));
  const containers = model.containers.filter((box) => boxes.has(box) || box.mounts.some((mount) => bearing.has(mount.place)));
  const tied = new Set(containers.flatMap((box) => box.mounts.map((mount) => mount.place)));
  return {
    containers, places: model.places.filter((place) => places.has(place) || tied.has(place.key)),
    layers: model.layers,
  };
}
