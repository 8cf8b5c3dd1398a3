import type { Flow } from '../stage/flow.types.ts'
import { isQuiet, linkChart, peer, switchOn } from './deeds.ts'
import { goTo, head, press, says } from './sights.ts'
import type { Stage } from '../stage/stage.types.ts'

const isAlive = (stage: Stage, at: string, about: string, how: 'healthy' | 'probing'): boolean =>
  linkChart(stage, at, about)?.snapshot.matches({ link: { engaged: { open: { connected: { alive: how } } } } }) === true

/** Right after both had the answer to a ping three beats are left: ICE is the first to notice. */
const whenBothAnswered = async (stage: Stage): Promise<void> => {
  while (!isAlive(stage, 'a', 'b', 'healthy') || !isAlive(stage, 'b', 'a', 'healthy')) await stage.wait(1)
}
const isRestarting = (stage: Stage, at: string, about: string): boolean =>
  linkChart(stage, at, about)?.snapshot.matches({
    link: { engaged: { open: { connected: 'restartingIce' } } },
  }) === true

export const linkCut: Flow = {
  title: 'Link cut, given up, tried again',
  says: 'Nothing passes between two devices any more, though both reach the server: the path is repaired, then the link is made anew, again and again, ever more rarely, until a person is asked.',
  // Which of the two ways out comes first hangs on a second: this road leaves no doubt.
  stage: { peers: 2, road: { latencyMs: 5, jitterMs: 3, loss: 0 } },
  steps: [
    {
      says: 'Anna and Ben are linked.',
      deed: switchOn,
      until: (stage) =>
        isQuiet(stage) && ['a', 'b'].every((at) => isAlive(stage, at, at === 'a' ? 'b' : 'a', 'probing')),
      sees: (screens) => head(screens, 'a', 'Connected to 1 device'),
    },
    {
      says: 'A wall comes between them: for a moment nobody knows.',
      deed: async (stage) => {
        await stage.wait(1)
        await whenBothAnswered(stage)
        stage.world.network.cut('a', 'b')
      },
      until: (stage) => peer(stage, 'a', 'b')?.state === 'recovering' || peer(stage, 'b', 'a')?.state === 'recovering',
    },
    {
      says: 'ICE restarts: another path is sought for the same connection, once.',
      until: (stage) => isRestarting(stage, 'a', 'b') || isRestarting(stage, 'b', 'a'),
      sees: async (screens) => {
        await goTo(screens, 'a', 'devices')
        await says(screens, 'a', 'Repairing the connection')
      },
    },
    {
      says: 'There is none: the connection is given up, and a fresh one is dialed.',
      until: (stage) => ['connecting', 'waiting'].includes(peer(stage, 'a', 'b')?.state ?? ''),
      sees: (screens) => says(screens, 'a', /^(Connecting|Trying again shortly)$/),
    },
    {
      says: 'After twelve attempts it rests, says so, and asks Anna.',
      until: (stage) => peer(stage, 'a', 'b')?.state === 'gaveUp' && peer(stage, 'b', 'a')?.state === 'gaveUp',
      sees: async (screens) => {
        await says(screens, 'a', 'Gave up')
        await says(screens, 'a', 'Try again')
        await head(screens, 'a', 'No other device in reach')
      },
    },
    {
      says: 'The wall is gone. Nothing stirs: nobody knows of it.',
      deed: async ({ world, wait }) => {
        world.network.heal('a', 'b')
        await wait(30_000)
      },
      until: (stage) => peer(stage, 'a', 'b')?.state === 'gaveUp',
      sees: (screens) => says(screens, 'a', 'Gave up'),
    },
    {
      says: 'Anna presses “Try again”, and they are linked.',
      hand: async (screens) => {
        await goTo(screens, 'a', 'devices')
        await press(screens, 'a', /^retry-/)
      },
      until: isQuiet,
      sees: async (screens) => {
        for (const device of ['a', 'b']) await head(screens, device, 'Connected to 1 device')
      },
    },
  ],
}
