import { networkInterfaces } from 'node:os'

/** Addresses under which others reach this machine on its networks (IPv4). */
const networkAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )

const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** Where a server on this host and port is reached, the best for another device first. */
export const reachableAddresses = (scheme: 'http' | 'ws', host: string, port: number): [string, ...string[]] => {
  const url = (name: string) => `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}/`
  if (!isAnyAddress(host)) return [url(host)]
  const [first, ...others] = networkAddresses().map(url)
  return first === undefined ? [url('127.0.0.1')] : [first, ...others, url('127.0.0.1')]
}

/** True for an address under which only this machine finds itself: no other device has a use for a code of it. */
export const isLocal = (address: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname)
