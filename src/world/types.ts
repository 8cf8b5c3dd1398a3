import type { Entry } from '#model/entry'
import type { SyncEngine } from '#engine/types'
import type { Journal } from '#store/journal'
import type { Policy } from '#trust/membership/membership.types'
import type { HostileFrame } from './hostile-frames.ts'
import type { HostilePeer, Road, WorldNetwork, WorldServer } from './network.types.ts'

export type * from './network.types.ts'

export interface WorldOptions {
  /** Every chance in the world comes from it: the same seed on the same version is the same run, to the byte. */
  readonly seed: number
  /** How many devices, 1 to 20; they are named a, b, c … */
  readonly peers: number
  /** Every road at first; default 5 ms, 3 ms jitter, no loss, no limit. */
  readonly road?: Partial<Road>
  /**
   * Who belongs to the room, as in `createRoom`; default: whoever has its secret. Where devices are admitted, device a
   * has the founder's key, and all others wait until it admits them.
   */
  readonly membership?: Policy
  /** Direct links of each device at most, as in `createSyncEngine`. */
  readonly maxDirectPeers?: number
  /**
   * Devices that are further tabs of another one: `{ c: 'a' }` makes c a second tab of device a, with its disk, its
   * clock, its network and its identity. Of all tabs of a device one writes, by a lock; the others stand by. Names of
   * both must be there, and the other must be no such tab itself.
   */
  readonly tabs?: Readonly<Record<string, string>>
  /**
   * Awaited before each timer fires, with its time in ms: holds the world's time, for those who watch it. What
   * happens is the same with and without.
   */
  readonly pace?: (at: number) => Promise<void> | void
}

/**
 * `off`: not started, stopped or crashed. `standby`: it runs and does nothing, for another tab of it writes the log.
 * `frozen`: the page's tasks stand still. `asleep`: the whole machine does.
 */
export type DeviceState = 'off' | 'running' | 'standby' | 'frozen' | 'asleep'

/** The storage of one device: it outlives crashes. */
export interface WorldDisk {
  /** From now on every append and small value is refused as `storage-full`, until `free`. */
  fill(): void
  /** Space again, and no failures to come. */
  free(): void
  /** The next appends fail, `before` anything was written or `after` everything was. */
  failNext(appends: number, when: 'before' | 'after'): void
  /** ms that a write takes to become durable; default 2. What is not durable is lost in a crash. */
  setSlowness(ms: number): void
  /** Remembers what is on the disk now. */
  backup(): void
  /**
   * While the device is off: puts the backup back, as a person who restores a tablet.
   *
   * @throws FieldmeshError `options-invalid` while the device is on, and where nothing was backed up
   */
  restore(): void
  /**
   * While the device is off: evicted storage, all gone.
   *
   * @throws FieldmeshError `options-invalid` while the device is on
   */
  wipe(): void
  /** Opens what is durable now, for looking; never write to it. */
  look(): Journal
  /** Journals that are open on it now. */
  readonly opened: number
  /** How often it was wiped or restored: what a device promised before is no promise after. */
  readonly losses: number
}

/** A write that resolved for its caller: from then on it may never be lost. */
export interface ResolvedWrite {
  readonly device: string
  /** Simulated ms. */
  readonly at: number
  readonly entry: Entry
}

/** One production engine with everything around it simulated. */
export interface WorldDevice {
  readonly name: string
  /** The device of which this is a further tab; undefined for devices of their own. */
  readonly tabOf: string | undefined
  readonly state: DeviceState
  /**
   * The engine of its present life; another object after each `crash` or first `start`. Writes through it are
   * remembered in `World.writes` when they resolve.
   */
  readonly engine: SyncEngine
  /** Peer id of every life so far, oldest first; another one after wiped storage. */
  readonly peerIds: readonly string[]
  readonly disk: WorldDisk
  /** Bytes of messages that rest in memory for its links. */
  readonly restingBytes: number
  /** WebSockets that its pages opened and did not close. */
  readonly sockets: number
  /** Timers that are armed now, of charts and adapters. */
  readonly timers: number
  /**
   * Starts the engine; resolves when it runs, or stands by for another tab. A new life after a crash. To be awaited by
   * `world.settle`, as `stop` is.
   */
  start(): Promise<void>
  /** A polite stop. */
  stop(): Promise<void>
  /** Power off, or for one of several tabs the end of its process: no goodbye, timers gone, unfinished writes lost. Everything of this life falls silent. */
  crash(): void
  /** The page is frozen: its tasks wait, the browser goes on answering for its links. Nothing unless running or standing by. */
  freeze(): void
  thaw(): void
  /** The lid is closed: tasks of every tab wait and the device is off the network. Nothing unless running or standing by. */
  sleep(): void
  wake(): void
  /** Another address, as from one access point to the next: its links are dead until renegotiated. Nothing unless running. */
  roam(): void
  /** Sets its wall clock so many ms ahead of the world's (negative: behind), in every tab. */
  setClock(aheadMs: number): void
}

