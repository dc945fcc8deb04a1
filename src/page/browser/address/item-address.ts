import { partsOf, type RunAddress, readRunAddress, runQuery, withQuery } from './run-address.ts'
import { readView, type ViewAddress, writeView } from './view-address.ts'

/** What an address says of an item: which one, the list that it is looked at in, and how its masks are looked at. */
export interface ItemAddress {
  readonly index: number
  /** The list of its run: Back and the keys go through it. */
  readonly list: RunAddress
  readonly view: ViewAddress
}

/** `/runs/ID/items/7?sort=mean_iou&layer=loss&z=8&x=70&y=30` → what it says. */
export function readItemAddress(address: string): ItemAddress {
  const { path, query } = partsOf(address)
  return { index: Number(path[4]), list: readRunAddress(address), view: readView(query) }
}

/** @param view without, as masks are looked at first */
export function writeItemAddress(list: RunAddress, index: number, view?: ViewAddress): string {
  const query = runQuery(list)
  if (view) writeView(query, view)
  return withQuery(`#/runs/${list.id}/items/${index}`, query)
}
