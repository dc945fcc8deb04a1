import type { RunAddress } from '../address/run-address.ts'

/** The order that people mean when they choose what to order by. */
export const usualOrder = (sort: string): RunAddress['order'] =>
  sort === 'key' || sort === 'index' ? 'ascending' : 'worst'
