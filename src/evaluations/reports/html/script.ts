/**
 * The script of the page, which is whole without it: makes headings of tables sort, and adds a field that filters the items.
 * It changes the order of rows and whether they show, and never what stands in them.
 */
export const script = `
for (const table of document.querySelectorAll('table.sortable')) {
  const body = table.tBodies[0]
  const rows = [...body.rows]
  let column = 0
  for (const th of table.tHead.rows[0].cells) {
    const place = column + th.colSpan - 1
    column += th.colSpan
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...th.childNodes)
    th.append(button)
    button.addEventListener('click', () => {
      const turn = th.getAttribute('aria-sort') === 'ascending' ? -1 : 1
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
      th.setAttribute('aria-sort', turn === 1 ? 'ascending' : 'descending')
      const keys = new Map(rows.map((row) => [row, keyOf(row, place)]))
      const order = [...rows].sort((a, b) => compare(keys.get(a), keys.get(b), turn))
      body.replaceChildren(...order)
    })
  }
}
function keyOf(row, place) {
  let column = 0
  for (const cell of row.cells) {
    column += cell.colSpan
    if (column > place) {
      const text = (cell.querySelector('b') ?? cell).textContent.trim()
      if (cell.tagName === 'TH') return text
      if (text === '' || text.startsWith('none')) return null
      const number = Number(text.replace(/[,%<>\\s]/g, ''))
      return Number.isNaN(number) ? text : number
    }
  }
  return null
}
function compare(a, b, turn) {
  if (a === null || b === null) return (a === null) - (b === null)
  if (typeof a === 'number' && typeof b === 'number') return turn * (a - b)
  return turn * String(a).localeCompare(String(b), 'en', { numeric: true })
}
for (const table of document.querySelectorAll('table.filterable')) {
  const rows = [...table.tBodies[0].rows]
  const label = document.createElement('label')
  const input = document.createElement('input')
  const said = document.createElement('span')
  label.className = 'filter'
  said.className = 'soft'
  said.setAttribute('role', 'status')
  input.type = 'search'
  label.append('Filter by name, group or warning ', input, said)
  table.closest('.scroll').before(label)
  const texts = new Map(rows.map((row) => [row, [...row.querySelectorAll('th, td:not(.number)')].map((cell) => cell.textContent).join(' ').toLowerCase()]))
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase()
    let shown = 0
    for (const row of rows) {
      row.hidden = !texts.get(row).includes(wanted)
      if (!row.hidden) shown++
    }
    said.textContent = wanted === '' ? '' : shown + ' of ' + rows.length + ' shown'
  })
}
`
