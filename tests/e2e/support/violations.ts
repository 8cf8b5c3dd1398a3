import type { Page, Worker } from 'playwright'
import type { Preparation } from './device.ts'

/** Something that a page or worker wanted, and its policy forbids. */
export interface Violation {
  /** `connect-src`, `require-trusted-types-for` … */
  readonly directive: string
  /** What was blocked: an address, `inline`, `eval`, `trusted-types-sink`. */
  readonly blocked: string
  /** Where, and the beginning of what it was. */
  readonly where: string
  readonly sample: string
}

declare global {
  interface Window {
    policyViolated?: (violation: Violation) => Promise<void>
  }
  var violations: Violation[] | undefined
}

/** Hears what is forbidden in the pages of a device and in their workers. */
export interface ViolationLog {
  /** For `openDevice`: heard from before the first script of the page on, in every page of its browser. */
  readonly prepare: Preparation
  /** All so far, of pages and workers. */
  readonly read: () => Promise<readonly Violation[]>
  /** What the browser said of policies in the consoles of the pages, warnings about our headers included. */
  readonly told: () => readonly string[]
  /** Workers that were started, and still run. */
  readonly workers: () => readonly Worker[]
}

const POLICIES = /policy|trusted ?(type|html|script)/i

/** Runs in the page, before anything of it. */
const REPORT = `
  addEventListener('securitypolicyviolation', (event) => void window.policyViolated({
    directive: event.effectiveDirective, blocked: event.blockedURI,
    where: event.sourceFile + ':' + event.lineNumber + ' in ' + location.pathname, sample: event.sample,
  }))
`

const listenInWorker = (worker: Worker): Promise<void> =>
  worker.evaluate(() => {
    globalThis.violations = []
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event as SecurityPolicyViolationEvent
      const where = `${sourceFile}:${lineNumber} in a worker`
      globalThis.violations?.push({ directive: effectiveDirective, blocked: blockedURI, where, sample })
    })
  })

export const createViolationLog = (): ViolationLog => {
  const heard: Violation[] = []
  const told: string[] = []
  const workers = new Map<Worker, Promise<void>>()
  const watch = (page: Page) => {
    page.on('console', (message) => POLICIES.test(message.text()) && told.push(message.text()))
    page.on('worker', (worker) => {
      workers.set(worker, listenInWorker(worker))
      worker.on('close', () => workers.delete(worker))
    })
  }
  const ofWorker = async (worker: Worker): Promise<readonly Violation[]> => {
    await workers.get(worker)
    return worker.evaluate(() => globalThis.violations ?? [])
  }
  return {
    prepare: async (page) => {
      const context = page.context()
      await context.exposeFunction('policyViolated', (violation: Violation) => void heard.push(violation))
      await context.addInitScript({ content: REPORT })
      context.on('page', watch)
      watch(page)
    },
    read: async () => [...heard, ...(await Promise.all([...workers.keys()].map(ofWorker))).flat()],
    told: () => told,
    workers: () => [...workers.keys()],
  }
}
