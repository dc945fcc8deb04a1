import { type RegisteredRoute, tags } from '../openapi/route-contract.ts'
import { escapeHtml, htmlPage, richText } from './frame.ts'

/** What the service offers, for people who open it in a browser. `origin` is the address they used. */
export function startPage(routes: readonly RegisteredRoute[], origin: string, version: string): string {
  const call = [
    'curl -F ground_truth=@ground-truth.png \\',
    '     -F prediction=@prediction.png \\',
    `     ${origin}/v1/score`,
  ].join('\n')
  return htmlPage(
    'maskscore',
    `<header>
<h1>maskscore</h1>
<p>Compares a predicted segmentation mask with a ground truth, exactly: the mutual-information loss first, every score
a segmentation user expects beside it.</p>
<p class="soft">Version ${escapeHtml(version)} · <a href="docs/">all calls, to try out</a> ·
<a href="openapi.json">openapi.json</a> · <a href="openapi.yaml">openapi.yaml</a> ·
<a href="problems">what can go wrong</a></p>
</header>
<h2>Score two masks</h2>
<pre><code>${escapeHtml(call)}</code></pre>
<p><code>mi_loss</code> is 0 when both masks cut the image into the same segments, whatever their labels are called, and 1
when they are independent. Options go beside the files:
<code>-F 'options={"families": ["all"], "ignore_labels": [255]}'</code>. A service with keys wants
<code>-H 'Authorization: Bearer …'</code>, too.</p>
${Object.entries(tags)
  .filter(([tag]) => tag !== 'Pages')
  .map(([tag, description]) => section(tag, description, routes))
  .join('\n')}`,
  )
}

function section(tag: string, description: string, routes: readonly RegisteredRoute[]): string {
  const own = routes.filter(({ contract }) => contract?.tag === tag)
  if (own.length === 0) return ''
  return `<h2>${escapeHtml(tag)}</h2>
<p class="soft">${richText(description)}</p>
<table>
${own.map(row).join('\n')}
</table>`
}

function row({ method, url, contract }: RegisteredRoute): string {
  const address = escapeHtml(url)
  const opens = method === 'GET' && !url.includes(':') && contract?.secret === undefined
  // Relative: the page may be served below a path.
  const name = opens ? `<a href=".${address}">${address}</a>` : address
  return `<tr><td><code>${method} ${name}</code></td><td>${richText(contract?.summary ?? '')}</td></tr>`
}
