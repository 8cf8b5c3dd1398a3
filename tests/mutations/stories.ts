import type { Json } from '#model/entry'
import type { Random } from '#sim/random'
import type { World, WorldDevice } from '#world/types'

/** What happens in a world before everything is healed; chances come from the seed alone. */
export type Story = (world: World, random: Random) => Promise<void>

const TYPE = 'reading'

/** What is refused or lost in a crash is part of the story; the checks know what resolved. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined)

const put = (world: World, device: string, id: string, fields: Readonly<Record<string, Json>>): void => {
  if (world.device(device).state === 'running') quietly(world.device(device).engine.put(TYPE, id, fields))
}
const remove = (world: World, device: string, id: string): void => {
  if (world.device(device).state === 'running') quietly(world.device(device).engine.remove(TYPE, id))
}

/** Text that hardly deflates, so that it takes many chunks. */
const noise = (random: Random, bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 6) }, () =>
    Math.floor(random.next() * 36 ** 6)
      .toString(36)
      .padStart(6, '0'),
  ).join('')

const namesOf = ({ devices }: World): readonly string[] => devices.map(({ name }) => name)

/** Everybody writes the same fields in the same millisecond, apart from each other; then some settle it. */
const ties: Story = async (world, random) => {
  for (let round = 0; round < 4; round++) {
    world.network.partition(['a'], ['b'], ['c', 'server'])
    for (const name of namesOf(world)) put(world, name, 'm1', { kwh: `${name}${round}`, note: random.int(0, 1) })
    await world.pass(random.int(0, 40))
    remove(world, random.pick(namesOf(world)), 'm1')
    for (const name of namesOf(world)) put(world, name, `m${random.int(1, 3)}`, { kwh: random.int(0, 2) })
    await world.pass(500)
    world.network.healAll()
    await world.pass(20_000)
    if (random.chance(0.5)) put(world, 'a', 'm1', { kwh: `settled ${round}` })
    await world.pass(1_000)
  }
}

/** Disks refuse a message and take the next, which builds on it. */
const gaps: Story = async (world, random) => {
  for (let round = 0; round < 6; round++) {
    const [writer, reader] = random.chance(0.5) ? ['a', 'b'] : ['b', 'c']
    world.device(reader).disk.failNext(random.int(1, 2), random.chance(0.7) ? 'before' : 'after')
    for (let i = 0; i < 4; i++) {
      put(world, writer, `m${random.int(1, 3)}`, { kwh: 10 * round + i })
      await world.pass(random.int(8, 40))
    }
    await world.pass(random.int(100, 6_000))
  }
}

/** Disks take a write and say that they did not. */
const doubts: Story = async (world, random) => {
  for (let round = 0; round < 4; round++) {
    const name = random.pick(namesOf(world))
    world.device(name).disk.failNext(1, 'after')
    put(world, name, 'm1', { kwh: round })
    await world.pass(random.int(20, 400))
    put(world, name, 'm1', { kwh: 100 + round })
    await world.pass(1_000)
  }
}

/** Links break in the middle of large messages, both sides told or only one. */
const cuts: Story = async (world, random) => {
  world.network.shape({ latencyMs: 10, jitterMs: 5, bytesPerSecond: 400_000 })
  for (let round = 0; round < 5; round++) {
    const writer = random.pick(namesOf(world))
    for (let i = 0; i < 3; i++) put(world, writer, `m${i}`, { photo: noise(random, random.int(40_000, 150_000)) })
    await world.pass(random.int(10, 600))
    if (random.chance(0.7)) world.network.breakLinks()
    else world.network.vanishLinks(writer)
    await world.pass(random.int(200, 9_000))
  }
  await world.pass(20_000)
  put(world, 'a', 'last', { photo: noise(random, 60_000) })
  await world.pass(random.int(10, 150))
  world.network.breakLinks()
}

/** Links break in the middle of a message, and what follows on the next one is of another size. */
const halves: Story = async (world, random) => {
  world.network.shape({ latencyMs: 5, jitterMs: 0, bytesPerSecond: 300_000 })
  for (let round = 0; round < 12; round++) {
    put(world, 'a', `m${round}`, { photo: noise(random, random.int(60_000, 200_000)) })
    await world.pass(random.int(60, 300))
    world.network.breakLinks()
    put(world, 'a', `n${round}`, { photo: noise(random, random.int(15_000, 60_000)) })
    await world.pass(random.int(300, 1_500))
  }
}

/** Power fails while slow disks are writing. */
const crashes: Story = async (world, random) => {
  for (const { disk } of world.devices) disk.setSlowness(150)
  for (let round = 0; round < 6; round++) {
    const victim = random.pick(namesOf(world))
    for (const name of namesOf(world)) put(world, name, `m${random.int(1, 3)}`, { kwh: `${name}${round}` })
    await world.pass(random.int(20, 600))
    world.device(victim).crash()
    await world.pass(random.int(0, 3_000))
    quietly(world.device(victim).start())
    await world.pass(random.int(1_000, 6_000))
  }
}

