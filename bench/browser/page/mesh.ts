import { openBareMesh } from './bare-mesh.ts'
import { pause, wall } from './wall.ts'

export interface MeshOptions {
  readonly kind: 'bare' | 'fieldmesh'
  readonly signaling: string
  readonly room: string
  readonly self: string
  /** Pages in the room, this one counted. */
  readonly pages: number
  /** When all of them begin, ms since 1970. */
  readonly beginAt: number
}

/** Joins a room together with all others; resolves to when this page was linked to every other one. */
export const joinMesh = async (options: MeshOptions): Promise<number> => {
  const join = options.kind === 'bare' ? await prepareBare(options) : await prepareFieldmesh(options)
  await pause(options.beginAt - wall())
  await join()
  return wall()
}

const prepareBare =
  async ({ signaling, room, self, pages }: MeshOptions) =>
  (): Promise<void> =>
    new Promise((resolve, reject) => {
      let open = 0
      const onOpen = () => {
        open += 1
        if (open === pages - 1) resolve()
      }
      openBareMesh({ url: signaling, room, self, trickle: false, onOpen }).catch(reject)
    })

const prepareFieldmesh = async ({ signaling, room, self, pages }: MeshOptions) => {
  const { createSyncEngine } = await import('#engine/create-sync-engine')
  const engine = createSyncEngine({ room, storage: { name: self } })
  await engine.start()
  return (): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        const linked = engine.store.getStatus().peers.filter(({ state }) => state === 'connected')
        if (linked.length === pages - 1) resolve()
      }
      engine.store.subscribe(look)
      engine.setSignaling(signaling)
    })
}
