import { lesionScoreOf } from '../rows/lesion-scores.ts'
import {
  countsOfPlace,
  lesionPlaces,
  meanF1,
  perfectMeans,
  sharesOfCounts,
} from '../summary/pooled-lesions.ts'
import { bratsMeans } from '../tally/lesion-means.ts'
import type { StatisticPart, SummaryLists } from './statistic.ts'
import type { SumLayout } from './sum-layout.ts'

/**
 * Statistics of the lesions of each group or label. They are counted without weights, which the sums of scores have where the
 * manifest gives them: then there are no intervals.
 */
export function lesionStatistics(layout: SumLayout, { groups }: SummaryLists): StatisticPart[] {
  if (layout.columns.weights) return []
  const places = lesionPlaces(layout.scores.keys(), groups)
  const sharesIn = (place: string, sums: Float64Array) => {
    const counts = countsOfPlace(place, (name) => {
      const score = layout.scores.get(name)
      return score ? sums[score.sum] : 0
    })
    return { counts, ...sharesOfCounts(counts) }
  }
  const rows = places.map((place, row): StatisticPart => {
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
        const { counts, sensitivity, precision, f1 } = sharesIn(place, sums)
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
  const mean: StatisticPart = {
    statistics: [{ pointer: '/pooled/lesions/mean_f1', of: { kind: 'score', score: 'lesion_f1' } }],
    evaluate: (sums) => [meanF1(places.map((place) => sharesIn(place, sums).f1))],
  }
  return places.length === 0 ? [] : [mean, ...rows]
}
