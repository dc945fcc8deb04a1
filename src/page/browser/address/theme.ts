import { KeptText } from './browser-storage.ts'

export type Theme = 'system' | 'light' | 'dark'
const kept = new KeptText('localStorage', 'maskscore-theme')
const themes: readonly Theme[] = ['system', 'light', 'dark']

/** How the page looks: as the system does, unless somebody chose. */
export const theme = (): Theme => themes.find((one) => one === kept.value) ?? 'system'

export function setTheme(chosen: Theme): void {
  kept.keep(chosen)
  applyTheme()
}

/** `page.css` reads the attribute. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = theme()
}

export const nextTheme = (current: Theme): Theme => themes[(themes.indexOf(current) + 1) % themes.length]
