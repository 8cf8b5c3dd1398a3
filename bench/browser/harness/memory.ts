import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright'

export interface PeakMemory {
  /** Most of JavaScript's heap in use, garbage not yet collected included, MB. */
  readonly heapMB: number
  /** Most resident memory of the page's process, MB. */
  readonly residentMB: number
}

const EVERY_MS = 100
const MB = 1_000_000

/** Looks at the memory of a page ten times a second until told to stop. */
export const watchMemory = async (page: Page): Promise<() => Promise<PeakMemory>> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const pid = await rendererOf(page)
  let heapMB = 0
  let residentMB = 0
  let over = false
  const look = async (): Promise<void> => {
    while (!over) {
      residentMB = Math.max(residentMB, await residentOf(pid))
      await Promise.race([heap(), rest()])
      await rest()
    }
  }
  const heap = async () => {
    const { metrics } = await session.send('Performance.getMetrics').catch(() => ({ metrics: [] }))
    const used = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
    heapMB = Math.max(heapMB, used / MB)
  }
  const looking = look()
  return async () => {
    over = true
    await looking
    await session.detach().catch(() => undefined)
    return { heapMB, residentMB }
  }
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, EVERY_MS))

/** Long enough to stand out among the other renderers of its browser, which are idle. */
const MARK_MS = 120

/** The page's process: the renderer whose processor time grows while the page is kept busy. */
const rendererOf = async (page: Page): Promise<number> => {
  const session = await page.context().browser()?.newBrowserCDPSession()
  if (!session) return 0
  const cpuTimes = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime]))
  }
  const before = await cpuTimes()
  await page.evaluate((ms) => {
    for (const end = performance.now() + ms; performance.now() < end; );
  }, MARK_MS)
  const grown = [...(await cpuTimes())].map(([id, cpuTime]) => [id, cpuTime - (before.get(id) ?? 0)] as const)
  await session.detach()
  return grown.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 0
}

const residentOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1_024) / MB
}
