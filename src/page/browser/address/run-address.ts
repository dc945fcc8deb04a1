/** What items of a run are chosen and ordered by; named and written as the service does. */
const itemFilters = ['status', 'code', 'group', 'class', 'below', 'between', 'key', 'confused', 'by'] as const
export type ItemFilter = (typeof itemFilters)[number]

/** What an address says of a run: how its items are chosen, ordered and shown. */
export interface RunAddress {
  readonly id: string
  readonly sort: string
  readonly order: 'worst' | 'best' | 'ascending' | 'descending'
  readonly filters: Readonly<Partial<Record<ItemFilter, string>>>
  readonly layout: 'table' | 'grid'
}

const orders = ['worst', 'best', 'ascending', 'descending'] as const

/** `/runs/ID?sort=mean_iou&class=3&layout=grid` → what it says; what it gets wrong is as by default. */
export function readRunAddress(address: string): RunAddress {
  const [path, text] = address.split('?')
  const query = new URLSearchParams(text ?? '')
  const filters = Object.fromEntries(
    itemFilters.flatMap((name) => {
      const value = query.get(name)
      return value ? [[name, value]] : []
    }),
  )
  return {
    id: decodeURIComponent(path.split('/')[2] ?? ''),
    sort: query.get('sort') ?? 'mi_loss',
    order: orders.find((order) => order === query.get('order')) ?? 'worst',
    filters,
    layout: query.get('layout') === 'grid' ? 'grid' : 'table',
  }
}

/** The query of an address, with its question mark; nothing where all is as by default. */
function runQuery({ sort, order, filters, layout }: RunAddress): string {
  const query = new URLSearchParams()
  if (sort !== 'mi_loss') query.set('sort', sort)
  if (order !== 'worst') query.set('order', order)
  for (const [name, value] of Object.entries(filters)) query.set(name, value)
  if (layout === 'grid') query.set('layout', layout)
  const text = query.toString()
  return text ? `?${text}` : ''
}

export const writeRunAddress = (address: RunAddress): string =>
  `#/runs/${encodeURIComponent(address.id)}${runQuery(address)}`

/** An item in the list of its run: Back and the keys go through the same list. */
export const writeItemAddress = (address: RunAddress, index: number): string =>
  `#/runs/${encodeURIComponent(address.id)}/items/${index}${runQuery(address)}`

/** What the service is asked for. */
export const itemQuery = ({ sort, order, filters }: RunAddress): Readonly<Record<string, string>> => ({
  sort,
  ...(sort !== 'index' && sort !== 'key' && { order }),
  ...((sort === 'index' || sort === 'key') && (order === 'ascending' || order === 'descending') && { order }),
  ...filters,
})