/** Something that must not be. */
export interface Finding {
  /** The rule that was broken, such as `WORLD-3`. */
  readonly rule: string
  /** What was seen, with names and values. */
  readonly says: string
}

/** n production engines in one simulation, on one clock that nobody but the world turns. */
export interface World {
  readonly seed: number
  readonly devices: readonly WorldDevice[]
  readonly network: WorldNetwork
  readonly server: WorldServer
  /** Every write that resolved, on any device, in order. */
  readonly writes: readonly ResolvedWrite[]
  /** Rules broken along the way, by checks that run all the time. */
  readonly findings: Finding[]
  /** ms since the world began. */
  readonly now: () => number
  device(name: string): WorldDevice
  /** Starts every device that is off. */
  start(): Promise<void>
  /**
   * Lets a hostile peer into the room; it attacks every device until it leaves. `healAll` makes it leave.
   *
   * @param arms what it attacks with; by default a bit of everything
   */
  addHostile(arms?: readonly HostileFrame[]): HostilePeer
  readonly hostiles: readonly HostilePeer[]
  /**
   * Lets so many ms pass. Time passes in `pass`, `step`, `until`, `settle` and the like only, and nowhere else.
   *
   * @throws FieldmeshError `options-invalid` for what is no span of time, as do `until` and `after`
   */
  pass(ms: number): Promise<void>
  /**
   * The smallest piece of time: moves to the next timer, fires it, and everything that follows from it at once; false
   * where none is armed, and then no time passes.
   *
   * @example
   * let steps = 0
   * while (world.network.links === 0 && (await world.step())) steps += 1
   */
  step(): Promise<boolean>
  /** When the next timer fires, ms since the world began; undefined where none is armed. */
  nextAt(): number | undefined
  /** Calls after each timer that fired and everything that followed from it at once, whoever turned the clock. */
  onStep(listener: () => void): void
  /**
   * Lets time pass until something is done, and resolves or rejects as it does. A bare `await` of it would wait for ever,
   * for nobody would turn the clock.
   *
   * @example
   * await world.settle(world.device('a').engine.put('reading', 'm1', { kwh: 812 }))
   */
  settle<T>(work: Promise<T>): Promise<T>
  /**
   * Lets time pass until it holds; resolves with the ms it took.
   *
   * @param withinMs default 120,000
   * @throws WaitedTooLong with `what` and the state of everything
   */
  until(what: string, holds: () => boolean, withinMs?: number): Promise<number>
  /** Calls back after so many ms of the world's time. */
  after(ms: number, task: () => void): void
  /** Calls at every entry that becomes durable and visible on a device, own or not. */
  onApplied(listener: (device: WorldDevice, dots: readonly { peerId: string; seq: number }[]) => void): void
  /** Calls at the moment a write resolves for its caller, on whichever device. */
  onResolved(listener: (writes: readonly ResolvedWrite[]) => void): void
  /**
   * Every device wakes, starts, gets space and the right time; every cut heals, the server is up and honest, hostile
   * peers leave. Roads keep their shape, and nobody presses “Try again”.
   */
  healAll(): Promise<void>
  /** True where every running device is linked to every other and nobody lacks anything. */
  isQuiet(): boolean
  /**
   * Heals everything and lets time pass until it is quiet; the ms it took. “Try again” is pressed only where something
   * shows that it gave up.
   *
   * @param withinMs default: the longest that recovery may take, about 200 s, without what has to be transferred
   * @throws WaitedTooLong
   */
  quiesce(withinMs?: number): Promise<number>
  /** Calls with everything that crosses the network or reaches a disk: ms, words, and how many bytes. */
  readonly onTrace: (listener: (at: number, what: string, bytes?: number) => void) => void
  /** Fingerprint of everything that crossed the network and the disks so far, with its times. */
  readonly digest: () => string
  /** Stops every device and the server. */
  stop(): Promise<void>
}
