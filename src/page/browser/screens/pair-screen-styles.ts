import { css } from 'lit'

/** Where things lie on the screen of a pair. */
export const pairScreenStyles = css`
  .screen { display: grid; gap: .9rem; min-width: 0 }
  .screen > * { min-width: 0 }
  file-strip { padding: .7rem 1rem }
  .loading { display: flex; align-items: center; gap: .9rem; padding: .7rem 1rem }
  progress { inline-size: 10rem }
  .stale { opacity: .55; transition: opacity .15s .25s }
`
