/**
 * A view that is worked out once for each snapshot: snapshots never change, and of many actors few move at a time.
 *
 * @example
 * export const peerView = perSnapshot((snapshot: PeerSnapshot) => ({ state: snapshot.value }))
 */
export const perSnapshot = <Snapshot extends object, View>(
  view: (snapshot: Snapshot) => View,
): ((snapshot: Snapshot) => View) => {
  const known = new WeakMap<Snapshot, { readonly view: View }>()
  return (snapshot) => {
    const found = known.get(snapshot) ?? { view: view(snapshot) }
    known.set(snapshot, found)
    return found.view
  }
}
