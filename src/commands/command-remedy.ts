import { type ProblemCode, problems } from '../problems/catalogue.ts'

/** What the user of a command can do; what the catalogue advises of some refusals speaks of a request over HTTP. */
export function commandRemedy(code: ProblemCode, remedy: string, command: string): string {
  if (remedy !== problems[code].remedy) return remedy
  const help = `\`maskscore ${command} --help\` tells what it takes`
  if (code === 'MISSING_PART') return `${help}.`
  return code === 'INVALID_OPTIONS' ? `${help}, \`maskscore openapi\` every option of a call.` : remedy
}
