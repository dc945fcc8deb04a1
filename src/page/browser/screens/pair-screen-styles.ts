import { css } from 'lit'

/** Where things lie on the screen of a pair. */
export const pairScreenStyles = css`
  .screen { display: grid; gap: .9rem; min-width: 0 }
  .screen > * { min-width: 0 }
  file-strip { padding: .7rem 1rem }
  .stale { opacity: .55; transition: opacity .15s .25s }
`
