import { drained } from '#sim/drained'
import { createWorld } from '#world/create-world'
import { WaitedTooLong } from '#world/waited-too-long'
import { browserClock } from './browser-clock.ts'
import { mostTelling } from './happenings.ts'
import { createHistory } from './history.ts'
import type { CallOf, DeviceAt, Scene } from './moment.types.ts'
import { createPacer, type RealClock } from './pacer.ts'
import { pastError } from './past-error.ts'
import { personOf } from './people.ts'
import { replayEngine } from './replay-engine.ts'
import type { RunOptions, Stage, StageOptions } from './stage.types.ts'
import { begin, createTurner } from './turner.ts'
import { watchWorld } from './watch-world.ts'

/** Between two pictures of a stage in a hurry, ms of real time. */
const HURRIED_MS = 250
/** Longest that a run on a stage waits, simulated ms. */
const PATIENCE_MS = 600_000

/**
 * Puts a world on a stage. Nothing runs before `open`, `run` or `host`.
 *
 * @throws FieldmeshError `options-invalid`, as `createWorld`
 * @example
 * const stage = createStage({ seed: 1, peers: 2 })
 * await stage.run(() => stage.world.start(), () => stage.world.isQuiet(), { hurry: true })
 * stage.show(0) // how it began
 */
export const createStage = (options: StageOptions, clock: RealClock = browserClock): Stage => {
  const { mostMoments, people = {}, lists = [], ...worldOptions } = options
  const callOf: CallOf = (place) => (place === 'server' ? 'the server' : (people[place] ?? personOf(place)))
  const listeners = new Set<() => void>()
  const history = createHistory(mostMoments)
  const pacer = createPacer(clock, () => world.now())
  const world = createWorld({ ...worldOptions, pace: (at) => pacer.pace(at) })
  const watch = watchWorld(world, callOf)
  const turner = createTurner(world)
  let live: Scene = watch.look()
  let version = 0
  let isTelling = false

  let toldAt = clock.now()
  const tell = (): void => {
    version += 1
    toldAt = clock.now()
    for (const listener of Array.from(listeners)) listener()
  }
  const tellSoon = (): void => {
    if (isTelling) return
    isTelling = true
    clock.soon(tellWhenDue)
  }
  /** In a hurry the pictures on the way would cost more than the way. */
  const tellWhenDue = (): void => {
    if (pacer.isHurrying && clock.now() - toldAt < HURRIED_MS) clock.soon(tellWhenDue)
    else {
      isTelling = false
      tell()
    }
  }
  /** Looks at the world; what happened becomes a moment. */
  const capture = (): void => {
    live = watch.look()
    const happened = watch.happened()
    const first = mostTelling(happened)
    if (first) {
      const { says, step, kind, device } = first
      const named = { ...(step !== undefined && { step }), ...(device !== undefined && { device }) }
      history.add({ ...live, caption: says, kind, happened, ...named })
    }
    tellSoon()
  }
  const captureSoon = async (): Promise<void> => {
    await drained()
    capture()
    turner.wake()
  }
  const scene = (): Scene => history.shown ?? live
  const at = (name: string): DeviceAt => {
    const device = scene().devices[name]
    return device ?? (live.devices[world.device(name).name] as DeviceAt)
  }
  const show = (n: number | undefined): void => {
    history.show(n)
    tell()
  }
  const engines = new Map(
    world.devices.map(({ name }) => {
      const engine = replayEngine({
        lists,
        shown: () => at(name),
        isPast: () => history.cursor !== undefined,
        live: () => world.device(name).engine,
        subscribe: (listener) => stage.subscribe(listener),
        acted: (says) => {
          watch.note({ kind: 'deed', says: `${callOf(name)} ${says}`, device: name })
          void captureSoon()
        },
        asked: (resourceType) => {
          if (watch.ask(resourceType)) live = watch.look()
        },
      })
      return [name, engine] as const
    }),
  )
  world.onStep(capture)
  pacer.onChange(() => {
    turner.wake()
    tellSoon()
  })
  watch.note({ kind: 'deed', says: 'The world begins' })
  capture()

  const stage: Stage = {
    world,
    pacer,
    history,
    lists,
    callOf,
    scene,
    now: () => live,
    at,
    engine: (name) => engines.get(world.device(name).name) as NonNullable<ReturnType<typeof engines.get>>,
    faults: (name) => ({ subscribe: stage.subscribe, read: () => at(name).faults }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    version: () => version,
    do: async (says, deed, device) => {
      if (history.cursor !== undefined) throw pastError()
      watch.note({ kind: 'deed', says, ...(device !== undefined && { device }) })
      const done = begin(deed)
      done.catch((error: unknown) => {
        watch.note({ kind: 'broken', says: `${says}: ${error instanceof Error ? error.message : String(error)}` })
        capture()
      })
      await captureSoon()
    },
    run: async (
      deed,
      until,
      { what = 'what the stage was run for', withinMs = PATIENCE_MS, hurry = false }: RunOptions = {},
    ) => {
      const slowDown = hurry ? pacer.hurry() : () => {}
      const began = world.now()
      const isLate = () => world.now() - began > withinMs
      try {
        const came = await turner.turn(deed, until, isLate)
        if (!came && !turner.isClosed()) throw new WaitedTooLong(what, withinMs, describe(live))
      } finally {
        slowDown()
        capture()
        tell()
      }
    },
    wait: (ms) => new Promise((resolve) => world.after(ms, () => resolve())),
    back: () => show((history.cursor ?? history.dropped + history.moments.length - 1) - 1),
    step: async () => {
      if (history.cursor !== undefined) return show(history.cursor + 1)
      const known = history.dropped + history.moments.length
      const hasMore = () => history.dropped + history.moments.length > known
      while (!hasMore() && world.nextAt() !== undefined && !turner.isClosed()) await turner.one(() => pacer.letOne())
    },
    show,
    note: (happening) => {
      watch.note(happening)
      capture()
    },
    host: (work) => turner.host(work),
    open: () => turner.open(),
    close: () => {
      turner.close()
      // Whoever still plays on it, were it in a hurry, would do so unseen to the end.
      pacer.stop()
    },
  }
  return stage
}

const describe = ({ at, devices }: Scene): string =>
  [
    `at ${at} ms`,
    ...Object.values(devices).map(({ name, state, status: { phase, outboxCount, peers } }) => {
      const others = peers.map((peer) => `${peer.peerId.slice(0, 4)} ${peer.state} ${peer.fault ?? ''}`)
      return `${name} ${state}/${phase}, ${outboxCount} to send; ${others.join(' · ')}`
    }),
  ].join('\n')
