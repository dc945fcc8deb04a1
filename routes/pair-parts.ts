/** The parts of a call that compares two masks. */
export const pairParts = {
  ground_truth: 'once',
  prediction: 'once',
  options: 'optional',
  ground_truth_json: 'optional',
  prediction_json: 'optional',
} as const
