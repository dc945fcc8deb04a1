import { refuseField } from '../../problems/refusal.ts'
import { isLabelKey } from './label-option.ts'

/** Keys of one object of options: no call knows a hundredth of them. */
const maxKeys = 1000
const maxClasses = 100_000

/**
 * Refuses options with more keys than any call takes, before they are validated: naming hundreds of thousands of unknown
 * keys would cost seconds.
 *
 * @throws Refusal INVALID_OPTIONS
 */
export function boundOptions(options: unknown): void {
  const keys = checked(options, '/options', maxKeys)
  for (const key of keys) {
    const value = (options as Record<string, unknown>)[key]
    if (key !== 'classes') checked(value, `/options/${key}`, maxKeys)
    else if (!Array.isArray(value)) {
      const wrong = checked(value, '/options/classes', maxClasses).find((label) => !isLabelKey(label))
      if (wrong !== undefined)
        throw refuseField(
          'INVALID_OPTIONS',
          '/options/classes',
          `"${wrong.slice(0, 64)}" is no label: labels are integers from -2147483648 to 4294967295.`,
        )
    }
  }
}

/** The keys of an object; none of anything else. */
function checked(value: unknown, pointer: string, max: number): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const keys = Object.keys(value)
  if (keys.length <= max) return keys
  throw refuseField(
    'INVALID_OPTIONS',
    pointer,
    `The object has ${keys.length} keys; at most ${max} are taken here.`,
  )
}
