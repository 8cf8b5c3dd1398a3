import type { Policy } from '#trust/membership/membership.types'
import { readInvitation, writeInvitation } from './room-check.ts'

/** What the page's address says. */
export interface Address {
  /** Secret of the room; absent in a fresh address. */
  readonly secret?: string
  /** The room in the address does not fit its check, or nobody knows the rule of the new one: mistyped, or cut off. */
  readonly damaged?: true
  /** `?new`: a new field book is wanted, whatever was open before. */
  readonly fresh: boolean
  /** `?new=tofu`, `?new=certified`: who may join the new field book; absent for whoever has the invitation. */
  readonly membership?: Policy
  /** Storage name: several devices on one origin are told apart by it. */
  readonly device: string
  /** Signaling address given by `?signaling=`. */
  readonly signaling?: string
}

const FIRST_DEVICE = 'device-1'

/** Reads `?device=` (or `?store=`), `?signaling=`, `?new` (or `?new=RULE`) and `#room=`. */
export const readAddress = (href: string): Address => {
  const url = new URL(href)
  const room = new URLSearchParams(url.hash.slice(1)).get('room')
  const secret = room && readInvitation(room)
  const signaling = url.searchParams.get('signaling')
  const rule = url.searchParams.get('new')
  const device = url.searchParams.get('device') ?? url.searchParams.get('store')
  return {
    device: device?.replace(/[^\w-]+/g, '-').slice(0, 64) || FIRST_DEVICE,
    fresh: rule !== null,
    ...(isRule(rule) && { membership: rule }),
    ...(secret && { secret }),
    ...(((room && !secret) || (rule && !isRule(rule))) && { damaged: true }),
    ...(signaling && { signaling }),
  }
}

/** What `?new` may say; nothing stands for the usual rule. */
const isRule = (rule: string | null): rule is Policy => rule === 'tofu' || rule === 'certified'

/** The address with other values in its fragment; null removes one. */
export const withFragment = (href: string, values: Readonly<Record<string, string | null>>): string => {
  const url = new URL(href)
  const fragment = new URLSearchParams(url.hash.slice(1))
  for (const [name, value] of Object.entries(values)) {
    if (value === null) fragment.delete(name)
    else fragment.set(name, value)
  }
  // URLSearchParams writes ~ as %7E, which no fragment needs.
  url.hash = fragment.toString().replaceAll('%7E', '~')
  return url.href
}

/** The address of an opened room: its checked secret in the fragment, nothing else in it changed but a used up `?new`. */
export const withRoom = (href: string, secret: string): string =>
  withFragment(withParameter(href, 'new', null), { room: writeInvitation(secret) })

/** The address without its room, once something else holds that; a used up `?new` goes with it. */
export const withoutRoom = (href: string): string => withFragment(withParameter(href, 'new', null), { room: null })

/** The address with another `?signaling=`; null removes it. */
export const withSignaling = (href: string, signaling: string | null): string =>
  withParameter(href, 'signaling', signaling)

const withParameter = (href: string, name: string, value: string | null): string => {
  const url = new URL(href)
  if (value === null) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return url.href
}

/**
 * What is handed to another device: this app, this room, and nothing of this device.
 *
 * @param signaling the server in use; carried when it is not the one on the page's own host
 */
export const inviteLink = (href: string, secret: string, signaling: string | null): string => {
  const url = new URL(href)
  for (const own of ['device', 'store']) url.searchParams.delete(own)
  url.hash = ''
  const carried = signaling && !isSameAddress(signaling, sameHostSignaling(url)) ? signaling : null
  return withRoom(withSignaling(url.href, carried), secret)
}

const isSameAddress = (a: string, b: string) => URL.canParse(a) && new URL(a).href === new URL(b).href

/** A link that opens one more device in this browser, with storage of its own. */
export const nextDeviceLink = (href: string, secret: string, signaling: string | null): string => {
  const { device } = readAddress(href)
  const [, stem = device, count = '1'] = /^(.*?)-?(\d+)$/.exec(device) ?? []
  return withParameter(inviteLink(href, secret, signaling), 'device', `${stem}-${Number(count) + 1}`)
}

/** A link that starts a new field book on this device, with the rule of who may join it. */
export const newBookLink = (href: string, policy: Policy = 'secret-only'): string => {
  const url = new URL(href)
  url.hash = ''
  url.searchParams.set('new', isRule(policy) ? policy : '')
  return url.href
}

/** Whether only this computer can open addresses of the host. */
export const isLoopback = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** The signaling server on the same host as the page. */
export const sameHostSignaling = ({ protocol, host }: { readonly protocol: string; readonly host: string }): string =>
  `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/`
