/** The colours of both schemes. Every pair of text and ground that the page uses has a contrast of at least 4.5. */
const colours = `
:root { color-scheme: light dark;
  --paper: #f7f8f8; --card: #fff; --ink: #14181c; --soft: #565f68; --line: #dfe3e6; --track: #e9edef;
  --accent: #1f5c99; --fill: #5b93c7; --good-fill: #4f9f72; --bad-fill: #d9705f; --good: #17683a; --bad: #ae2012; --warn: #7a5200; --bad-soft: #fdeeeb; --warn-soft: #fbf3e0;
  --shade: 31 92 153; --shade-ink: #fff; --missing: #d55e00; --extra: #56b4e9; --confused: #f0e442 }
@media (prefers-color-scheme: dark) { :root {
  --paper: #0e1113; --card: #15191c; --ink: #e7eaec; --soft: #9ba5ae; --line: #2a3036; --track: #242a2f;
  --accent: #86bdf0; --fill: #3f7db5; --good-fill: #2c8350; --bad-fill: #b8503f; --good: #6ecb92; --bad: #ff9283; --warn: #e7b94d; --bad-soft: #2d1613; --warn-soft: #2a2110;
  --shade: 134 189 240; --shade-ink: #0a0d10 } }
`

const frame = `
* { box-sizing: border-box }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100% }
body { margin: 0; overflow-wrap: break-word; background: var(--paper); color: var(--ink); font: .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums }
a { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px }
.visually-hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.skip { position: absolute; padding: .5rem 1rem; background: var(--card); z-index: 3 }
.page { max-width: 90rem; margin: 0 auto; padding: 0 1rem 5rem }
nav { position: sticky; top: 0; z-index: 2; margin: 0 -1rem; padding: 0 1rem; background: var(--paper); border-bottom: 1px solid var(--line); overflow-x: auto }
nav ol { display: flex; gap: 1.1rem; margin: 0; padding: 0; list-style: none; white-space: nowrap }
nav a { display: block; padding: .7rem 0; color: var(--soft); text-decoration: none; font-size: .875rem }
nav a:hover { color: var(--ink); text-decoration: underline }
main > section { margin-top: 3.25rem }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; margin: 0 }
h2 { font-size: 1.375rem; font-weight: 650; letter-spacing: -.01em }
h3 { font-size: 1rem; font-weight: 650; margin: 1.75rem 0 .6rem }
.count { color: var(--soft); font-weight: 400; font-size: .8em; margin-left: .25em }
.lead + .notice { margin-top: 0 } h2 + .scroll, h2 + .warnings { margin-top: 1rem }
.lead { max-width: 46rem; margin: .35rem 0 1rem; color: var(--soft) }
.soft, .direction, .ends, .detail, .facts, .rest, .label { color: var(--soft) }
.rest { font-size: .875rem; margin: .6rem 0 0 }
.detail { display: block; font-size: .8125rem; font-weight: 400 }
.tag { display: inline-block; padding: 0 .45em; border: 1px solid currentcolor; border-radius: 1em; font-size: .75rem; font-weight: 500; color: var(--warn); white-space: nowrap }
.good, .better { color: var(--good) } .bad, .worse { color: var(--bad) }
.notice { max-width: 46rem; padding: .6rem .9rem; background: var(--warn-soft); border-left: 3px solid var(--warn); margin: 0 0 1rem }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .9em; overflow-wrap: anywhere }
.label { font-size: .8125rem; font-weight: 400 }
pre { margin: 0; padding: 1rem; white-space: pre-wrap }
details { margin-top: 1.25rem } summary { cursor: pointer; color: var(--accent); width: fit-content; padding: .25rem 0; margin-bottom: .5rem }
@media (min-width: 78rem) {
  .page { display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); column-gap: 3rem; padding: 0 2rem 5rem }
  .page > * { grid-column: 2 }
  .page > nav { grid-column: 1; grid-row: 1 / span 2; align-self: start; margin: 0; padding: 2.6rem 0 1rem; border: 0; max-height: 100vh; overflow-y: auto }
  nav ol { display: block } nav a { padding: .3rem 0; white-space: normal }
  html { scroll-padding-top: 1.5rem }
}
`

