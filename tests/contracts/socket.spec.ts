import { describe } from 'vitest'
import { socketContract } from '#contracts/socket/socket-contract'
import { chromiumSockets } from './support/chromium-sockets.ts'
import { keep } from './support/keep.ts'

describe('sockets of Chromium and the real server', { timeout: 60_000 }, () => {
  keep(socketContract(chromiumSockets))
})
