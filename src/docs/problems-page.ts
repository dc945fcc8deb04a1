import { problems } from '../problems/catalogue.ts'
import refusals from './common-refusals.json' with { type: 'json' }

const introduction = `# Problems

Generated from \`src/problems/catalogue.ts\` by \`npm run docs\`; do not edit. The service shows the same at \`/problems\`.

Every refusal is \`application/problem+json\` (RFC 9457): \`type\` (the address of the code at the service, such as
\`/problems/SIZE_MISMATCH\`), \`title\`, \`status\`, \`detail\` (what is wrong with this request), \`code\`, \`remedy\` (what to do),
\`request_id\` (what the operator finds in the log), and \`errors\`: for each field concerned its JSON \`pointer\`, \`code\`
and \`message\`. A code never changes its meaning. 503 and 429 come with \`Retry-After\`.
`

/** docs/problems.md: the catalogue as Markdown, a section a status, a heading a code. */
export function renderProblemsPage(): string {
  const all = Object.entries(problems)
  const sections = [...new Set(all.map(([, { status }]) => status))]
    .sort((a, b) => a - b)
    .map((status) => {
      const own = all.filter(([, problem]) => problem.status === status)
      const codes = own.map(([code, { title, remedy }]) => `### ${code}\n\n${title}. ${remedy}\n`)
      return `## ${status}\n\n${codes.join('\n')}`
    })
  return [introduction, commonRefusals(), ...sections].join('\n')
}

/** What people send most often that is refused. A test sends each, and then what is advised. */
function commonRefusals(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = refusals.map(({ sent, says, todo }) => `| ${cell(sent)} | ${cell(says)} | ${cell(todo)} |`)
  return [
    '## What is sent most often',
    '',
    '| what was sent | the refusal says | what to do |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
