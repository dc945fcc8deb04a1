import { lesionShares } from '../../metrics/lesions/lesion-scores.ts'
import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { ScoreOptions } from '../../scoring/request/options.ts'
import { lesionScoreOf } from '../rows/lesion-scores.ts'
import type { bratsMeans, LesionMeans } from '../tally/lesion-means.ts'
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
export function pooledLesions(
  { scores, lesions: means }: Pick<Tally, 'scores' | 'lesions'>,
  { groups }: Pick<ScoreOptions, 'groups'>,
) {
  const places = lesionPlaces(scores.names, groups)
  if (places.length === 0) return undefined
  const rows = places.map((place) => {
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
      ...meansOfPlace(place, means),
    }
  })
  return { rows, mean_f1: meanF1(rows.map(({ f1 }) => f1)) }
}

/** The mean over the groups or labels that have an F1; undefined where none has. */
export function meanF1(values: readonly Score[]): Score {
  const known = values.filter((value) => typeof value === 'number')
  if (known.length === 0) return undefinedBecause('absent_both')
  return known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Of nothing to find and nothing found, as BraTS has it. */
export const perfectMeans = { lesion_mean_dice: 1, lesion_mean_hausdorff_95: 0 } as const

/** Dice and HD95 over all lesions and false components; none where the images have none, by another protocol. */
function meansOfPlace(
  place: string,
  means: LesionMeans,
): { readonly mean_dice?: Score; readonly mean_hausdorff_95?: Score } {
  const of = (name: (typeof bratsMeans)[number]): Score | undefined => {
    const found = means.of(lesionScoreOf(name, place))
    return found && (found.count === 0 ? perfectMeans[name] : (found.value ?? undefinedBecause('budget')))
  }
  const [dice, distance] = [of('lesion_mean_dice'), of('lesion_mean_hausdorff_95')]
  return {
    ...(dice !== undefined && { mean_dice: dice }),
    ...(distance !== undefined && { mean_hausdorff_95: distance }),
  }
}
