import { type ProblemCode, problems } from '../problems/catalogue.ts'
import { htmlPage, richText } from './frame.ts'

/** What a code means and what to do about it: where the `type` of a refusal leads. */
export function problemPage(code: ProblemCode): string {
  const { status, title, remedy } = problems[code]
  return htmlPage(
    `${code} · maskscore`,
    `<p class="soft"><a href="../">maskscore</a> · <a href="../problems">problems</a></p>
<h1>${richText(title)}</h1>
<p><code>${code}</code>, HTTP status ${status}</p>
<h2>What to do</h2>
<p>${richText(remedy)}</p>
<p class="soft">The answer itself says more: <code>detail</code> tells what is wrong with that request, <code>errors</code>
points at the fields concerned, and <code>request_id</code> is what an operator finds in the log.</p>`,
    '../',
  )
}

/** All codes, by status. */
export function problemsPage(): string {
  const rows = Object.entries(problems).map(
    ([code, { status, title, remedy }]) =>
      `<tr><td><a href="problems/${code}"><code>${code}</code></a></td><td>${status}</td><td>${richText(title)}.
<span class="soft">${richText(remedy)}</span></td></tr>`,
  )
  return htmlPage(
    'Problems · maskscore',
    `<p class="soft"><a href="./">maskscore</a></p>
<h1>What can go wrong</h1>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457) with one of these codes, which never change their
meaning.</p>
<table>
${rows.join('\n')}
</table>`,
  )
}
