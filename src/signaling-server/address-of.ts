import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

const MAPPED_IPV4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i

/** The first four groups of an IPv6 address: a household or a site is given at least so many addresses. */
const networkOf = (address: string): string => {
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? []
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  // An IPv4 address at the end stands for two groups.
  const count = before.length + after.length + (address.includes('.') ? 1 : 0)
  const gap = tail === undefined ? [] : Array.from({ length: 8 - count }, () => '0')
  const groups = [...before, ...gap, ...after].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** What an address is counted by: itself, or of IPv6 its network of 2⁶⁴ addresses, which one person has. */
export const countedAs = (address: string): string => {
  const plain = address.replace(MAPPED_IPV4, '')
  return isIP(plain) === 6 ? networkOf(plain) : plain
}

/** Addresses that proxies named, nearest first; only as far as they are addresses. */
const forwardedFor = (request: IncomingMessage): readonly string[] => {
  const named = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const addresses = named.map((name) => name.trim()).toReversed()
  const end = addresses.findIndex((address) => isIP(address) === 0)
  return end < 0 ? addresses : addresses.slice(0, end)
}

/**
 * The address of whoever connects, as it is counted. Behind proxies it is what the outermost trusted one saw: each adds
 * the address it was called from to the end of `X-Forwarded-For`, and whatever stands before that anybody may have
 * written.
 *
 * @param trusted proxies in front of this server that the operator answers for
 */
export const addressOf = (request: IncomingMessage, trusted: number): string => {
  const seen = [request.socket.remoteAddress ?? '', ...(trusted > 0 ? forwardedFor(request) : [])]
  return countedAs(seen[Math.min(trusted, seen.length - 1)] ?? '')
}
