import { hash } from 'node:crypto'
import { browserPackages } from './browser-packages.ts'
import type { PageFiles } from './page-files.ts'
import { packageAddress } from './page-modules.ts'

/** The page as it is sent: its HTML, the policy that it is shown under, and the fingerprint of both. */
export interface AppPage {
  readonly html: string
  readonly policy: string
  readonly etag: string
}

/** The HTML that loads the page. All addresses are relative: it may be served below any path. */
export function appPage({ version, files }: PageFiles): AppPage {
  const at = (address: string) => `./page/${version}/${address}`
  const imports = Object.fromEntries(
    Object.entries(browserPackages).map(([specifier, file]) => [specifier, at(packageAddress(file))]),
  )
  const map = JSON.stringify({ imports })
  const modules = [...files].filter(([, { isFirst }]) => isFirst)
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>maskscore</title>
<link rel="icon" href="${at('src/page/icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${at('src/page/browser/page.css')}">
<script type="importmap">${map}</script>
${modules.map(([address]) => `<link rel="modulepreload" href="${at(address)}">`).join('\n')}
<script type="module" src="${at('src/page/browser/main.ts')}"></script>
</head>
<body>
<app-shell version="${version}"><p>The page is being loaded. Where this stays, a part of it did not arrive, or this browser
is too old: load the page again.</p></app-shell>
<noscript><p>This page needs JavaScript. <a href="docs/">All calls, to try out</a>, and
<a href="openapi.json">openapi.json</a> tell what the service offers.</p></noscript>
</body>
</html>
`
  const policy = policyOf(hash('sha256', map, 'base64'))
  return { html, policy, etag: `"${hash('sha256', html + policy, 'base64url').slice(0, 27)}"` }
}

/** Nothing from elsewhere, no script but these, nothing written into the page as HTML but what Lit makes of its templates. */
const policyOf = (mapHash: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'sha256-${mapHash}'`,
    "style-src 'self'",
    "img-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html maskscore',
  ].join('; ')
