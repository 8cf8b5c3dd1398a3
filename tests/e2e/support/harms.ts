import type { Page } from 'playwright'

declare global {
  interface Window {
    harmed?: boolean
  }
}

const STOLEN = 'https://elsewhere.test/?stolen'

interface Harm {
  /** Leaves `window.harmed` where it works. Runs in the page, so it knows nothing of this file but the address. */
  readonly deed: (address: string) => void
  /** The directive that it goes against; words of the console where the browser tells of it there alone. */
  readonly against: string
}

const TRUST = 'require-trusted-types-for'

/** What somebody would try who got words of his into a page. */
export const HARMS: Readonly<Record<string, Harm>> = {
  'words that run': {
    deed: () => (Reflect.construct(Function, ['window.harmed = true']) as () => void)(),
    against: TRUST,
  },
  'an inline script': {
    deed: () => {
      const script = document.createElement('script')
      script.text = 'window.harmed = true'
      document.body.append(script)
    },
    against: TRUST,
  },
  'an inline script, put together': {
    deed: () => {
      const script = document.createElement('script')
      script.append('window.harmed = true')
      document.body.append(script)
    },
    against: "This document requires 'TrustedScript' assignment",
  },
  'a script from here': {
    deed: () => {
      const script = document.createElement('script')
      script.src = '/assets/other.js'
      document.body.append(script)
    },
    against: TRUST,
  },
  'an attribute that runs': {
    deed: () => {
      document.body.setAttribute('onclick', 'window.harmed = true')
      document.body.click()
    },
    against: TRUST,
  },
  markup: {
    deed: () => {
      document.body.insertAdjacentHTML('beforeend', '<b id="harm"></b>')
      window.harmed = document.getElementById('harm') !== null
    },
    against: TRUST,
  },
  'a worker': {
    deed: () => {
      window.harmed = new Worker('/assets/other.js') instanceof Worker
    },
    against: TRUST,
  },
  'a request': {
    deed: (address) => {
      fetch(address, { mode: 'no-cors' }).then(
        () => {
          window.harmed = true
        },
        () => undefined,
      )
    },
    against: 'connect-src',
  },
  'an inline style': {
    deed: () => {
      const style = document.createElement('style')
      style.textContent = 'body { --harm: 1 }'
      document.head.append(style)
      window.harmed = getComputedStyle(document.body).getPropertyValue('--harm') !== ''
    },
    against: 'style-src-elem',
  },
  'a picture': {
    deed: (address) => {
      new Image().src = address
    },
    against: 'img-src',
  },
  'a frame': {
    deed: (address) => {
      const frame = document.createElement('iframe')
      frame.src = address
      document.body.append(frame)
    },
    against: 'frame-src',
  },
  'another base': {
    deed: (address) => {
      const base = document.createElement('base')
      base.href = address
      document.head.append(base)
      window.harmed = document.baseURI === address
    },
    against: 'base-uri',
  },
  'a form': {
    deed: (address) => {
      const form = document.createElement('form')
      form.action = address
      document.body.append(form)
      form.submit()
    },
    against: 'form-action',
  },
}

/** True where it worked. In a task of the page's own: what the driver evaluates may do more than a page may. */
export const tryHarm = (page: Page, { deed }: Harm): Promise<boolean> =>
  page.evaluate(`new Promise((resolve) => setTimeout(() => {
    try { (${String(deed)})(${JSON.stringify(STOLEN)}) } catch { /* refused by an error: as good as by silence */ }
    setTimeout(() => resolve(window.harmed === true))
  }))`)
