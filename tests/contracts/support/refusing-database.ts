import { vi } from 'vitest'

const full = (): DOMException => new DOMException('No more room.', 'QuotaExceededError')

/** Every write of every database is refused for want of space, until `vi.restoreAllMocks`. */
export const refuseWrites = (): void => {
  for (const method of ['add', 'put'] as const)
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw full()
    })
}

/** The second batch of the next append is refused; everything after it works. */
export const breakNextAppend = (): void => {
  const add = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'add')?.value as IDBObjectStore['add']
  let adds = 0
  const spy = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (++adds < 2) return add.apply(this, args)
    spy.mockRestore()
    throw full()
  })
}
