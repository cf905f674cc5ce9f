// The digests of the catalogue's own layers, so that installing one need not hash it. A test computes them anew.

export const DIFF_IDS: Readonly<Record<string, readonly string[]>> = {
  alpine: ['64646b6f81e8a05689340c5123541f92e725ec0966c981755ed5221cb022d552'],
  busybox: ['ec814c028da95e1050cba3287a785665794d88fd31c4aad14d378af9b0f1f1b8'],
  debian: ['f39e345cac20fee275f49479d1653565f10009466ae309d08be50b35645a0ac1'],
  nginx: ['b5e5849145db95a9504d4298ce1a8bf0d8e96f08a56ab40eb73da1c72459f7bd', '1962c702f8c78a6ed8ee7998a707e8e735cb7c7b69c93b15ac62318612602f89'],
  notes: ['3033978fe03f5f21d05f5aa8b096e56a824171800eb943b2cb9cebe805bf390e'],
  ubuntu: ['a923bd71a591a5cdbd887684fbe042ec259cf2c4fdc3864d924b4df614c299c7'],
  myapp: ['e480307c03a9db06651a27a87223cc902d8388292db49063d822bd62282fb674', 'a4e423fd523e18069e2bbc548b9005ff66de41a046687a12841eb126c5eb431c'],
};
