import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressOf, countedAs } from './address-of.ts'
import { createAddressRates } from './address-rates.ts'

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

describe('the address that a device is counted by', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::5:6:7:8', '1:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['fe80::1:2:3:4%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, counted) => {
    expect(countedAs(address)).toBe(counted)
  })

  it.each<[string, number, string | undefined, string]>([
    ['without proxies, whatever it says of itself', 0, '203.0.113.9', '10.0.0.1'],
    ['behind one, what that one saw', 1, '203.0.113.9', '203.0.113.9'],
    ['behind one, whatever was written before', 1, '1.1.1.1, 2.2.2.2, 203.0.113.9', '203.0.113.9'],
    ['behind two, what the outer one saw', 2, '1.1.1.1, 203.0.113.9, 10.0.0.2', '203.0.113.9'],
    ['behind two of which one is silent, as far as there is one', 2, '203.0.113.9', '203.0.113.9'],
    ['behind one that says nothing', 1, undefined, '10.0.0.1'],
    ['behind one that talks nonsense', 1, 'unknown', '10.0.0.1'],
    ['behind two, up to the nonsense', 2, 'unknown, 10.0.0.2', '10.0.0.2'],
    ['of IPv6, its network', 1, '2001:db8::1', '2001:db8:0:0::/64'],
  ])('is, %s', (_, trusted, forwarded, address) => {
    expect(addressOf(from('10.0.0.1', forwarded), trusted)).toBe(address)
  })
})

describe('what an address may do in a minute', () => {
  it('is so much at once, then as time goes by; each address by itself', () => {
    let now = 0
    const rates = createAddressRates(60, () => now)
    for (let i = 0; i < 60; i++) expect(rates.take('a')).toBe(0)
    expect([rates.take('a'), rates.take('b')]).toEqual([1_000, 0])
    now = 1_000
    expect([rates.take('a'), rates.take('a')]).toEqual([0, 1_000])
  })

  it('is remembered for so many addresses, of those that were quiet for longest no more', () => {
    const rates = createAddressRates(1, () => 0, 2)
    expect([rates.take('a'), rates.take('b'), rates.take('a')]).toEqual([0, 0, 60_000])
    rates.take('c')
    expect(rates.take('a')).toBe(60_000)
    expect(rates.take('b')).toBe(0)
  })

  it('is anything where no bound is set', () => {
    const rates = createAddressRates(Number.POSITIVE_INFINITY, () => 0)
    for (let i = 0; i < 100; i++) expect(rates.take('a')).toBe(0)
  })
})
