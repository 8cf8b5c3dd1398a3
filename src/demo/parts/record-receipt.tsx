import type { SyncEngine } from '#engine/types'
import { toFieldmeshError } from '#model/fault'
import type { RecordView } from '#model/view'
import { useEngineSelector, useSyncEngine } from '#react/index'
import { useDeviceName } from '../use-device-name.ts'
import { joinReceipts, receiptWords } from '../words.ts'

/** Which devices have this record as it stands here. */
export const RecordReceipt = ({ record }: { readonly record: RecordView }) => {
  const receipt = useEngineSelector(
    useSyncEngine(),
    (engine) => receiptOf(engine, record),
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  )
  const nameOf = useDeviceName()
  if (!receipt) return null
  return (
    <p className="receipt" role="status" data-testid="receipt">
      {receiptWords(receipt)}
      {receipt.lacking.length > 0 && (
        <span className="muted"> · not yet on {receipt.lacking.map(nameOf).join(', ')}</span>
      )}
    </p>
  )
}

/** Nothing is known of receipts while the engine is opening or stopping; it then throws `not-running`. */
const receiptOf = (engine: SyncEngine, { fields }: RecordView) => {
  try {
    return joinReceipts(Object.values(fields).map(({ dot }) => engine.receipts(dot)))
  } catch (error) {
    if (toFieldmeshError(error).code === 'not-running') return undefined
    throw error
  }
}
