import { z } from 'zod'

/** An origin as browsers send it: scheme, host and port. A slash at its end is left out, as it never matches with one. */
export const origin = z.string().transform((text, context): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href
  if (isOrigin) return url.origin
  context.addIssue({
    code: 'custom',
    message: 'takes origins as https://app.example: scheme, host and port, no path and no `*`',
  })
  return z.NEVER
})
