/** Whether an `Accept-Encoding` takes gzip: it names gzip or `*`, and not with a quality of 0 (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const codings = new Map(
    [header ?? '']
      .flat()
      .join(',')
      .split(',')
      .map((item): [string, boolean] => {
        const [name, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
        return [name, !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))]
      }),
  )
  return codings.get('gzip') ?? codings.get('x-gzip') ?? codings.get('*') ?? false
}
