// The digests of the catalogue's own layers, so that installing one need not hash it. A test computes them anew.

export const DIFF_IDS: Readonly<Record<string, readonly string[]>> = {
  alpine: ['64646b6f81e8a05689340c5123541f92e725ec0966c981755ed5221cb022d552'],
  busybox: ['bc4c5d15d7cfec1d00158f087b0226a44631103bff42fb9fcfd8fdcfd3fd997e'],
  debian: ['f39e345cac20fee275f49479d1653565f10009466ae309d08be50b35645a0ac1'],
  nginx: ['b5e5849145db95a9504d4298ce1a8bf0d8e96f08a56ab40eb73da1c72459f7bd', '1962c702f8c78a6ed8ee7998a707e8e735cb7c7b69c93b15ac62318612602f89'],
  notes: ['7667394c13a5a8e1c26c053db4ce2f8b093e7087b515220c5ff9d3de9d2f98c2'],
  ubuntu: ['a923bd71a591a5cdbd887684fbe042ec259cf2c4fdc3864d924b4df614c299c7'],
  myapp: ['472be6d431be690b40a8e8b1a447f737e7a57880111dda61733bfe232b3372fc', '0125fd2b34e1904848d2f0aa6962edf7642eaf54a5bfd4008d3ad77e0c6b88c5'],
};
