// The digests of the catalogue's own layers, so that installing one need not hash it. A test computes them anew.

export const DIFF_IDS: Readonly<Record<string, readonly string[]>> = {
  alpine: ['8e5ec6159e2b644b93d88024e79919cb9ab4d4289709d656c8c8ad20b0c3a930'],
  busybox: ['0327989c191e97e6e0a2ef2de91fdde8c45ca7e2d45f04e0115237678821a1a8'],
  debian: ['afacc281afcb8dc1f3194d629e3c6dda5b9d6b0da9301eb9184da0ce91f40f7a'],
  nginx: ['b5e5849145db95a9504d4298ce1a8bf0d8e96f08a56ab40eb73da1c72459f7bd', '1962c702f8c78a6ed8ee7998a707e8e735cb7c7b69c93b15ac62318612602f89'],
  notes: ['3033978fe03f5f21d05f5aa8b096e56a824171800eb943b2cb9cebe805bf390e'],
  ubuntu: ['c676989b2b61e7747d2ee8ca2ba26f683e3835c16d2a4793623ddac79436cd58'],
  myapp: ['e480307c03a9db06651a27a87223cc902d8388292db49063d822bd62282fb674', 'a4e423fd523e18069e2bbc548b9005ff66de41a046687a12841eb126c5eb431c'],
};
