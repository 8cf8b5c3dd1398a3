import { createStage } from './create-stage.ts'
import type { Flow, Screens } from './flow.types.ts'
import type { Stage, StageOptions } from './stage.types.ts'

/** Where a flow stands. */
export interface Performance {
  readonly state: 'waiting' | 'playing' | 'played' | 'failed'
  /** The step that is under way, or was the last; -1 before the first. */
  readonly step: number
  /** By step: number of the moment it began with. */
  readonly marks: readonly number[]
  /** What went wrong, in words. */
  readonly problem?: string
}

export interface PlayOptions {
  /** As fast as it goes, instead of by the clock on the stage. */
  readonly hurry?: boolean
  /** Looks at the screens at the end of each step, and rejects where the people do not see what they should. */
  readonly check?: boolean
}

/** A stage with a flow on it that can be played again from the beginning, each time with a new world. */
export interface Theater {
  stage(): Stage
  /** Counts the worlds. */
  readonly generation: () => number
  readonly performance: () => Performance
  readonly subscribe: (listener: () => void) => () => void
  /** The screen of a device is there, or gone. */
  readonly mounted: (device: string, screen: HTMLElement | undefined) => void
  readonly screens: Screens
  /** Plays the flow from its beginning; in a new world, unless this one is untouched. */
  play(options?: PlayOptions): Promise<void>
  /** After a flow was played: goes back through it step by step, and looks at the screens once more; then now again. */
  recall(): Promise<void>
  close(): void
}

const ESCAPE = '\u001b'

/** Without what test tools add for terminals: colors, and after the words the whole page. */
const problemWords = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error)
  const [first = '', ...colored] = text.split(ESCAPE)
  const plain = [first, ...colored.map((part) => part.replace(/^\[\d+m/, ''))].join('')
  return plain.split(/\n\s*Ignored nodes/)[0] ?? ''
}

/** Whoever looks at the past meanwhile is let look: the next step waits until now is shown again. */
const untilNow = (stage: Stage): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (stage.history.cursor !== undefined) return
      forget()
      resolve()
    }
    const forget = stage.subscribe(look)
    look()
  })

const IDLE: Performance = { state: 'waiting', step: -1, marks: [] }

export const createTheater = (options: StageOptions, flow: Flow, speed = 1): Theater => {
  const listeners = new Set<() => void>()
  const bodies = new Map<string, HTMLElement>()
  const { people } = flow
  const build = () => createStage({ ...options, ...(people && { people }) })
  let stage = build()
  let generation = 0
  let performance = IDLE
  let curtain = Promise.withResolvers<void>()
  let isClosed = false
  stage.pacer.setSpeed(speed)

  const change = (next: Partial<Performance>): void => {
    performance = { ...performance, ...next }
    for (const listener of Array.from(listeners)) listener()
  }
  /** Whether what was begun on a stage is still wanted. */
  const isOn = (own: Stage): boolean => stage === own && !isClosed
  const renew = (): void => {
    stage.close()
    const { speed: kept } = stage.pacer
    stage = build()
    stage.pacer.setSpeed(kept)
    bodies.clear()
    // Whoever waited for it learns that another world is on.
    curtain.resolve()
    curtain = Promise.withResolvers()
    generation += 1
    performance = IDLE
    change({})
  }
  const screens: Screens = (device) => {
    const body = bodies.get(device)
    if (!body) throw new Error(`The screen of ${device} is not there.`)
    return body
  }
  const perform = async (own: Stage, { hurry = false, check = false }: PlayOptions): Promise<void> => {
    for (const [step, { says, hand, turns, deed, until, sees }] of flow.steps.entries()) {
      await untilNow(own)
      if (!isOn(own)) return
      await own.do(says, () => {})
      const mark = own.history.moments.at(-1)?.n ?? 0
      change({ step, marks: [...performance.marks, mark] })
      await hand?.(screens)
      await turns?.(own)
      if (deed || until)
        await own.run(
          () => deed?.(own),
          () => until?.(own) ?? true,
          { hurry, what: says },
        )
      if (check && isOn(own)) await sees?.(screens)
    }
  }
  return {
    stage: () => stage,
    generation: () => generation,
    performance: () => performance,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    mounted: (device, screen) => {
      if (screen) bodies.set(device, screen)
      else bodies.delete(device)
      if (bodies.size === stage.world.devices.length) curtain.resolve()
    },
    screens,
    play: async (playOptions = {}) => {
      if (performance.state !== 'waiting') renew()
      const own = stage
      change({ state: 'playing' })
      await curtain.promise
      if (!isOn(own)) return
      const slowDown = playOptions.hurry ? own.pacer.hurry() : () => {}
      if (!playOptions.hurry) own.pacer.play()
      try {
        await own.host(perform(own, playOptions))
        if (!isOn(own)) return
        own.pacer.pause()
        change({ state: 'played' })
      } catch (error) {
        if (stage === own) change({ state: 'failed', problem: problemWords(error) })
        throw error
      } finally {
        slowDown()
        own.open()
      }
    },
    recall: async () => {
      const ends = [...performance.marks.slice(1), undefined]
      for (const [step, end] of [...ends.entries()].toReversed()) {
        stage.show(end)
        const { sees, isPassing } = flow.steps[step] ?? {}
        if (!isPassing) await sees?.(screens)
      }
      stage.show()
    },
    close: () => {
      isClosed = true
      stage.close()
    },
  }
}
