import { type Limits, limitRules } from '../limits.ts'
import { environmentName } from '../settings/schema.ts'
import { defaultOf } from '../settings/show.ts'
import { withGeneratedPart } from './generated-part.ts'

/** SECURITY.md with the table of limits as they are now. */
export const withLimits = (page: string): string => withGeneratedPart(page, 'src/limits.ts', table())

function table(): string {
  const rows = Object.entries(limitRules).map(
    ([key, { description, code }]) =>
      `| \`${environmentName(key as keyof Limits)}\` | \`${defaultOf(key as keyof Limits)}\` | ${description} | \`${code}\` |`,
  )
  return ['| setting | default | bounds | code |', '|---|---|---|---|', ...rows].join('\n')
}
