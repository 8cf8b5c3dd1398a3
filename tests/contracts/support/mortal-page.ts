import type { OpenJournal } from '#store/journal'

const page = globalThis as unknown as { openJournal: OpenJournal }

/** A page of its own, of the same origin, whose journals die with it. */
export interface MortalPage {
  readonly openJournal: OpenJournal
  /** It is gone in the middle of whatever it did, and answers nobody. */
  readonly die: () => void
}

/** The frame’s window, once its script has put the production journal there. */
const loaded = (frame: HTMLIFrameElement): Promise<typeof page> =>
  new Promise((resolve) => {
    addEventListener('message', function hear({ source, data }) {
      if (source !== frame.contentWindow || data !== 'ready') return
      removeEventListener('message', hear)
      resolve(frame.contentWindow as unknown as typeof page)
    })
  })

export const openMortalPage = async (): Promise<MortalPage> => {
  const frame = document.createElement('iframe')
  frame.srcdoc = `<script type="module">
    import { openLocalforageJournal } from '/src/adapters/storage/localforage-journal.ts'
    window.openJournal = openLocalforageJournal
    parent.postMessage('ready', '*')
  </script>`
  const ready = loaded(frame)
  document.body.append(frame)
  const { openJournal } = await ready
  return { openJournal, die: () => frame.remove() }
}
