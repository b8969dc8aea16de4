/** Whether this page came over plain HTTP from another machine: everything typed can be read on the way. */
export function isPlainHttp(): boolean {
  const { protocol, hostname } = location;
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
