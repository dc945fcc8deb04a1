import { z } from 'zod'
import { chapter, secret, setting } from './setting.ts'
import { duration, flag, list, named, text, url, webhookIds } from './units.ts'

const secretText = (min: number) => text(z.string().min(min, `takes at least ${min} characters`).optional())

/** What is sent in a header: there, blanks and letters beyond ASCII get lost. */
const headerText = (min: number) =>
  text(
    z
      .string()
      .regex(new RegExp(`^[\\x21-\\x7e]{${min},}$`), {
        error: `takes at least ${min} letters, digits and signs of ASCII, without blanks`,
      })
      .optional(),
  )

const shared = chapter('Labeling tools', {
  toolTimeout: setting(
    duration(10_000, { min: 10, max: 60_000 }),
    'Time one call back to a labeling tool may take; it is tried three times where that can help',
  ),
})

const labelStudio = chapter('Label Studio', {
  labelStudioUrl: setting(url(), 'Base address of Label Studio; nothing is called back without it'),
  labelStudioToken: setting(headerText(1), 'Token for Label Studio’s API', secret),
  labelStudioHookSecret: setting(headerText(8), 'Secret that its webhooks send as a bearer key', secret),
  labelStudioBasicUser: setting(
    text(z.string().min(1).optional()),
    'User name of HTTP Basic for the ML backend',
  ),
  labelStudioBasicPassword: setting(secretText(8), 'Password of HTTP Basic for the ML backend', secret),
})

const cvat = chapter('CVAT', {
  cvatUrl: setting(url(), 'Base address of CVAT; nothing is called back without it'),
  cvatToken: setting(headerText(1), 'Token for CVAT’s API', secret),
  cvatHookSecret: setting(secretText(8), 'Secret its webhooks are signed with', secret),
  cvatHookSecrets: setting(named(webhookIds, 8), 'Secrets of single webhooks as `webhook id:secret`', secret),
  cvatWriteIssues: setting(flag(false), 'Whether findings are written to CVAT as issues'),
})

const scale = chapter('Scale', {
  scaleHookSecret: setting(headerText(8), 'Callback auth key that its callbacks send', secret),
  scaleImageUrls: setting(
    list(
      z
        .url({ protocol: /^https?$/, error: 'takes http or https addresses' })
        .refine((text) => !/[?#@]/.test(text), { error: 'takes addresses without ?, # and user' }),
    ),
    'Addresses below which the masks that its callbacks name are fetched, as https://s3.example.com/masks',
  ),
})

/** The settings of the hooks of labeling tools: a chapter a tool, and one for all. */
export const toolSettings = { ...shared, ...labelStudio, ...cvat, ...scale }
