import { KeptText } from './browser-storage.ts'

const kept = new KeptText('localStorage', 'maskscore-keys')

/** Whether single keys do something: who dictates, or presses keys by mistake, switches them off. Kept by the browser. */
export const areKeysOn = (): boolean => kept.value !== 'off'

export const switchKeys = (areOn: boolean): boolean => kept.keep(areOn ? null : 'off')
