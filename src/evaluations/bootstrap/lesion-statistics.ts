import { lesionScoreOf } from '../rows/lesion-scores.ts'
import { countsOfPlace, lesionPlaces, perfectMeans, sharesOfCounts } from '../summary/pooled-lesions.ts'
import { bratsMeans } from '../tally/lesion-means.ts'
import type { StatisticPart, SummaryLists } from './statistic.ts'
import type { SumLayout } from './sum-layout.ts'

/**
 * Statistics of the lesions of each group or label. They are counted without weights, which the sums of scores have where the
 * manifest gives them: then there are no intervals.
 */
export function lesionStatistics(layout: SumLayout, { groups }: SummaryLists): StatisticPart[] {
  if (layout.columns.weights) return []
  return lesionPlaces(layout.scores.keys(), groups).map((place, row) => {
    const means = bratsMeans.flatMap((name) => {
      const sum = layout.lesions.sums.get(lesionScoreOf(name, place))
      return sum === undefined ? [] : [{ name, sum }]
    })
    const keys = ['sensitivity', 'precision', 'f1', ...means.map(({ name }) => name.replace('lesion_', ''))]
    return {
      statistics: keys.map((key) => ({
        pointer: `/pooled/lesions/rows/${row}/${key}`,
        of: { kind: 'score', score: lesionScoreOf('lesions', place) } as const,
      })),
      evaluate: (sums) => {
        const sumOf = (name: string) => {
          const score = layout.scores.get(name)
          return score ? sums[score.sum] : 0
        }
        const counts = countsOfPlace(place, sumOf)
        const { sensitivity, precision, f1 } = sharesOfCounts(counts)
        const [lesions, , , invented] = counts
        const over = lesions + invented
        return [
          sensitivity,
          precision,
          f1,
          ...means.map(({ name, sum }) => (over > 0 ? sums[sum] / over : perfectMeans[name])),
        ]
      },
    }
  })
}
