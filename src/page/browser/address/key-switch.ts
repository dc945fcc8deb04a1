const name = 'maskscore-keys'

/** Whether single keys do something: who dictates, or presses keys by mistake, switches them off. Kept by the browser. */
export const areKeysOn = (): boolean => localStorage.getItem(name) !== 'off'

export function switchKeys(areOn: boolean): void {
  if (areOn) localStorage.removeItem(name)
  else localStorage.setItem(name, 'off')
}
