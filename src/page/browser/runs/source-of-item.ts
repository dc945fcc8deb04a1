import { accessKey } from '../address/access-key.ts'
import { bearerCall } from '../address/bearer-call.ts'
import { fileOfRun, planesOfItem, reportOfItem } from '../api/evaluations.ts'
import type { Evaluation } from '../api/types.ts'
import { type PairSource, renames } from '../pair/pair-source.ts'

/** An item of a run as a pair: its masks are read once more by the service. */
export const sourceOfItem = ({ id, options, summary }: Evaluation, index: number): PairSource => ({
  hasPartition: renames(options),
  usualMatch: summary?.labels === 'objects' ? 'shapes' : 'names',
  report: (signal) => reportOfItem(id, index, signal),
  planes: (names, match, signal) => planesOfItem(id, index, { planes: names.join(','), match }, signal),
  overlay: (mode, match) => fileOfRun(id, `/items/${index}/overlay?mode=${mode}&match=${match}&size=8192`),
  curl: () => bearerCall(`v1/evaluations/${id}/items/${index}/report?segments=100`, accessKey.value !== ''),
})
