/** Text → HTML text, also inside of quotes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** `…` in backticks becomes code; everything else is text. */
export const richText = (text: string): string => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --paper: #fff; --box: #f6f8fa; --link: #0757b0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9198a1; --line: #30363d; --paper: #0d1117; --box: #161b22; --link: #6cb2ff }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 50rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem }
p { margin: .5rem 0 }
a { color: var(--link) }
.soft { color: var(--soft) }
code, pre { font: .9em/1.5 ui-monospace, monospace; background: var(--box); border-radius: .3rem }
code { padding: .1em .3em }
pre { padding: .8rem 1rem; overflow-x: auto; border: 1px solid var(--line) }
pre code { padding: 0; background: none }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-top: 1px solid var(--line) }
td:first-child { white-space: nowrap }
@media (max-width: 38rem) { td:first-child { white-space: normal } }
`

/** A whole page; `body` is HTML, `home` leads to the start page. One file, no script, nothing from elsewhere. */
export function htmlPage(title: string, body: string, home = './'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${home}favicon.ico" type="image/svg+xml">
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}
