import { z } from 'zod'
import { evaluationSettings } from './evaluation-settings.ts'
import { serviceSettings } from './service-settings.ts'
import type { Meta } from './setting.ts'
import { toolSettings } from './tool-settings.ts'

/** Every setting. `maxFileBytes` is read from `MASKSCORE_MAX_FILE_BYTES`, and so on. */
const settings = { ...serviceSettings, ...evaluationSettings, ...toolSettings }

export type SettingKey = keyof typeof settings
export const settingKeys = Object.keys(settings) as SettingKey[]

type Shape = { [K in SettingKey]: (typeof settings)[K]['schema'] }
export const settingsSchema = z.strictObject(
  Object.fromEntries(settingKeys.map((key) => [key, settings[key].schema])) as Shape,
)
export type Settings = Readonly<z.output<typeof settingsSchema>>

export const environmentPrefix = 'MASKSCORE_'

/** Variables of the clients, which may be set where the service starts, too. */
export const clientPrefix = 'MASKSCORE_CLIENT_'

/** `maxFileBytes` → `MASKSCORE_MAX_FILE_BYTES`. */
export const environmentName = (key: SettingKey): string =>
  environmentPrefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** What is known about a setting beside its type. */
export const metaOf = (key: SettingKey): Meta => settings[key]
