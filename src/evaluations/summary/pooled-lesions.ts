import { lesionShares } from '../../metrics/lesions/lesion-scores.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { lesionScoreOf } from '../rows/lesion-scores.ts'
import type { Tally } from '../tally/tally.ts'

const counted = ['lesions', 'lesions_predicted', 'lesions_detected', 'lesions_false'] as const

/** The groups or labels of which lesions are counted, as scores are named with them; in the order of `groups`. */
export function lesionPlaces(
  names: Iterable<string>,
  groups: Readonly<Record<string, unknown>> | undefined,
): readonly string[] {
  const found = [...names].flatMap((name) => {
    const [metric, place] = name.split('_of_')
    return metric === 'lesions_detected' && place !== undefined ? [place] : []
  })
  const order = groups && Object.keys(groups)
  const rank = (place: string) => (order ? order.indexOf(place) : Number(place))
  return found.sort((a, b) => rank(a) - rank(b))
}

/** The shares of found lesions out of counts that are added up, in the order of `counted`. */
export function sharesOfCounts([lesions, predicted, detected, invented]: readonly number[]) {
  return lesionShares({ lesions, predicted, detected, false: invented })
}

/** The sums of a place, one for each of `counted`. */
export const countsOfPlace = (place: string, sumOf: (name: string) => number): readonly number[] =>
  counted.map((name) => sumOf(lesionScoreOf(name, place)))

/** Lesions of all images, counted together; undefined where no image tells of any. */
export function pooledLesions({ scores }: Pick<Tally, 'scores'>, { groups }: Pick<ScoreOptions, 'groups'>) {
  const places = lesionPlaces(scores.names, groups)
  if (places.length === 0) return undefined
  return {
    rows: places.map((place) => {
      const counts = countsOfPlace(place, (name) => scores.of(name).plain.value)
      const [lesions, predicted, detected, invented] = counts
      return {
        ...(groups ? { group: place } : { label: Number(place) }),
        lesions,
        predicted,
        detected,
        missed: lesions - detected,
        false: invented,
        ...sharesOfCounts(counts),
      }
    }),
  }
}
