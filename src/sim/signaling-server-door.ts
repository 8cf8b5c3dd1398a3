import type { CryptoSuite } from '#trust/crypto.types'
import { isJoinProven } from '#trust/join-proof'
import type { ClientFrame, JoinFrame } from '#wire/signaling'

/** As the real server's. */
const MOST_WAITING = 16

interface DoorOptions {
  readonly suite: Pick<CryptoSuite, 'verify'>
  /** What the connection was greeted with; good for one join. */
  readonly nonce: string
  readonly isOver: () => boolean
  readonly admit: (frame: JoinFrame) => void
  readonly turnAway: (code: 'bad-proof' | 'rate-limited') => void
  readonly obey: (frame: Exclude<ClientFrame, JoinFrame>) => void
  /** A join that is one too many. */
  readonly refuse: () => void
}

/** The way into a simulated room: as at the real server, what comes while a proof is looked at waits. */
export const createDoor = (options: DoorOptions): { readonly take: (frame: ClientFrame) => void } => {
  const { suite, nonce, isOver, admit, turnAway, obey, refuse } = options
  const waiting: ClientFrame[] = []
  let state: 'closed' | 'checking' | 'used' = 'closed'

  const isProven = async ({ room, peer, pub, roomSig, devSig }: JoinFrame): Promise<boolean> =>
    pub !== undefined &&
    roomSig !== undefined &&
    devSig !== undefined &&
    isJoinProven(suite, { room, peer, nonce }, { pub, roomSig, devSig })
  const look = async (frame: JoinFrame): Promise<void> => {
    state = 'checking'
    const isGood = await isProven(frame)
    state = 'used'
    if (isOver()) return
    if (!isGood) return turnAway('bad-proof')
    admit(frame)
    for (const next of waiting.splice(0)) if (!isOver()) take(next)
  }
  const take = (frame: ClientFrame): void => {
    if (state === 'checking') {
      if (waiting.length >= MOST_WAITING) turnAway('rate-limited')
      else waiting.push(frame)
    } else if (frame.t !== 'join') obey(frame)
    else if (state === 'used') refuse()
    else void look(frame)
  }
  return { take }
}
