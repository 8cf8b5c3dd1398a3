import type { Json } from '#model/entry'
import type { RecordView } from '#model/view'

/** Ids as devices have them: 22 characters. */
export const ME = 'mE4nnasTabletAAAAAAAAA'
export const BEN = 'bEnsPhoneBBBBBBBBBBBBB'
export const DEPOT = 'dEpotServerCCCCCCCCCCC'
export const NAMELESS = 'zX81NobodyDDDDDDDDDDDD'

/** A record as its latest writes make it, all by one device. */
export const record = (resourceType: string, id: string, value: Readonly<Record<string, Json>>): RecordView => ({
  resourceType,
  id,
  alive: true,
  fields: Object.fromEntries(
    Object.entries(value).map(([name, it], at) => [name, { value: it, dot: { peerId: ME, seq: at + 1 } }]),
  ),
  value,
})

/** What people called their devices; one has no name. */
export const DEVICE_NAMES: readonly RecordView[] = [
  record('device', ME, { name: 'Anna’s tablet' }),
  record('device', BEN, { name: 'Ben’s phone' }),
  record('device', DEPOT, { name: 'Depot' }),
]

const STREETS = ['Harbor Street', 'Mill Lane', 'Station Road', 'Upper Weir', 'Canal Side']
const MEDIA = [
  ['Electricity', 'kWh'],
  ['Water', 'm³'],
  ['Gas', 'm³'],
] as const

/** So many meter readings, all different. */
export const readings = (count: number): readonly RecordView[] =>
  Array.from({ length: count }, (_, at) => {
    const [medium, unit] = MEDIA[at % MEDIA.length] ?? MEDIA[0]
    return record('reading', `m-${at + 1}`, {
      meter: `E-${(4711 + at * 37).toString().padStart(6, '0')}`,
      address: `${STREETS[at % STREETS.length]} ${1 + ((at * 7) % 90)}`,
      medium,
      value: 812 + ((at * 977) % 9000),
      unit,
      readOn: '2026-03-14',
    })
  })

/** Words as long as people and files really write them. */
export const LONG =
  'Left basement door, behind the water heater, key 14 with the janitor (ring twice); the seal was broken when we arrived and a photo was sent to the depot'
export const UNBROKEN = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung'

/** A reading in Arabic, for right-to-left. */
export const ARABIC = record('reading', 'm-ar', {
  meter: 'عداد ٤٧١١',
  address: 'شارع الميناء ١٢، الطابق السفلي',
  medium: 'Electricity',
  value: 1812,
  unit: 'kWh',
  note: 'الباب الأيسر خلف سخان المياه',
})
