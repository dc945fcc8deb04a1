export type Theme = 'system' | 'light' | 'dark'
const name = 'maskscore-theme'
const themes: readonly Theme[] = ['system', 'light', 'dark']

/** How the page looks: as the system does, unless somebody chose. */
export function theme(): Theme {
  const kept = localStorage.getItem(name)
  return themes.find((one) => one === kept) ?? 'system'
}

export function setTheme(chosen: Theme): void {
  localStorage.setItem(name, chosen)
  applyTheme()
}

/** `page.css` reads the attribute. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = theme()
}

export const nextTheme = (current: Theme): Theme => themes[(themes.indexOf(current) + 1) % themes.length]
