import { accessKey } from '../address/access-key.ts'
import { bearerCall } from '../address/bearer-call.ts'
import { fileOfRun, pixelsOfItem, planesOfItem, reportOfItem } from '../api/evaluations.ts'
import type { Evaluation, Item } from '../api/types.ts'
import { type PairSource, renames } from '../pair/pair-source.ts'
import { sizeOfItem } from './row-facts.ts'

/** An item of a run as a pair: its masks are read once more by the service. */
export const sourceOfItem = ({ id, options, summary }: Evaluation, item: Item): PairSource => ({
  hasPartition: renames(options),
  usualMatch: summary?.labels === 'objects' ? 'shapes' : 'names',
  size: async () => sizeOfItem(item),
  report: (withPairs, signal) => reportOfItem(id, item.index, withPairs, signal),
  planes: (names, match, signal, region) =>
    planesOfItem(id, item.index, { planes: names.join(','), match, region }, signal),
  pixels: (match, signal) => pixelsOfItem(id, item.index, { planes: 'difference', match }, signal),
  overlay: (mode, match) =>
    fileOfRun(id, `/items/${item.index}/overlay?mode=${mode}&match=${match}&size=8192`),
  curl: () =>
    bearerCall(`v1/evaluations/${id}/items/${item.index}/report?segments=100`, accessKey.value !== ''),
})
