import { type Example, examples } from '../scoring/contract/examples.ts'
import { loadSettings, scoringContext } from '../settings/settings.ts'
import { perform } from '../workers/perform.ts'

/** Longest list that is written on one line. */
const maxLineLength = 90

/**
 * Answers the examples of the contract anew, for whatever is made of them afterwards.
 *
 * @returns the text of examples.json
 * @throws Error when an example is refused
 */
export async function renewExamples(): Promise<string> {
  const context = scoringContext(loadSettings({}))
  for (const [call, example] of Object.entries<Example>(examples)) {
    const bytes = new TextEncoder().encode(JSON.stringify(example.request))
    const outcome = await perform(
      { call, body: { type: 'json', bytes }, accept: 'application/json' },
      context,
    )
    if (!outcome.ok) throw new Error(`the example of ${call} is refused: ${outcome.detail}`)
    example.answer = JSON.parse(new TextDecoder().decode(outcome.body))
  }
  return `${written(examples, '')}\n`
}

/** JSON as it is read best: short lists and lists of numbers on one line, each member of an object on its own. */
function written(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (!Array.isArray(value)) {
    const members = Object.entries(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${written(item, inner)}`,
    )
    return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`
  }
  const line = onOneLine(value)
  if (line.length <= maxLineLength && !line.includes('{')) return line
  return `[\n${value.map((item) => inner + written(item, inner)).join(',\n')}\n${indent}]`
}

const onOneLine = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(onOneLine).join(', ')}]` : JSON.stringify(value)
