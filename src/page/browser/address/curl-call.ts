/** One word of a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** A file of `curl -F`: its name in double quotes, so that commas and semicolons are no syntax. */
const part = (name: string, file: string): string =>
  quoted(`${name}=@"${file.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)

/** The call behind what is seen, to be run where the files are. */
export function curlCall(
  address: string,
  files: { readonly groundTruth: string; readonly prediction: string },
  options: Readonly<Record<string, unknown>>,
  needsKey: boolean,
): string {
  const lines = [
    ...(needsKey ? [`-H "Authorization: Bearer $MASKSCORE_CLIENT_KEY"`] : []),
    `-F ${part('ground_truth', files.groundTruth)}`,
    `-F ${part('prediction', files.prediction)}`,
    ...(Object.keys(options).length > 0 ? [`-F ${quoted(`options=${JSON.stringify(options)}`)}`] : []),
    quoted(address),
  ]
  return `curl ${lines.join(' \\\n     ')}`
}
