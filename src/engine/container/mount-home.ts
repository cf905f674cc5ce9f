// Where the layer store notes which layers a container has.

export const mountHome = (root: string, id: string): string => `${root}/image/overlay2/layerdb/mounts/${id}`;
