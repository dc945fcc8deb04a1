/** A package of the page: what modules call it, and the file that a browser runs. Import conditions would give Node's. */
export const browserPackages: Readonly<Record<string, string>> = {
  lit: 'lit/index.js',
  '@lit/reactive-element': '@lit/reactive-element/reactive-element.js',
  'lit-html': 'lit-html/lit-html.js',
  'lit/directives/repeat.js': 'lit/directives/repeat.js',
  'lit-html/directives/repeat.js': 'lit-html/directives/repeat.js',
  'lit-html/is-server.js': 'lit-html/is-server.js',
  'lit-element/lit-element.js': 'lit-element/lit-element.js',
}