const head = `
.head { padding: 2.25rem 0 0 }
.brand { margin: 0 0 .6rem; color: var(--soft); font-size: .8125rem; letter-spacing: .02em }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); font-weight: 680; letter-spacing: -.02em; display: flex; flex-wrap: wrap; align-items: center; gap: .15em .5em }
h1 .counts { flex-basis: 100%; font-size: clamp(1rem, .9rem + .5vw, 1.2rem); font-weight: 450; letter-spacing: 0 }
.sign { display: inline-grid; place-items: center; width: 1.25em; height: 1.25em; border-radius: 50%; font-size: .72em; color: var(--card); background: var(--good) }
.partial .sign { background: var(--bad) }
.partial p:not(.brand, .facts) { max-width: 46rem; padding: .6rem .9rem; background: var(--bad-soft); border-left: 3px solid var(--bad) }
.facts { margin: .6rem 0 0; font-size: .875rem }
.parts { display: block; width: 100%; max-width: 46rem; height: .7rem; margin: 1rem 0 .5rem; border-radius: 2px }
.parts .scored { fill: var(--fill) } .parts .scored-as-empty { fill: var(--warn) } .parts .failed { fill: var(--bad) } .parts .skipped { fill: var(--soft) }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; list-style: none; margin: 0 0 .9rem; padding: 0; font-size: .875rem }
.key li::before { content: ""; display: inline-block; width: .75em; height: .75em; margin-right: .45em; border-radius: 2px; border: 1px solid var(--soft) }
.key .scored::before { background: var(--fill) } .key .scored-as-empty::before { background: var(--warn) } .key .failed::before { background: var(--bad) } .key .skipped::before { background: var(--soft) }
.key .missing::before { background: var(--missing) } .key .extra::before { background: var(--extra) } .key .confused::before { background: var(--confused) } .key .ignored::before { background: #1c1c1c }
`

const cards = `
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14.5rem), 1fr)); gap: 1rem }
@media (min-width: 34rem) and (max-width: 66rem) { .cards { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: 1.1rem 1.2rem 1rem }
.card h3 { margin: 0 } .card p { margin: 0 }
.direction { font-size: .8125rem }
.hero { font-size: 2.4rem; line-height: 1.15; font-weight: 640; letter-spacing: -.03em; padding-top: .5rem }
.none { font-size: 1.5rem; color: var(--soft); padding: .8rem 0 } .none span { display: block; font-size: .875rem }
.range { display: block; width: 100%; height: .9rem; margin: .35rem 0 .15rem }
.track { fill: var(--track) } .range .track { fill: var(--line) } .range .band { fill: var(--fill) } .range .mark { fill: var(--ink) }
.ends { font-size: .8125rem; min-height: 1.25em }
.card dl { margin: .8rem 0 0; padding-top: .6rem; border-top: 1px solid var(--line); font-size: .875rem }
.card dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .8rem; padding: .1rem 0 }
dt { color: var(--soft) } dd { margin: 0 }
.about div { display: grid; grid-template-columns: minmax(8rem, 12rem) minmax(0, 1fr); gap: .25rem 1rem; padding: .25rem 0 } .about { margin: .8rem 0 }
@media (max-width: 34rem) { .about div { grid-template-columns: minmax(0, 1fr) } }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1.5rem 2rem }
figure { margin: 0 } .plot svg { display: block; width: 100%; max-width: 30rem; margin-top: .4rem } .plot figcaption { font-size: .875rem }
.plot figcaption span { display: block; font-size: .8125rem }
.curves { overflow: visible } .curves polyline { fill: none; stroke: var(--accent); stroke-width: 1.75; vector-effect: non-scaling-stroke } .curves .line2 { stroke-dasharray: 6 3 } .curves .line3 { stroke: var(--ink); stroke-dasharray: 1.5 3 }
.curves .rule { stroke: var(--line); vector-effect: non-scaling-stroke } .curves.small { display: block; width: 100%; height: 1.4rem } .plot .strokes { list-style: none; margin: .3rem 0 0; padding: 0; font-size: .8125rem } .strokes svg.curves { display: inline-block; width: 1.75rem; height: .5rem; margin: 0 .5rem 0 0 }
.bars { fill: var(--fill) } .axis { stroke: var(--soft) } .median { stroke: var(--ink); stroke-width: 1.5 } .ticks { fill: var(--soft); font-size: 10px }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13.5rem), 1fr)); gap: 1.2rem 1rem; align-items: start }
.pictures img { display: block; width: 100%; height: auto; background: #7d858c; border-radius: .25rem; image-rendering: pixelated }
.pictures.objects { grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)) } .pictures.objects img { max-height: 14rem; object-fit: contain; object-position: left } .plots + .scroll { margin-top: 1.2rem }
.pictures figcaption { font-size: .875rem; margin-top: .35rem } .pictures figcaption span { display: block; font-size: .8125rem }
.warnings { margin: .6rem 0 0; padding: 0; list-style: none; max-width: 60rem } .warnings li { border-top: 1px solid var(--line); padding: .6rem 0 } .warnings p { margin: 0 }
.halves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 0 2rem }
`

