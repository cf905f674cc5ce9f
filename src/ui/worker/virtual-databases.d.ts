// What the build tells of the databases' files: the address of each.
declare module 'virtual:databases' {
  const addresses: Readonly<Record<string, string>>;
  export default addresses;
}
