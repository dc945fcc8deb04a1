import { binErrors } from '../../metrics/calibration/calibration.ts'
import { lossOf } from '../../metrics/information/mi-loss.ts'
import { overlapOfSums } from '../../metrics/soft/soft-overlap.ts'
import type { MapLayout } from './map-layout.ts'
import { quotient, type StatisticPart, type SummaryLists, withoutValue } from './statistic.ts'
import type { SumLayout } from './sum-layout.ts'

const pixels = { kind: 'pixels' } as const
const overlaps = ['dice_linear', 'iou_product', 'dice_squared', 'dice_minimum', 'iou_minimum'] as const

/** Statistics of probability maps; none where no row tells of any. */
export function mapStatistics(
  layout: SumLayout,
  { softClasses = [], all = false }: SummaryLists,
): StatisticPart[] {
  const { maps } = layout
  if (!maps) return []
  return [
    ...lossPart(layout, maps),
    meansPart(layout, maps),
    ...calibrationPart(maps),
    perClassPart(maps, softClasses, all),
  ]
}

function lossPart(layout: SumLayout, { loss }: MapLayout): StatisticPart[] {
  if (loss === undefined) return []
  return [
    {
      statistics: [{ pointer: '/pooled/soft/mi_loss', of: pixels }],
      evaluate: (sums) => {
        if (sums[layout.pixels] === 0) return [withoutValue]
        const [split, merge, mutual] = sums.subarray(loss, loss + 3)
        return [lossOf({ split, merge, mutual }).mi_loss]
      },
    },
  ]
}

function meansPart(layout: SumLayout, { means }: MapLayout): StatisticPart {
  return {
    statistics: [...means.keys()].map((name) => ({ pointer: `/pooled/soft/${name}`, of: pixels })),
    evaluate: (sums) => [...means.values()].map((sum) => quotient(sums[sum], sums[layout.pixels])),
  }
}

function calibrationPart({ bins, filledBins }: MapLayout): StatisticPart[] {
  if (bins === undefined) return []
  return [
    {
      statistics: ['ece', 'ace', 'mce'].map((name) => ({
        pointer: `/pooled/calibration/${name}`,
        of: pixels,
      })),
      evaluate: (sums) => {
        const rows = Array.from({ length: filledBins }, (_, k) => {
          const [inBin, confidence, hits] = sums.subarray(bins + 3 * k, bins + 3 * k + 3)
          return { pixels: inBin, confidence, hits }
        })
        const { ece, ace, mce } = binErrors(rows) ?? {
          ece: withoutValue,
          ace: withoutValue,
          mce: withoutValue,
        }
        return [ece, ace, mce]
      },
    },
  ]
}

function perClassPart(maps: MapLayout, labels: readonly number[], all: boolean): StatisticPart {
  const names = overlaps.slice(0, all ? overlaps.length : 2)
  const rows = labels.flatMap((label, row) => {
    const first = maps.sumsOfClass(label)
    return first === undefined ? [] : [{ row, first }]
  })
  return {
    statistics: rows.flatMap(({ row }) =>
      names.map((name) => ({ pointer: `/pooled/soft/per_class/${row}/${name}`, of: pixels })),
    ),
    evaluate: (sums) =>
      rows.flatMap(({ first }) => {
        const values = overlapOfSums(sums.subarray(first, first + 6))
        return names.map((name) => values[name])
      }),
  }
}