const tables = `
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; max-width: 100%; width: fit-content; min-width: min(100%, 30rem) } .scroll:has(> .matrix) { min-width: 0 }
.halves .scroll { width: auto } .long { max-height: 44rem; overflow-y: auto }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: .875rem }
th, td { padding: .42rem .8rem; text-align: left; vertical-align: top; font-weight: 400; border-bottom: 1px solid var(--line) }
tbody tr:last-child > * { border-bottom: 0 }
thead th, thead td { position: sticky; top: 0; z-index: 1; background: var(--card); color: var(--soft); font-size: .8125rem; vertical-align: bottom; line-height: 1.3 }
tr:has(> [rowspan]) + tr > th { top: 2rem }
.number { text-align: right } td.number { white-space: nowrap } .number .detail { white-space: nowrap }
tbody th { min-width: 8rem; max-width: 24rem; overflow-wrap: anywhere } .keys tbody th { min-width: 12rem } .items tbody th { min-width: 15rem } .group { min-width: 9rem; max-width: 15rem; overflow-wrap: anywhere } td > code { overflow-wrap: normal; white-space: nowrap }
tbody tr:hover > * { background: color-mix(in srgb, var(--track) 45%, transparent) }
.picture { width: 11rem; min-width: 6rem; vertical-align: middle; padding-right: 0 }
.bar, .difference { display: block; width: 100%; height: .7rem; margin-top: .3rem } .picture .bar, .picture .difference { margin: .28rem 0 0 } .picture { vertical-align: top }
.bar .fill { fill: var(--fill) } .whisker, .zero { fill: var(--ink) }
.difference.better .fill { fill: var(--good-fill) } .difference.worse .fill { fill: var(--bad-fill) }
td.change { white-space: nowrap } .change .detail { white-space: nowrap }
.changes .picture { width: 9rem }
.verdict { font-size: .8125rem; white-space: nowrap }
.classes tbody th, .changes tbody th { min-width: 9rem } .classes .number .detail { white-space: normal; width: 9.5rem; margin-left: auto } .changes thead th:last-child { min-width: 7rem } .halves .changes tbody th { min-width: 7rem } .halves .changes .detail { white-space: normal; width: 9.5rem } .halves .changes thead th:last-child { min-width: 0 } .halves .changes .picture { width: 6rem } .compact th, .compact td { padding: .3rem .6rem }
th button { all: unset; cursor: pointer; color: inherit; font: inherit } th button:hover { color: var(--ink); text-decoration: underline }
th button:focus-visible { outline: 2px solid var(--accent) } [aria-sort] button::after { content: " ↑" } [aria-sort=descending] button::after { content: " ↓" }
.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin: 0 0 .8rem } .filter input { font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--soft); border-radius: .35rem; padding: .35rem .6rem; width: min(100%, 20rem) }
.matrix { width: auto } .matrix td, .matrix th { padding: .3rem .35rem; text-align: center; vertical-align: middle; border: 0 } .matrix tbody td { min-width: 2.35rem; height: 2rem; font-size: .8125rem }
.matrix tbody th { text-align: left; min-width: 5rem; max-width: 12rem; padding-left: .8rem; position: sticky; left: 0; background: var(--card); z-index: 1 }
.matrix thead th { vertical-align: bottom }
.matrix thead th span { writing-mode: vertical-rl; rotate: 180deg; max-height: 10rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; margin: 0 auto; text-align: left } .matrix thead th span span { writing-mode: inherit; rotate: none }
.matrix .same { box-shadow: inset 0 0 0 1.5px var(--ink) } .matrix .number { padding-left: .8rem; padding-right: .8rem }
${[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((level) => `.matrix tbody .s${level} { background: rgb(var(--shade) / ${level === 10 ? 1 : level < 5 ? level * 0.085 : 0.87 + (level - 5) * 0.03}) ${level < 5 ? '' : '; color: var(--shade-ink)'} }`).join('\n')}
`

const print = `
@media print { nav, .filter, .skip { display: none } .page { display: block; max-width: none; padding: 0 } .long { max-height: none } .scroll { overflow: visible; border: 0; width: auto }
  thead th, thead td, .matrix tbody th { position: static } section, figure, .card, tr { break-inside: avoid } main > section { break-inside: auto; margin-top: 1.5rem }
  body { font-size: 9.5pt } * { print-color-adjust: exact } :root { --paper: #fff } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
@media (max-width: 40rem) { th, td { padding: .38rem .55rem } .picture { width: 5rem; min-width: 4rem } .changes .picture { width: 0; min-width: 0; padding: 0 } .changes .picture svg { display: none } tbody th { min-width: 7.5rem; max-width: 12rem } .keys tbody th { min-width: 8.5rem } .pictures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem .7rem } .pictures figcaption { overflow-wrap: anywhere } .classes .number .detail { width: 7.4rem } .hero { font-size: 2.1rem } main > section { margin-top: 2.5rem } }
`

/** The style of the page, within the page. */
export const style = `${colours}${frame}${head}${cards}${tables}${print}`
