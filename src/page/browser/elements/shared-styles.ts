import { css } from 'lit'

/** What all elements have in common: buttons, fields, cards. */
export const sharedStyles = css`
  * { box-sizing: border-box }
  :host { display: block }
  :host([hidden]) { display: none }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0 }
  ul, ol { list-style: none }
  h2 { font-size: .9375rem; font-weight: 650; letter-spacing: -.005em }
  a { color: var(--accent); text-underline-offset: .15em }
  code, .mono { font-family: var(--mono); font-size: .9em }
  .soft { color: var(--soft) }
  /* A long name takes two lines. */
  .name-of-file { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; white-space: normal; overflow-wrap: anywhere; line-height: 1.2 }
  @media (max-width: 62rem) { .folders { display: none } .folders + span::before { content: '…/' } }
  .number { font-variant-numeric: tabular-nums }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); box-shadow: var(--shadow) }
  button, .button {
    display: inline-flex; align-items: center; justify-content: center; gap: .4rem; min-height: 2rem; padding: .2rem .7rem;
    border: 1px solid var(--line); border-radius: 7px; background: var(--card); color: var(--ink); font: inherit; font-size: .875rem;
    line-height: 1.3; cursor: pointer; text-decoration: none
  }
  button:hover, .button:hover { border-color: var(--edge) }
  button:disabled { opacity: .55; cursor: default }
  button.primary, .button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
  button.primary:hover, .button.primary:hover { filter: brightness(1.08) }
  button.plain { border-color: transparent; background: transparent }
  button.plain:hover { background: var(--sunk) }
  button[aria-pressed="true"] { background: var(--accent-soft); border-color: var(--accent); color: var(--ink) }
  input, select, textarea {
    min-height: 2rem; padding: .25rem .5rem; border: 1px solid var(--edge); border-radius: 6px; background: var(--card); color: var(--ink);
    font: inherit; font-size: .875rem
  }
  input[type="checkbox"] { min-height: 0; inline-size: 1.05rem; block-size: 1.05rem; margin: 0; accent-color: var(--accent) }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  kbd {
    display: inline-block; min-width: 1.4em; padding: 0 .35em; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px;
    background: var(--sunk); color: var(--ink); font: .8em/1.5 var(--mono); text-align: center
  }
  summary { cursor: pointer; border-radius: 5px; min-height: 1.5rem; padding-block: .15rem }
  progress { accent-color: var(--accent) }
  progress[value] { block-size: .5rem; border: 0; border-radius: 99px; background: var(--sunk); overflow: hidden; appearance: none }
  progress[value]::-webkit-progress-bar { background: var(--sunk) } progress[value]::-webkit-progress-value { background: var(--accent) } progress[value]::-moz-progress-bar { background: var(--accent) }
  table { border-collapse: collapse; width: 100% }
  th { font-weight: 600; text-align: left }
  /* Where a system chooses the colours, what is pressed still differs, however an element draws it, and pictures keep theirs. */
  @media (forced-colors: active) { button[aria-pressed="true"], a[aria-current] { forced-color-adjust: none; background: Highlight !important; color: HighlightText !important; border-color: HighlightText } [aria-pressed="true"] * { color: inherit !important } canvas { forced-color-adjust: none } kbd { color: inherit } .dot { forced-color-adjust: none } }
  @media (prefers-reduced-motion: reduce) { *, *::before { transition: none; animation: none } }
  .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`
