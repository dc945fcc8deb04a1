import { Refusal } from '../../problems/refusal.ts'

/**
 * Which of several volumes of a file is read: the one that an option names, or the only one; of a probability map the first,
 * since all are read.
 * @throws Refusal MULTI_PAGE where there are several and none is named, INVALID_OPTIONS for a number that is not there
 */
export function chosenOf(
  count: number,
  chosen: number | undefined,
  {
    option,
    what,
    isMap,
  }: { readonly option: string; readonly what: string; readonly isMap?: boolean | undefined },
): number {
  const range = `from 0 to ${count - 1}`
  if (chosen === undefined) {
    if (count === 1 || isMap) return 0
    throw new Refusal('MULTI_PAGE', `${what} Name one with \`${option}\`, ${range}.`).advising(
      `Set \`${option}\` of this side to a number ${range}. If these are planes of classes, set \`probabilities\` to {} for their probabilities, or save the index of the largest (argmax).`,
    )
  }
  if (chosen < count) return chosen
  throw new Refusal(
    'INVALID_OPTIONS',
    `\`${option}\` is ${chosen}, and the file has ${count}: ${count === 1 ? 'leave it out' : `it goes ${range}`}.`,
  ).advising(`Set \`${option}\` of this side to a number ${range}, or leave it out where there is only one.`)
}
