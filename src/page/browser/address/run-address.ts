/** What items of a run are chosen and ordered by; named and written as the service does. */
const itemFilters = ['status', 'code', 'group', 'class', 'below', 'between', 'key', 'confused', 'by'] as const
export type ItemFilter = (typeof itemFilters)[number]

const orders = ['worst', 'best', 'ascending', 'descending'] as const
export type ItemOrder = (typeof orders)[number]

/** What an address says of a run: how its items are chosen, ordered and shown. */
export interface RunAddress {
  readonly id: string
  readonly sort: string
  readonly order: ItemOrder
  readonly filters: Readonly<Partial<Record<ItemFilter, string>>>
  readonly layout: 'table' | 'grid'
}

/** The path of an address, and what stands after its question mark. */
export function partsOf(address: string): {
  readonly path: readonly string[]
  readonly query: URLSearchParams
} {
  const [path = '', ...query] = address.split('?')
  return { path: path.split('/'), query: new URLSearchParams(query.join('?')) }
}

/** `/runs/ID?sort=mean_iou&class=3&layout=grid` → what it says; what it gets wrong is as by default. */
export function readRunAddress(address: string): RunAddress {
  const { path, query } = partsOf(address)
  const filters = Object.fromEntries(
    itemFilters.flatMap((name) => {
      const value = query.get(name)
      return value ? [[name, value]] : []
    }),
  )
  const sort = query.get('sort') ?? 'mi_loss'
  return {
    id: path[2] ?? '',
    sort,
    order: orders.find((order) => order === query.get('order')) ?? usualOrder(sort),
    filters,
    layout: query.get('layout') === 'grid' ? 'grid' : 'table',
  }
}

/** Places of the manifest and names have no worst. */
export const usualOrder = (sort: string): ItemOrder =>
  sort === 'index' || sort === 'key' ? 'ascending' : 'worst'

/** The query of an address; empty where all is as by default. */
export function runQuery({ sort, order, filters, layout }: RunAddress): URLSearchParams {
  const query = new URLSearchParams()
  if (sort !== 'mi_loss') query.set('sort', sort)
  if (order !== usualOrder(sort)) query.set('order', order)
  for (const [name, value] of Object.entries(filters)) query.set(name, value)
  if (layout === 'grid') query.set('layout', layout)
  return query
}

export const writeRunAddress = (address: RunAddress): string =>
  withQuery(`#/runs/${address.id}`, runQuery(address))

export const withQuery = (path: string, query: URLSearchParams): string =>
  query.size > 0 ? `${path}?${query}` : path

/** What the service is asked for. */
export const itemQuery = ({ sort, order, filters }: RunAddress): Readonly<Record<string, string>> => ({
  sort,
  order,
  ...filters,
})
