import { chronicleOf } from './check-chronicle.ts'
import { createFindings, type FindingList } from './check-rules.ts'
import type { Finding, World, WorldDevice } from './types.ts'

/** After `world.stop()`: nothing of it is left (WORLD-14). Resolves when the last look along the way was had, too. */
export const checkStopped = async (world: World): Promise<readonly Finding[]> => {
  await chronicleOf(world).settled()
  const findings = createFindings()
  const { network, server } = world
  if (network.links + network.ends > 0)
    findings.add('WORLD-14', `${network.links} links and ${network.ends} ends are left`)
  if (server.connections > 0) findings.add('WORLD-14', `${server.connections} connections to the server are left`)
  for (const device of world.devices) checkDevice(findings, device)
  return findings.found
}

const checkDevice = (findings: FindingList, { name, state, timers, engine, depot }: WorldDevice): void => {
  const left = (what: string): void => findings.add('WORLD-14', `${name}: ${what}`)
  const { phase } = engine.store.getStatus()
  if (state !== 'off' || phase !== 'idle') left(`it is ${state}, its engine ${phase}`)
  if (timers > 0) left(`${timers} timers are armed`)
  if (depot.bytes > 0) left(`${depot.bytes} bytes rest in memory`)
  const { children } = engine.actor.getSnapshot() as { children?: Readonly<Record<string, unknown>> }
  const actors = Object.entries(children ?? {}).filter(([, child]) => child !== undefined)
  if (actors.length > 0) left(`actors are left: ${actors.map(([id]) => id).join(', ')}`)
}
