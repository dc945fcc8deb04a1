import { css } from 'lit'

/** Where things lie when two runs are compared. */
export const compareScreenStyles = css`
  .screen { display: grid; gap: .9rem; min-width: 0 } .screen > * { min-width: 0 }
  h1 { font-size: 1.35rem; letter-spacing: -.015em } .card { padding: .9rem 1.1rem; min-width: 0 } h2 { margin-bottom: .6rem; overflow-wrap: anywhere } .bad { color: var(--bad) }
  .pickers { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); gap: .6rem; align-items: end }
  .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); gap: .9rem; align-items: start }
  .head { display: flex; flex-wrap: wrap; gap: .3rem 1rem; justify-content: space-between; margin-bottom: .5rem } label { font-size: .8125rem } .head select { max-inline-size: 14rem }
  @media (max-width: 56rem) { .columns { grid-template-columns: minmax(0, 1fr) } .pickers { grid-template-columns: minmax(0, 1fr) } .pickers button { justify-self: start } }
`
