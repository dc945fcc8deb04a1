import { css } from 'lit'

export const runScreenStyles = css`
  .screen { display: grid; grid-template-columns: minmax(0, 1fr); gap: .9rem; min-width: 0 }
  .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: .9rem }
  @media (min-width: 44rem) and (max-width: 66rem) { .columns > :last-child:nth-child(odd) { grid-column: 1 / -1 } }
  confusion-matrix { --matrix-size: 16rem }
  .columns section { padding: .8rem 1rem; min-width: 0 } .columns h2 { margin-bottom: .5rem }
  .awaited { min-block-size: 19rem } .awaited.matrix { min-block-size: 26rem }
  .items { overflow: hidden; min-width: 0 }
  .stopped { padding: 1rem 1.2rem }
  .stale { opacity: .55 } .small { font-size: .8125rem } .none { padding: 1.5rem 1rem }
`
