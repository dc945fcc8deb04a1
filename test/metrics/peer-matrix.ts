import { tableOf } from './golden-cases.ts'

/** The confusion matrix that scikit-learn 1.2.1 was asked about: rows ground truth, columns prediction; class 3 is only predicted. */
export const peerMatrix = tableOf(
  [
    [50, 3, 2, 5],
    [4, 30, 6, 0],
    [1, 2, 7, 0],
  ].flatMap((row, truth) => row.map((count, predicted) => [truth, predicted, count] as const)),
)

export const named = (...labels: number[]) => labels.map((label) => ({ label, name: `class ${label}` }))
