import './pair-screen.ts'

/** What the frame asks of a screen. */
export interface ScreenElement extends HTMLElement {
  /** The address after `#`; set again whenever it changes. */
  address: string
  /** @returns whether the key does something here */
  press(key: string): boolean
  /** Takes what was dropped beside a drop area. */
  takeDrop(data: DataTransfer | null): void
  /** Asks the service once more, for example with another key. */
  retry(): void
}

interface Screen {
  readonly tag: string
  readonly title: string
  readonly path: RegExp
  /** Its place in the head of the page. */
  readonly link?: string
  /** Modules that come when the screen is first shown; the first screen has them already. */
  readonly load?: () => Promise<unknown>
}

/** The first whose path fits the address is shown. */
export const screens: readonly [Screen, ...Screen[]] = [
  { tag: 'pair-screen', title: 'Pair', path: /^\/pair$/, link: '#/pair' },
  {
    tag: 'runs-screen',
    title: 'Runs',
    path: /^\/runs$/,
    link: '#/runs',
    load: () => import('./runs-screen.ts'),
  },
  {
    tag: 'new-run-screen',
    title: 'New run',
    path: /^\/runs\/new$/,
    load: () => import('./new-run-screen.ts'),
  },
  {
    tag: 'run-screen',
    title: 'Run',
    path: /^\/runs\/(?!new$)[^/]+$/,
    load: () => import('./run-screen.ts'),
  },
  {
    tag: 'item-screen',
    title: 'Image',
    path: /^\/runs\/[^/]+\/items\/\d+$/,
    load: () => import('./item-screen.ts'),
  },
  {
    tag: 'compare-screen',
    title: 'Compare',
    path: /^\/compare(\/[^/]+\/[^/]+)?$/,
    link: '#/compare',
    load: () => import('./compare-screen.ts'),
  },
  {
    tag: 'annotators-screen',
    title: 'Annotators',
    path: /^\/annotators(\/[^/]+)?$/,
    link: '#/annotators',
    load: () => import('./annotators-screen.ts'),
  },
]

/** `#/runs/ID?sort=…` → the screen; the pair where nothing is said, undefined where there is none. */
export const screenAt = (hash: string): Screen | undefined => {
  const path = hash.slice(1).split('?')[0]
  return path === '' || path === '/' ? screens[0] : screens.find((screen) => screen.path.test(path))
}
