import { setup } from 'xstate'

interface OrderContext {
  readonly items: number
  readonly tries: number
}

/** Somebody else's machine with a bit of everything that a chart knows. */
export const orderMachine = setup({
  types: {
    context: {} as OrderContext,
    events: {} as
      | { type: 'item added' }
      | { type: 'checkout' }
      | { type: 'pay'; card: string }
      | { type: 'back' }
      | { type: 'cancel' }
      | { type: 'pause' }
      | { type: 'resume' },
    tags: {} as 'busy' | 'money',
  },
  actors: { chargeCard: setup({}).createMachine({}), courier: setup({}).createMachine({}) },
  actions: { countItem: () => undefined, thank: () => undefined, refund: () => undefined },
  guards: {
    hasItems: ({ context }) => context.items > 0,
    isLastTry: ({ context }) => context.tries > 2,
    isWrapped: () => false,
  },
  delays: { patience: ({ context }) => 1_000 * 2 ** context.tries },
}).createMachine({
  id: 'order',
  description: 'An order, from the first item to the doorstep.',
  context: { items: 0, tries: 0 },
  initial: 'shopping',
  on: { cancel: '.cancelled' },
  states: {
    shopping: {
      description: 'Things are put into the basket.',
      on: { 'item added': { actions: 'countItem' }, checkout: { guard: 'hasItems', target: 'paying' } },
      after: { 3600000: 'cancelled' },
    },
    paying: {
      description: 'The card is charged, up to three times.',
      tags: ['busy', 'money'],
      initial: 'entering',
      on: { back: 'shopping' },
      states: {
        entering: { on: { pay: 'charging' } },
        charging: {
          invoke: {
            id: 'charge',
            src: 'chargeCard',
            onDone: '#order.fulfilling',
            onError: [{ guard: 'isLastTry', target: '#order.cancelled' }, { target: 'declined' }],
          },
        },
        declined: { after: { patience: 'charging' }, on: { pay: 'charging' } },
        where: { type: 'history', history: 'deep' },
      },
    },
    fulfilling: {
      description: 'Wrapping and printing go on at the same time.',
      type: 'parallel',
      tags: 'busy',
      entry: ({ context }) => context,
      onDone: 'shipped',
      on: { pause: 'held' },
      states: {
        parcel: {
          initial: 'open',
          states: {
            open: { always: { guard: 'isWrapped', target: 'closed' }, after: { 20000: 'closed' } },
            closed: { type: 'final' },
          },
        },
        papers: {
          initial: 'printing',
          states: { printing: { after: { 5000: 'printed' } }, printed: { type: 'final' } },
        },
      },
    },
    held: { description: 'Somebody asked us to wait.', on: { resume: 'fulfilling', back: 'paying.where' } },
    shipped: {
      description: 'The courier has it.',
      entry: ({ context }) => context,
      invoke: { src: 'courier', id: 'courier', onDone: 'delivered' },
    },
    delivered: { type: 'final', description: 'It is on the doorstep.', entry: 'thank' },
    cancelled: { type: 'final', description: 'Nothing comes of it, and money goes back.', entry: 'refund' },
  },
})

/** Two states. */
export const lampMachine = setup({}).createMachine({
  id: 'lamp',
  description: 'A lamp that goes out by itself.',
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' }, after: { 90000: 'off' } } },
})

/** What each station of the plant does. */
const STATION = ['idle', 'filling', 'heating', 'cooling', 'emptying', 'fault'] as const

const stationStates = () =>
  Object.fromEntries(
    STATION.map((name, at) => [
      name,
      {
        description: `The station is ${name}.`,
        on: {
          next: STATION[(at + 1) % STATION.length] ?? 'idle',
          ...(name !== 'fault' && { alarm: 'fault' }),
          ...(name === 'fault' && { reset: 'idle' }),
        },
        ...(name === 'heating' && { after: { 45000: 'cooling' } }),
      },
    ]),
  )

const LINES = ['mixing', 'brewing', 'bottling'] as const
const stationsOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `station${at + 1}`,
      {
        description: `Station ${at + 1} of the line.`,
        initial: 'idle',
        on: { 'hand over': `station${((at + 1) % count) + 1}` },
        states: stationStates(),
      },
    ]),
  )

/** A plant of three lines with six stations each: 132 states, more than anybody can look at at once. */
export const plantMachine = setup({}).createMachine({
  id: 'plant',
  description: 'A plant of three lines with six stations each.',
  initial: 'standby',
  states: {
    standby: { description: 'Nobody has switched it on.', on: { 'switch on': 'running' } },
    running: {
      description: 'All lines run, each at its own pace.',
      type: 'parallel',
      on: { 'switch off': 'standby' },
      states: Object.fromEntries(
        LINES.map((line) => [
          line,
          {
            description: `The line for ${line}.`,
            initial: 'station1',
            states: stationsOf(6),
          },
        ]),
      ),
    },
  },
})
