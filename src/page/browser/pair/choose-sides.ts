/** The files of a pair as they were chosen. */
export interface ChosenFiles {
  readonly groundTruth?: File
  readonly prediction?: File
  readonly photo?: File
}

export const saysTruth =
  /(^|[^a-z])(gt|ground[-_ ]?truths?|truth|true|label|labels|targets?|reference|ref|annotations?)([^a-z]|$)/i
export const saysPrediction =
  /(^|[^a-z])(pred|preds|predicted|prediction|predictions|outputs?|result|results|inference|model)([^a-z]|$)/i
const isPhoto = ({ type }: File): boolean => type === 'image/jpeg'

/**
 * Which of some files is what: by their names, else in the order in which they came. Files that are there already keep
 * their side, and new ones take the free one.
 */
export function chooseSides(files: readonly File[], before: ChosenFiles = {}): ChosenFiles {
  const masks = files.filter((file) => !isPhoto(file))
  const photo = files.find(isPhoto) ?? (masks.length > 2 ? masks.find(isNeither) : undefined)
  const [first, second] = masks.filter((file) => file !== photo)
  const withPhoto = photo ? { photo } : before.photo ? { photo: before.photo } : {}
  if (!first) return { ...before, ...withPhoto }
  if (second) {
    const isSwapped =
      saysPrediction.test(first.name) || (saysTruth.test(second.name) && !saysTruth.test(first.name))
    const [groundTruth, prediction] = isSwapped ? [second, first] : [first, second]
    return { groundTruth, prediction, ...withPhoto }
  }
  const { groundTruth, prediction } = before
  const goesToTruth = groundTruth && prediction ? !saysPrediction.test(first.name) : free(first, before)
  return goesToTruth
    ? { ...(prediction && { prediction }), groundTruth: first, ...withPhoto }
    : { ...(groundTruth && { groundTruth }), prediction: first, ...withPhoto }
}

/** Whether the masks are the same; the photo counts for nothing. */
export const haveSameMasks = (one: ChosenFiles, other: ChosenFiles): boolean =>
  one.groundTruth === other.groundTruth && one.prediction === other.prediction

/** The same files with their sides exchanged. */
export const swapped = ({ groundTruth, prediction, ...rest }: ChosenFiles): ChosenFiles => ({
  ...rest,
  ...(prediction && { groundTruth: prediction }),
  ...(groundTruth && { prediction: groundTruth }),
})

const isNeither = ({ name }: File): boolean => !saysTruth.test(name) && !saysPrediction.test(name)

/** Whether a single file takes the side of the ground truth. */
function free(file: File, { groundTruth, prediction }: ChosenFiles): boolean {
  if (groundTruth) return false
  return prediction !== undefined || !saysPrediction.test(file.name)
}