/** Clocks run ahead, are set right, and the device starts again. */
const clocks: Story = async (world, random) => {
  for (const name of ['a', 'b']) {
    const device = world.device(name)
    device.setClock(random.int(400_000, 4_000_000))
    put(world, name, 'm1', { kwh: name })
    await world.pass(1_000)
    device.setClock(random.int(-3_600_000, 0))
    device.crash()
    await world.pass(100)
    quietly(device.start())
    await world.pass(50)
    put(world, name, `own-${name}`, { kwh: 1 })
    await world.pass(3_000)
  }
}

/** A tablet is restored from a backup after others had taken what it wrote since; it starts again later. */
const restored: Story = async (world, random) => {
  const device = world.device('a')
  put(world, 'a', 'm1', { kwh: 1 })
  await world.pass(1_000)
  device.disk.backup()
  for (let i = 0; i < random.int(1, 4); i++) put(world, 'a', 'm1', { kwh: 10 + i })
  await world.pass(3_000)
  device.crash()
  device.disk.restore()
  quietly(device.start())
  await world.pass(15_000)
  put(world, 'b', 'm1', { kwh: 3 })
  await world.pass(1_000)
  await world.until('a is running', () => device.state === 'running')
  quietly(device.stop())
  await world.until('a is off', () => device.state === 'off')
  quietly(device.start())
  await world.pass(2_000)
  put(world, 'a', 'm2', { kwh: 4 })
}

/**
 * A tablet is restored from a backup and writes on, apart from who has what it wrote before. A third device gets both
 * branches of its log: the second is on its way before the first is stored.
 */
const branches: Story = async (world, random) => {
  const [a, b, c] = [world.device('a'), world.device('b'), world.device('c')]
  const hasFrom = (one: WorldDevice, id: string) => one.engine.record(TYPE, id) !== undefined
  put(world, 'a', 'm1', { kwh: 1 })
  await world.until('everybody has the first reading', () => hasFrom(b, 'm1') && hasFrom(c, 'm1'))
  a.disk.backup()
  world.network.cut('a', 'c')
  world.network.cut('b', 'c')
  put(world, 'a', 'lost', { kwh: random.int(2, 9) })
  await world.until('b has what will be lost', () => hasFrom(b, 'lost'))
  a.crash()
  a.disk.restore()
  world.network.cut('a', 'b')
  await world.settle(a.start())
  put(world, 'a', 'instead', { kwh: random.int(10, 19) })
  await world.pass(1_000)
  c.disk.setSlowness(15_000)
  world.network.heal('a', 'c')
  world.network.heal('b', 'c')
  await world.until('c has a branch', () => hasFrom(c, 'lost') || hasFrom(c, 'instead'), 400_000)
  c.disk.setSlowness(2)
  await world.pass(60_000)
}

/** A member of the room sends what no honest device sends. */
const intruded: Story = async (world, random) => {
  world.addHostile()
  for (let round = 0; round < 5; round++) {
    for (const name of namesOf(world)) put(world, name, `m${random.int(1, 3)}`, { kwh: `${name}${round}` })
    await world.pass(5_000)
  }
}

/** A device goes without a word and stays away. */
const gone: Story = async (world, random) => {
  put(world, 'a', 'm1', { kwh: 1 })
  await world.pass(2_000)
  const victim = random.pick(namesOf(world))
  world.device(victim).crash()
  await world.pass(40_000)
}

/** A page is frozen and stays so; its browser goes on answering for its links, and says nothing. */
const frozen: Story = async (world, random) => {
  const victim = world.device(random.pick(namesOf(world)))
  await world.pass(2_000)
  victim.freeze()
  await world.pass(150_000)
  victim.thaw()
}

/** A season's readings at once, and edits meanwhile. */
const bulk: Story = async (world, random) => {
  const rows = Array.from({ length: 400 }, (_, i) => ({
    id: `row-${i}`,
    resourceType: TYPE,
    action: 'create' as const,
    data: { kwh: i, remark: noise(random, 2_000) },
  }))
  quietly(world.device('a').engine.sync(rows))
  await world.pass(200)
  for (const name of namesOf(world)) put(world, name, 'm1', { kwh: name })
  await world.pass(5_000)
}

/** Roads lose messages, the signaling server comes and goes, pages freeze. */
const rough: Story = async (world, random) => {
  world.network.shape({ latencyMs: 60, jitterMs: 80 })
  for (let round = 0; round < 4; round++) {
    for (const name of namesOf(world)) put(world, name, `m${random.int(1, 4)}`, { kwh: random.int(0, 99) })
    const victim = world.device(random.pick(namesOf(world)))
    if (random.chance(0.5)) world.server.dropAll()
    victim.freeze()
    await world.pass(random.int(500, 12_000))
    victim.thaw()
    world.network.breakLinks('a', 'b')
    await world.pass(random.int(500, 6_000))
  }
}

export const STORIES = {
  ties,
  gaps,
  doubts,
  cuts,
  halves,
  crashes,
  clocks,
  restored,
  branches,
  intruded,
  gone,
  frozen,
  bulk,
  rough,
} as const satisfies Record<string, Story>
export type StoryName = keyof typeof STORIES
