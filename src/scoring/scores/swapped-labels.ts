import type { Warning } from '../../labels/decoded-mask.ts'
import type { compareAnnotators } from './compare-annotators.ts'

type Swap = ReturnType<typeof compareAnnotators>['swapped'][number]

const maxShown = 8

/** The warning that the label lists of two annotators may be in another order. */
export function swappedLabels(
  { annotators: [first, second], relabelling, gain }: Swap,
  names: ReadonlyMap<number, string>,
): Warning {
  const text = (label: number) => (names.has(label) ? `${label} ("${names.get(label)}")` : `${label}`)
  const renamings = relabelling.map(({ from, to }) => `${text(from)} is ${first}'s ${text(to)}`)
  return {
    code: 'SWAPPED_LABELS',
    message:
      `${second}'s ${renamings.slice(0, maxShown).join(', ')}${renamings.length > maxShown ? ', …' : ''}: renamed so, the two agree on ` +
      `${(100 * gain).toFixed(1)} % more of the pixels. One of their label lists may be in another order.`,
  }
}
